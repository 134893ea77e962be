package io.offerflow.simulation.model;

import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.PlanState;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Status;
import io.offerflow.domain.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The state of one offer in the reference model: everything is written out, and copied whole wherever something has to
 * stay as it is. Follows section 5.0 of the specification.
 */
final class ModelState {

    /** How long ids are remembered, by count: as the documentation states it. */
    static final int COMMANDS_REMEMBERED = 16;
    static final int STEPS_REMEMBERED = 4;
    static final int REQUESTS_REMEMBERED = 4;

    /** What a save says about a plan that is not sold (D39). Every save writes a mark of its own. */
    static final class Mark {
        final boolean relist;

        Mark(boolean relist) {
            this.relist = relist;
        }
    }

    /** A sync that was asked for: what was saved then, by plan, and what had been submitted by then (B12). */
    static final class Sync {
        final Instant due;
        final long submissions;
        final Map<String, Audience> saved = new TreeMap<>();

        Sync(Instant due, long submissions) {
            this.due = due;
            this.submissions = submissions;
        }

        Sync copy() {
            Sync copy = new Sync(due, submissions);
            saved.forEach((planId, audience) -> copy.saved.put(planId, audience.copy()));
            return copy;
        }
    }

    /** A plan of the draft or of a submission. */
    static final class Plan {
        Value.Struct content = Value.EMPTY;
        Optional<Mark> mark = Optional.empty();
        Audience audience = new Audience();
        Optional<ModelAudiences.Staged> staged = Optional.empty();
        /** The last sync failed, and nothing was saved since (A11). */
        boolean syncFailed;

        Plan copy() {
            Plan copy = new Plan();
            copy.content = content;
            copy.mark = mark;
            copy.audience = audience.copy();
            copy.staged = staged.map(ModelAudiences.Staged::copy);
            copy.syncFailed = syncFailed;
            return copy;
        }

        boolean isPrivate() {
            return content.text("visibility").filter("PRIVATE"::equals).isPresent();
        }
    }

    /** Everything that was submitted, as it was then. */
    static final class Snapshot {
        final long submission;
        final Map<SectionId, Value.Struct> sections = new TreeMap<>();
        final Map<String, Plan> plans = new TreeMap<>();

        Snapshot(long submission) {
            this.submission = submission;
        }

        Snapshot copy() {
            Snapshot copy = new Snapshot(submission);
            copy.sections.putAll(sections);
            plans.forEach((id, plan) -> copy.plans.put(id, plan.copy()));
            return copy;
        }

        boolean transactable() {
            return sections.getOrDefault(SectionId.OFFER_SETUP, Value.EMPTY).flag("sellThroughMicrosoft");
        }
    }

    /** The one run there can be. */
    static final class Run {
        Snapshot snapshot;
        List<PublishStep> steps = List.of();
        int at;

        PublishStep step() {
            return steps.get(at);
        }

        Run copy() {
            Run copy = new Run();
            copy.snapshot = snapshot.copy();
            copy.steps = steps;
            copy.at = at;
            return copy;
        }
    }

    /** What one customer has of one plan; touched one by one when something happens to all. */
    static final class Holding {
        enum State { ACTIVE, FROZEN, REVOKED }

        final Instant since;
        State state = State.ACTIVE;
        long frozenAt;

        Holding(Instant since) {
            this.since = since;
        }

        Holding copy() {
            Holding copy = new Holding(since);
            copy.state = state;
            copy.frozenAt = frozenAt;
            return copy;
        }
    }

