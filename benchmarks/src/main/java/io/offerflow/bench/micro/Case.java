package io.offerflow.bench.micro;

import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import io.offerflow.topology.outputs.Transition;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;

/**
 * One command of a workload with all that comes before and after it.
 *
 * @param before the offer, with the rows that this command looks at in memory
 * @param facts the offer's facts as they are stored; empty if there were none
 * @param rows the rows that it writes
 * @param outcome the answer to it
 */
record Case(Topic topic, byte[] value, SourceRecord origin, CommandEnvelope ask, OfferState before, byte[] facts, Entry entry,
        List<Stored> rows, Transition moment, IndexedRecord outcome) {

    /** A row and its bytes. */
    record Stored(RowKey key, StateRow row, byte[] bytes) {
    }
}
