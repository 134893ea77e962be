package io.offerflow.faults.oracle;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The {@code ce_id} of an output record: the journal entry that it follows from, and a count. */
record EventId(int partition, long number, int count) implements Comparable<EventId> {

    static final EventId NONE = new EventId(0, 0, 0);
    private static final Pattern TEXT = Pattern.compile("(\\d+)-(\\d+)-(\\d+)");

    /** The id of a record; empty if it has none. */
    static Optional<EventId> of(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader("ce_id");
        if (header == null) {
            return Optional.empty();
        }
        Matcher text = TEXT.matcher(new String(header.value(), StandardCharsets.UTF_8));
        return text.matches() ? Optional.of(new EventId(Integer.parseInt(text.group(1)),
                Long.parseLong(text.group(2)), Integer.parseInt(text.group(3)))) : Optional.empty();
    }

    /** As in the header. */
    String text() {
        return "%d-%d-%d".formatted(partition, number, count);
    }

    @Override
    public int compareTo(EventId other) {
        return Comparator.comparingLong(EventId::number).thenComparingInt(EventId::count).compare(this, other);
    }
}
