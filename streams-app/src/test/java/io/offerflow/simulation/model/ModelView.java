package io.offerflow.simulation.model;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.PlanState;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.Status;
import io.offerflow.domain.model.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What can be read from an offer's state, for the comparison and for the actors. */
public final class ModelView {

    private final ModelState state;
    private final ModelPolicy policy;

    ModelView(ModelState state, ModelPolicy policy) {
        this.state = state;
        this.policy = policy;
    }

    public boolean exists() {
        return state.exists;
    }

    public boolean everLive() {
        return state.everLive;
    }

    public OfferType type() {
        return state.type;
    }

    public Status status() {
        return state.status();
    }

    public boolean onSale() {
        return state.onSale();
    }

    public Instant clock() {
        return state.clock;
    }

    /** Whether something is due this very instant, and will have happened before anything else is decided. */
    public boolean somethingDue() {
        return ModelSelling.nextDue(state).filter(due -> !due.at().isAfter(state.clock)).isPresent();
    }

    /** When something falls due next, for actors that arrive exactly then. */
    public Optional<Instant> nextDue() {
        return ModelSelling.nextDue(state).map(ModelSelling.Due::at);
    }

    public long draftVersion() {
        return state.draftVersion;
    }

    public long submissions() {
        return state.submissions;
    }

    public long liveVersion() {
        return state.liveVersion;
    }

    public long removals() {
        return state.removals.size();
    }

    public Optional<String> removal() {
        return state.removals.isEmpty() ? Optional.empty() : Optional.of(state.removals.getLast());
    }

    /** The submission and the step at work. */
    public Optional<String> atWork() {
        return state.run.map(run -> run.snapshot.submission + " " + run.step());
    }

    public Optional<PublishStep> step() {
        return state.run.map(ModelState.Run::step);
    }

    public Optional<String> stop() {
        return state.stopPending.map(at -> "PENDING " + at).or(() -> state.stopDone.map(at -> "DONE " + at));
    }

    public Optional<Instant> planStop(String planId) {
        return Optional.ofNullable(state.planStops.get(planId));
    }

    public SectionState section(SectionId section) {
        return ModelContent.state(state, section, policy);
    }

    public boolean applies(SectionId section) {
        return ModelContent.applies(state, section);
    }

    public boolean publishable() {
        return ModelPublishing.publishable(state, policy);
    }

    /** What the draft of a section says. */
    public Optional<Value.Struct> draft(SectionId section) {
        return Optional.ofNullable(state.sections.get(section));
    }

    /** The plans of the draft. */
    public Set<String> plans() {
        return new TreeSet<>(state.plans.keySet());
    }

    public Value.Struct plan(String planId) {
        return state.plans.get(planId).content;
    }

    public PlanState planState(String planId) {
        return state.planState(planId);
    }

    /** Whether a plan of the draft is complete by itself. */
    public boolean planComplete(String planId) {
        return ModelContent.plan(state, planId);
    }

    /** Whether a plan of the draft differs from the one published last, or is marked. */
    public boolean planChanged(String planId) {
        return ModelContent.changed(state, planId);
    }

    /** Whether customers can get a plan, if they are allowed to. */
    public boolean available(String planId) {
        return state.available(planId);
    }

    /** What a section of the version that went live last says. */
    public Value.Struct live(SectionId section) {
        return state.live.map(live -> live.sections.get(section)).orElse(Value.EMPTY);
    }

    /** The submission that is live. */
    public Optional<Long> liveSubmission() {
        return state.live.map(live -> live.submission);
    }

    /** The plans that every customer can see, with their content. */
    public Map<String, Value.Struct> shelf() {
        Map<String, Value.Struct> open = new TreeMap<>();
        state.live.ifPresent(live -> live.plans.forEach((planId, plan) -> {
            if (state.available(planId) && !plan.isPrivate()) {
                open.put(planId, plan.content);
            }
        }));
        return open;
    }

    /** Whether the version of a plan on sale is for its audience only. */
    public boolean hidden(String planId) {
        return state.live.map(live -> live.plans.get(planId)).filter(ModelState.Plan::isPrivate).isPresent();
    }

    /** Whether a customer may buy a plan now. */
    public boolean mayAcquire(String planId, String customerId) {
        return state.available(planId) && (!hidden(planId)
                || state.live.orElseThrow().plans.get(planId).audience.members.containsKey(customerId));
    }

    /** Whether the draft of a plan is private. */
    public boolean isPrivate(String planId) {
        return state.plans.get(planId).isPrivate();
    }

    /** The ids of a plan's saved audience. */
    public Set<String> savedAudience(String planId) {
        return new TreeSet<>(state.plans.get(planId).audience.members.keySet());
    }

    /** Ids and types of the customers who may buy a private plan; none while it is not on sale (B63). */
    public Set<String> liveAudience(String planId) {
        return state.available(planId) && hidden(planId)
                ? new TreeSet<>(state.live.orElseThrow().plans.get(planId).audience.members.keySet()) : Set.of();
    }

    /** Whether the saved audience of a plan that was sold differs from the published one. */
    public boolean audienceChanged(String planId) {
        if (!state.stoppedAlone.containsKey(planId)) {
            return true;
        }
        ModelState.Plan published = state.live.orElseThrow().plans.get(planId);
        return (state.plans.get(planId).isPrivate() || published.isPrivate())
                && !state.plans.get(planId).audience.members.equals(published.audience.members);
    }

    /** The state of a plan's audience (5.3); nothing if it is empty. */
    public Optional<String> audienceState(String planId) {
        ModelState.Plan plan = state.plans.get(planId);
        if (plan.audience.members.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(state.syncOf(planId).isPresent() ? "SYNCING" : !audienceChanged(planId) ? "IN_SYNC"
                : plan.syncFailed ? "FAILED" : "CHANGED");
    }

    /** When the sync of a plan's audience is due. */
    public Optional<Instant> syncsAt(String planId) {
        return state.syncOf(planId).map(sync -> sync.due);
    }

    /** The open import of a plan: its id, its chunks and the number of the next. */
    public Optional<Command.ImportAudience> openImport(String planId) {
        return Optional.ofNullable(state.plans.get(planId)).flatMap(plan -> plan.staged)
                .map(open -> new Command.ImportAudience(planId, open.importId, open.next, open.chunks, open.total,
                        Optional.empty(), List.of(), true));
    }

    /** What a customer has of a plan, such as {@code FROZEN 3}. */
    public String holding(String planId, String customerId) {
        ModelState.Holding has = state.customers.getOrDefault(planId, Map.of()).get(customerId);
        return has == null ? "NONE" : has.state == ModelState.Holding.State.FROZEN ? "FROZEN " + has.frozenAt
                : has.state.name();
    }

    /** Since when a customer has a plan, even if it was lost since. */
    public Optional<Instant> since(String planId, String customerId) {
        return Optional.ofNullable(state.customers.getOrDefault(planId, Map.of()).get(customerId))
                .map(holding -> holding.since);
    }

    /** What was submitted and is at work, as the testers see it. */
    public Map<String, Value.Struct> submitted() {
        Map<String, Value.Struct> all = new TreeMap<>();
        state.run.ifPresent(run -> {
            run.snapshot.sections.forEach((section, content) -> all.put(section.name(), content));
            run.snapshot.plans.forEach((planId, plan) -> all.put("plan " + planId, plan.content));
        });
        return all;
    }
}
