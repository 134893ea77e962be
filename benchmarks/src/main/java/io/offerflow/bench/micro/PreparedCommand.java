package io.offerflow.bench.micro;

import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import io.offerflow.topology.outputs.Transition;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;

/**
 * One command of a workload with everything that its parts are measured on.
 *
 * @param facts the stored facts of the offer; empty if there were none
 * @param rows the rows that the command writes
 */
record PreparedCommand(Topic topic, byte[] value, SourceRecord origin, CommandEnvelope ask, byte[] facts, List<StoredRow> rows,
        Transition moment, IndexedRecord outcome) {

    /** A row and its bytes. */
    record StoredRow(RowKey key, StateRow row, byte[] bytes) {
    }

    /** The offer, with the rows that this command reads in memory. */
    OfferState before() {
        return moment.before();
    }

    Entry entry() {
        return moment.entry();
    }

    boolean isAccepted(Class<? extends Command> kind) {
        return kind.isInstance(ask.command()) && entry().decision() instanceof Decision.Accepted;
    }

    boolean isAcceptedSave() {
        return isAccepted(Command.SaveSection.class);
    }
}
