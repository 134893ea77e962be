package io.offerflow.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The options of a demo.
 *
 * @param samples directory with the feeds
 * @param pace pause of a publisher before each command; a step of the pipeline takes twice as long
 * @param limit the longest time that the demo may take
 * @param seed of the random part of delays
 * @param mails directory in which e-mails are kept; without it, they are deleted at the end
 */
public record DemoOptions(int brokerPort, int registryPort, int partitions, Path samples, Duration pace,
        Duration limit, long seed, Optional<Path> mails) {
}
