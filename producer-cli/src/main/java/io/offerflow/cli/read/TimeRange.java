package io.offerflow.cli.read;

import io.offerflow.cli.cluster.TopicReader.Start;
import io.offerflow.cli.render.InstantOption;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Option;

/** The options for the append times of the records that are shown. */
final class TimeRange {

    @Option(names = "--from", paramLabel = "INSTANT", converter = InstantOption.class,
            description = "Begin with the first record of that time or later, such as 2026-03-01T09:30:00Z, 2026-03-01"
                    + " or -15m.")
    private Optional<Instant> from;

    @Option(names = "--to", paramLabel = "INSTANT", converter = InstantOption.class,
            description = "Show only records that are older than that, and end.")
    private Optional<Instant> to;

    /** Where to begin, unless the user says it. */
    Start start(Start otherwise) {
        return from.<Start>map(Start.At::new).orElse(otherwise);
    }

    /** Whether the range has an end. */
    boolean isBounded() {
        return to.isPresent();
    }

    boolean contains(ConsumerRecord<?, ?> record) {
        return from.map(instant -> record.timestamp() >= instant.toEpochMilli()).orElse(true)
                && to.map(instant -> record.timestamp() < instant.toEpochMilli()).orElse(true);
    }
}
