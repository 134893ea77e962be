package io.offerflow.topology;

import io.offerflow.codec.SourceRecord;
import io.offerflow.fuzz.Poison;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records as the processor receives them, in partition 0. */
final class SourceRecords {

    private SourceRecords() {
    }

    static SourceRecord of(Poison poison, Instant appendedAt) {
        List<SourceRecord.SourceHeader> headers = new ArrayList<>();
        poison.headers().forEach(header ->
                headers.add(new SourceRecord.SourceHeader(header.key(), Optional.ofNullable(header.value()))));
        return SourceRecord.received(poison.topic().topicName(), 0, 0, appendedAt, Optional.ofNullable(poison.key()),
                Optional.ofNullable(poison.value()), headers);
    }
}