    boolean exists;
    boolean everLive;
    OfferType type = OfferType.SAAS;
    Instant clock = Instant.EPOCH;
    long draftVersion;
    long submissions;
    long liveVersion;
    final Map<SectionId, Value.Struct> sections = new TreeMap<>();
    final Map<String, Plan> plans = new TreeMap<>();
    /** Whether there ever was a plan (B50). */
    boolean plansBegun;
    Optional<Snapshot> live = Optional.empty();
    Optional<Run> run = Optional.empty();
    boolean unresolvedFailure;
    Optional<Instant> stopPending = Optional.empty();
    Optional<Instant> stopDone = Optional.empty();
    final Map<String, Instant> planStops = new TreeMap<>();
    /** Syncs that are not due yet. */
    final List<Sync> syncs = new ArrayList<>();
    /** Plans that were ever on sale, and whether they have been stopped by themselves. */
    final Map<String, Boolean> stoppedAlone = new TreeMap<>();
    /** Types of ids that were ever in a published audience, by plan. */
    final Map<String, Set<String>> idTypes = new TreeMap<>();
    /** By plan, by customer. */
    final Map<String, Map<String, Holding>> customers = new TreeMap<>();
    /** Removal requests in order; the first has number 1. */
    final List<String> removals = new ArrayList<>();
    final Memory commands = new Memory(COMMANDS_REMEMBERED);
    final Memory steps = new Memory(STEPS_REMEMBERED);
    final Map<String, Memory> requests = new TreeMap<>();

    ModelState copy() {
        ModelState copy = new ModelState();
        copy.exists = exists;
        copy.everLive = everLive;
        copy.type = type;
        copy.clock = clock;
        copy.draftVersion = draftVersion;
        copy.submissions = submissions;
        copy.liveVersion = liveVersion;
        copy.sections.putAll(sections);
        plans.forEach((id, plan) -> copy.plans.put(id, plan.copy()));
        copy.plansBegun = plansBegun;
        copy.live = live.map(Snapshot::copy);
        copy.run = run.map(Run::copy);
        copy.unresolvedFailure = unresolvedFailure;
        copy.stopPending = stopPending;
        copy.stopDone = stopDone;
        copy.planStops.putAll(planStops);
        syncs.forEach(sync -> copy.syncs.add(sync.copy()));
        copy.stoppedAlone.putAll(stoppedAlone);
        idTypes.forEach((plan, types) -> copy.idTypes.put(plan, new TreeSet<>(types)));
        customers.forEach((plan, held) -> held.forEach((customer, holding) -> copy.customers
                .computeIfAbsent(plan, unseen -> new TreeMap<>()).put(customer, holding.copy())));
        copy.removals.addAll(removals);
        copy.commands.addAll(commands);
        copy.steps.addAll(steps);
        requests.forEach((who, memory) -> copy.requests.computeIfAbsent(who,
                unseen -> new Memory(REQUESTS_REMEMBERED)).addAll(memory));
        return copy;
    }

    /** The draft as it is now, to be published under this number. */
    Snapshot snapshot(long submission) {
        Snapshot snapshot = new Snapshot(submission);
        snapshot.sections.putAll(sections);
        plans.forEach((id, plan) -> snapshot.plans.put(id, plan.copy()));
        return snapshot;
    }

    /** The first that matches (5.0). */
    Status status() {
        if (run.isPresent()) {
            return Status.PUBLISH_IN_PROGRESS;
        }
        if (unresolvedFailure) {
            return Status.ATTENTION_NEEDED;
        }
        if (stopDone.isPresent()) {
            return Status.NOT_SOLD;
        }
        return live.isPresent() ? Status.LIVE : Status.DRAFT;
    }

    boolean onSale() {
        return exists && live.isPresent() && stopDone.isEmpty();
    }

    boolean at(PublishStep... steps) {
        return run.filter(active -> Arrays.asList(steps).contains(active.step())).isPresent();
    }

    /** The state of a plan (5.2). */
    PlanState planState(String planId) {
        if (!stoppedAlone.containsKey(planId)) {
            return PlanState.DRAFT;
        }
        if (stoppedAlone.get(planId) || !onSale()) {
            return PlanState.NOT_SOLD;
        }
        return planStops.containsKey(planId) ? PlanState.STOP_SELL_PENDING : PlanState.LIVE;
    }

    /** The sync of a plan's audience that is not due yet. */
    Optional<Sync> syncOf(String planId) {
        return syncs.stream().filter(sync -> sync.saved.containsKey(planId)).findFirst();
    }

    /** Whether customers can get a plan, if they are allowed to. */
    boolean available(String planId) {
        return onSale() && live.orElseThrow().transactable() && plans.containsKey(planId)
                && (planState(planId) == PlanState.LIVE || planState(planId) == PlanState.STOP_SELL_PENDING);
    }
}
