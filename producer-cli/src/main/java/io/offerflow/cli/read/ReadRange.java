package io.offerflow.cli.read;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader.Start;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.contract.Topic;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The part of a topic that is shown: by default from the oldest record to the newest. */
final class ReadRange {

    @Mixin
    private TimeRange times;

    @Option(names = {"-f", "--follow"}, description = "Continue with new records as they come, until Ctrl-C.")
    private boolean follow;

    /**
     * Reads it.
     *
     * @param offer only the partition of this offer
     * @param taker returns whether it wants more
     */
    void read(Cluster cluster, Topic topic, Optional<String> offer, Predicate<ConsumerRecord<byte[], byte[]>> taker)
            throws Exception {
        try (TopicReader reader = new TopicReader(cluster, List.of(topic), times.start(new Start.Beginning()), offer)) {
            if (!follow || times.isBounded()) {
                reader.stopAtEnd();
            }
            reader.runUntilInterrupted(record -> !times.contains(record) || taker.test(record), () -> { });
        }
    }
}
