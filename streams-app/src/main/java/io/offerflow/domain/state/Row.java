package io.offerflow.domain.state;

import io.offerflow.domain.Problem;
import io.offerflow.domain.SectionId;
import io.offerflow.domain.StepMessage;
import io.offerflow.domain.content.Content;
import io.offerflow.domain.content.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A row of an offer beside its facts: what is larger, and changes less often. */
public sealed interface Row {

    /** Names a row of one offer. */
    sealed interface Key {
    }

    /** A section at one revision. */
    record SectionKey(SectionId section, long revision) implements Key {
    }

    /** The texts of one submission. */
    record TextsKey(long submission) implements Key {
    }

    /** A plan at one revision. */
    record PlanKey(String planId, long revision) implements Key {
    }

    /** What a plan says. */
    record Plan(Value.Group content) implements Row {
    }

    /**
     * A plan in an overview: which revision of its content, and what rules that look at all plans need of it.
     *
     * @param hidden whether it is private
     */
    record PlanEntry(long revision, long digest, Optional<String> name, Optional<String> pricingModel, boolean hidden,
            List<Problem> problems) {
    }

    /**
     * The plans of an offer at one revision of Plan overview, and what keeps them together from being complete. It is
     * to the plans what a section's content is to a section: stamped, resolved and compared in the same way.
     */
    record Overview(SortedMap<String, PlanEntry> plans, List<Problem> problems) implements Row {

        /** Before the first plan. */
        public static final Overview NONE = new Overview(new TreeMap<>(), List.of());

        public Overview {
            plans = Collections.unmodifiableSortedMap(new TreeMap<>(plans));
        }

        /** The same for equal plans, whenever they were saved (B11). */
        public long digest() {
            Map<String, Value> digests = new TreeMap<>();
            plans.forEach((id, plan) -> digests.put(id, new Value.Whole(plan.digest())));
            return new Value.Group(digests).digest();
        }

        /** Everything that keeps Plan overview Incomplete. */
        public List<Problem> allProblems() {
            return Stream.concat(problems.stream(), plans.values().stream().flatMap(plan -> plan.problems().stream()))
                    .toList();
        }

        Overview with(String planId, PlanEntry plan, List<Problem> together) {
            SortedMap<String, PlanEntry> more = new TreeMap<>(plans);
            more.put(planId, plan);
            return new Overview(more, together);
        }

        Overview without(String planId, List<Problem> together) {
            SortedMap<String, PlanEntry> fewer = new TreeMap<>(plans);
            fewer.remove(planId);
            return new Overview(fewer, together);
        }
    }

    /** What a section says, and what keeps it Incomplete. */
    record Section(Content content, List<Problem> problems) implements Row {
    }

    /** What was written for and about a submission: the notes for certification, and what its last step reported. */
    record Texts(Optional<String> notes, List<StepMessage> messages) implements Row {
        static final Texts NONE = new Texts(Optional.empty(), List.of());
    }
}
