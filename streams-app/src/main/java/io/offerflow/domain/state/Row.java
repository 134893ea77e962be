package io.offerflow.domain.state;

import io.offerflow.domain.AudienceType;
import io.offerflow.domain.PlanMark;
import io.offerflow.domain.Problem;
import io.offerflow.domain.SectionId;
import io.offerflow.domain.Step;
import io.offerflow.domain.StepMessage;
import io.offerflow.domain.content.Content;
import io.offerflow.domain.content.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
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
     * @param mark whether the save wants a plan that is not sold to be sold again
     */
    record PlanEntry(long revision, long digest, Optional<String> name, Optional<String> pricingModel, boolean hidden,
            PlanMark mark, List<Problem> problems) {

        PlanEntry marked(PlanMark other) {
            return new PlanEntry(revision, digest, name, pricingModel, hidden, other, problems);
        }

        PlanEntry with(List<Problem> others) {
            return new PlanEntry(revision, digest, name, pricingModel, hidden, mark, others);
        }
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
            plans.forEach((id, plan) -> digests.put(id, new Value.Whole(plan.digest() + plan.mark().ordinal())));
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

    /** The private audiences of an offer's plans. */
    record AudiencesKey() implements Key {
    }

    /** Somebody in one generation of a plan's private audience. */
    record MemberKey(String planId, long generation, String id) implements Key {
    }

    /** How the plans of an offer are sold. */
    record SalesKey() implements Key {
    }

    /** A period of sale that has ended, of a plan or of the offer. */
    record EpochKey(Optional<String> planId, long epoch) implements Key {
    }

    /** What customers pay for a plan until new prices hold. */
    record PricesKey(String planId) implements Key {
    }

    /** What one customer has of one plan. */
    record CustomerKey(String planId, String customerId) implements Key {
    }

    /**
     * How a plan that was ever live is sold.
     *
     * @param epoch periods in which the plan was on sale, the current one included
     * @param stoppedAt the draft version at which its own stop took effect; nothing while it has none
     * @param hidden whether the version on sale is private
     * @param deleted gone from the portal; the id stays reserved (B14)
     */
    record Sale(long epoch, Optional<Long> stoppedAt, boolean hidden, boolean deleted) {

        /** Whether it is sold while the offer is. */
        public boolean sold() {
            return stoppedAt.isEmpty() && !deleted;
        }
    }

    /** How every plan that was ever live is sold. */
    record Sales(SortedMap<String, Sale> plans) implements Row {

        public static final Sales NONE = new Sales(new TreeMap<>());

        public Sales {
            plans = Collections.unmodifiableSortedMap(new TreeMap<>(plans));
        }

        Sales with(String planId, Sale sale) {
            SortedMap<String, Sale> more = new TreeMap<>(plans);
            more.put(planId, sale);
            return new Sales(more);
        }
    }

    /**
     * The private audiences of an offer's plans.
     *
     * @param sweeps generations whose rows are still to be looked through for what nothing refers to any more
     * @param syncs those that are not due yet, in the order in which they were asked for; a plan is in one at most
     */
    record Audiences(SortedMap<String, Audience> plans, List<Sweep> sweeps, List<Sync> syncs) implements Row {

        public static final Audiences NONE = new Audiences(new TreeMap<>(), List.of(), List.of());

        public Audiences {
            plans = Collections.unmodifiableSortedMap(new TreeMap<>(plans));
            sweeps = List.copyOf(sweeps);
            syncs = List.copyOf(syncs);
        }
    }

    /**
     * A sync of audiences that was asked for and is not due yet (B12).
     *
     * @param revision the draft version whose audiences will count
     */
    record Sync(long revision, Instant effectiveAt, List<String> planIds) {
    }

    /**
     * A generation whose rows are looked through.
     *
     * @param after the member that was looked at last; empty at the beginning
     */
    record Sweep(String planId, long generation, String after) {
    }

    /**
     * Somebody in one generation of an audience.
     *
     * @param intervals when they were in it, oldest first
     */
    record Member(AudienceType type, Optional<String> label, List<Interval> intervals) implements Row {

        /** Whether they were in it at a draft version. */
        public boolean isInAt(long number) {
            return intervals.stream().anyMatch(interval -> interval.holds(number));
        }
    }

    /**
     * Draft versions between which somebody was in an audience.
     *
     * @param until the first one without them; nothing while they still are in it
     * @param byHand typed in, not imported (B22)
     */
    record Interval(long from, Optional<Long> until, boolean byHand) {

        boolean holds(long number) {
            return from <= number && until.filter(end -> number >= end).isEmpty();
        }
    }

    /** The version that was live when a period of sale ended: what those who bought in it keep (D11, S28). */
    record EndedEpoch(long version) implements Row {
    }

    /** What one customer has of one plan, and the last answers they were given (B40). */
    record Customer(Optional<Entitlement> entitlement, AnswerMemory answers) implements Row {
        static final Customer NEW = new Customer(Optional.empty(), AnswerMemory.EMPTY);
    }

    /**
     * What customers pay for a plan until new prices hold (V16).
     *
     * @param charged the terms with their prices until then
     */
    record Prices(Instant effectiveAt, List<Value> charged) implements Row {
    }

    /** Stamped when it was bought and never touched by a stop or a removal. */
    record Entitlement(long offerEpoch, long planEpoch, long revocations, Instant since) {
    }

    /** What was written for and about a submission: the notes for certification, and what its steps reported. */
    record Texts(Optional<String> notes, Map<Step, List<StepMessage>> reports) implements Row {
        /** Nothing was written. */
        public static final Texts NONE = new Texts(Optional.empty(), Map.of());

        public Texts {
            Map<Step, List<StepMessage>> ordered = new EnumMap<>(Step.class);
            ordered.putAll(reports);
            reports = Collections.unmodifiableMap(ordered);
        }

        /** What a step had to say when it ended. */
        public List<StepMessage> of(Step step) {
            return reports.getOrDefault(step, List.of());
        }

        Texts with(Step step, List<StepMessage> messages) {
            Map<Step, List<StepMessage>> more = new EnumMap<>(Step.class);
            more.putAll(reports);
            more.put(step, messages);
            return new Texts(notes, more);
        }
    }
}
