package io.offerflow.replay.text;

import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Rule;
import io.offerflow.replay.journal.DecodedEntry;
import io.offerflow.replay.journal.JournalRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A journalled entry that would be decided differently.
 *
 * @param sequence number of the entry in its offer's history, as recorded
 * @param at the offer's clock, as recorded
 * @param command name of the command; empty if only time passed
 * @param then the recorded decision
 * @param now the new decision
 */
public record Difference(int partition, long offset, OfferKey offer, long sequence, Instant at,
        Optional<String> command, Optional<String> actor, DifferenceKind kind, Ruling then, Ruling now) {

    /**
     * The difference between a recorded entry and a new one.
     *
     * @param now the new entry; empty if the record has no command and no event is due now
     */
    public static Difference of(JournalRecord record, DecodedEntry.OfferEntry recorded, DifferenceKind kind,
            Optional<Entry> now) {
        Entry then = recorded.entry();
        boolean nothing = then.decision() instanceof Decision.TimePassed && then.dueEvents().isEmpty();
        return new Difference(record.partition(), record.offset(), recorded.offer(), then.sequence(), then.clock(),
                then.envelope().map(envelope -> envelope.command().name()), then.envelope().map(CommandEnvelope::actor),
                kind, EventText.ruling(nothing ? Optional.empty() : Optional.of(then)), EventText.ruling(now));
    }

    /** Kinds of differences. */
    public enum DifferenceKind {
        NOW_ACCEPTED("refused then, accepted now"),
        NOW_REFUSED("accepted then, refused now"),
        OTHER_REASON("refused for another reason"),
        OTHER_EFFECT("accepted with another effect"),
        OTHER_TIME("other due events or due times"),
        OTHER_ANSWER("the same decision with another answer");

        private final String description;

        DifferenceKind(String description) {
            this.description = description;
        }

        public String description() {
            return description;
        }
    }

    /**
     * A decision as text.
     *
     * @param result for example ACCEPTED or REJECTED; NOTHING if only time passed
     * @param reason of a rejection
     * @param detail sentence of a rejection
     * @param effects events and other effects, as text
     * @param rules that it applies; empty if the release that wrote the entry did not record them
     */
    public record Ruling(String result, Optional<String> reason, Optional<String> detail, List<String> effects,
            List<Rule> rules) {

        /** Ids of the rules. */
        public List<String> ruleIds() {
            return rules.stream().map(Rule::id).toList();
        }
    }
}
