package io.offerflow.faults.oracle;

import io.offerflow.JournalFold;
import io.offerflow.avro.OfferStatus;
import io.offerflow.codec.StateCodec;
import io.offerflow.codec.TaskPosition;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.faults.history.PartitionHistory;
import io.offerflow.topology.OfferTopology;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/** {@link Promise#STATE_IS_FOLD}. */
final class StateIsFold implements Oracle {

    private final PartitionHistory history;
    private final AvroDecoder decoder;
    private final Violations violations;

    StateIsFold(PartitionHistory history, AvroDecoder decoder, Violations violations) {
        this.history = history;
        this.decoder = decoder;
        this.violations = violations;
    }

    @Override
    public void end(JournalFold fold) {
        compare(OfferTopology.OFFERS, fold.offers());
        compare(OfferTopology.CONTENTS, fold.contents());
        byte[] position = history.stores().get(OfferTopology.POSITIONS).get(Bytes.wrap(TaskPosition.KEY));
        if (position == null ? fold.position().number() > 0
                : !TaskPosition.decode(position).equals(fold.position())) {
            violations.add("the stored position is not that of the journal, entry %d", fold.position().number());
        }
        Map<Bytes, byte[]> timers = history.stores().get(OfferTopology.TIMERS);
        fold.headers().forEach((offer, header) -> OfferTopology.timer(offer, header).ifPresent(due -> {
            if (!timers.containsKey(Bytes.wrap(due.getKey()))) {
                violations.add("%s has a due time without a timer", offer);
            }
        }));
        statuses(fold);
    }

    private void compare(String store, SortedMap<String, String> expected) {
        SortedMap<String, String> found = new TreeMap<>();
        history.stores().get(store).forEach((key, value) ->
                found.put(JournalFold.hex(key.get()), JournalFold.hex(value)));
        if (!found.equals(expected)) {
            SortedMap<String, String> other = new TreeMap<>(found);
            other.entrySet().removeAll(expected.entrySet());
            violations.add("store %s has %d rows instead of %d; %d differ or are not in the fold", store,
                    found.size(), expected.size(), other.size());
        }
    }

    /** The newest row of each offer says what its header row says. */
    private void statuses(JournalFold fold) {
        Map<Bytes, Optional<OfferStatus>> newest = new HashMap<>();
        history.records(Topic.OFFER_STATUS).forEach(record -> newest.put(Bytes.wrap(record.key()),
                Optional.ofNullable(record.value()).map(value ->
                        (OfferStatus) decoder.decode(Topic.OFFER_STATUS, value))));
        fold.headers().forEach((offer, header) -> {
            Optional<OfferStatus> row = newest.getOrDefault(Bytes.wrap(StateCodec.key(offer)), Optional.empty());
            boolean same = row.map(status -> agrees(offer, header, status)).orElse(!header.exists());
            if (!same) {
                violations.add("the newest status row of %s is not its state", offer);
            }
        });
    }

    private static boolean agrees(OfferKey offer, OfferHeader header, OfferStatus row) {
        return row.getOfferId().equals(offer.offerId()) && row.getPublisherId().equals(offer.publisherId())
                && row.getOnSale() == header.onSale() && row.getDraftVersion() == header.revision()
                && (row.getLive() != null) == header.live().isPresent();
    }
}
