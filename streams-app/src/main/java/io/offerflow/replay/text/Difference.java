package io.offerflow.replay.text;

import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A journalled input, or the passing of time, that would be decided differently.
 *
 * @param sequence number of the entry in its offer's history, as recorded
 * @param at the offer's clock, as recorded
 * @param asked name of the command; nothing when only time passed
 */
public record Difference(int partition, long offset, OfferKey offer, long sequence, Instant at,
        Optional<String> asked, Optional<String> actor, DifferenceKind kind, Ruling then, Ruling now) {

    /** What kind of difference it is. */
    public enum DifferenceKind {
        NOW_ACCEPTED("refused then, accepted now"),
        NOW_REFUSED("accepted then, refused now"),
        OTHER_REASON("refused for another reason"),
        OTHER_EFFECT("accepted with another effect"),
        OTHER_TIME("something falls due at another time"),
        OTHER_ANSWER("the same decision in another answer");

        private final String words;

        DifferenceKind(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /**
     * What is decided.
     *
     * @param result such as ACCEPTED or REJECTED; NOTHING when only time passed
     * @param reason of a refusal
     * @param detail sentence of a refusal
     * @param effects what happens, in words
     * @param rules that it follows from; none if the entry was written by a release that did not record them
     */
    public record Ruling(String result, Optional<String> reason, Optional<String> detail, List<String> effects,
            List<Rule> rules) {

        /** Ids of the rules. */
        public List<String> ruleIds() {
            return rules.stream().map(Rule::id).toList();
        }
    }
}
