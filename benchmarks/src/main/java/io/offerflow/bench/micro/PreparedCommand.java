package io.offerflow.bench.micro;

import io.offerflow.codec.Origin;
import io.offerflow.contract.Topic;
import io.offerflow.domain.Ask;
import io.offerflow.domain.Command;
import io.offerflow.domain.Decision;
import io.offerflow.domain.Entry;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Row;
import io.offerflow.topology.Moment;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;

/**
 * One command of a workload with everything that its parts are measured on.
 *
 * @param facts the stored facts of the offer; empty if there were none
 * @param rows the rows that the command writes
 */
record PreparedCommand(Topic topic, byte[] value, Origin origin, Ask ask, byte[] facts, List<StoredRow> rows,
        Moment moment, IndexedRecord outcome) {

    /** A row and its bytes. */
    record StoredRow(Row.Key key, Row row, byte[] bytes) {
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
