package io.offerflow.cli.read;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader.Start;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.cli.render.InstantOption;
import io.offerflow.contract.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Option;

/** Which part of a topic is shown. */
final class ReadRange {

    @Option(names = "--from", paramLabel = "INSTANT", converter = InstantOption.class,
            description = "From then on, such as 2026-03-01T09:30:00Z, 2026-03-01 or -15m; from the oldest record"
                    + " unless told.")
    private Optional<Instant> from;

    @Option(names = "--to", paramLabel = "INSTANT", converter = InstantOption.class,
            description = "Only what is older than that.")
    private Optional<Instant> to;

    @Option(names = {"-f", "--follow"}, description = "Go on with what comes, until Ctrl-C.")
    private boolean follow;

    /**
     * Reads it.
     *
     * @param offer only the partition of this offer
     * @param taker answers whether it wants more
     */
    void read(Cluster cluster, Topic topic, Optional<String> offer, Predicate<ConsumerRecord<byte[], byte[]>> taker)
            throws Exception {
        Start start = from.<Start>map(Start.At::new).orElseGet(Start.Beginning::new);
        try (TopicReader reader = new TopicReader(cluster, List.of(topic), start, offer)) {
            if (!follow || to.isPresent()) {
                reader.stopAtEnd();
            }
            UntilInterrupted.run(() -> reader.run(record -> !contains(record) || taker.test(record)), reader::stop);
        }
    }

    /** Whether a record is as old as was asked for. */
    private boolean contains(ConsumerRecord<?, ?> record) {
        return from.map(instant -> record.timestamp() >= instant.toEpochMilli()).orElse(true)
                && to.map(instant -> record.timestamp() < instant.toEpochMilli()).orElse(true);
    }
}
