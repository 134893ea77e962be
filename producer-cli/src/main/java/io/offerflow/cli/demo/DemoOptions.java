package io.offerflow.cli.demo;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a demo can be told.
 *
 * @param samples directory with the feeds
 * @param pace pause of a publisher before each command; a step of the pipeline takes twice as long
 * @param limit when to give up
 * @param seed for the random part of delays
 */
public record DemoOptions(int brokerPort, int registryPort, int partitions, Path samples, Duration pace,
        Duration limit, long seed) {
}
