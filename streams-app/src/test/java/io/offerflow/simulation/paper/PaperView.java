package io.offerflow.simulation.paper;

import io.offerflow.domain.Command;
import io.offerflow.domain.OfferType;
import io.offerflow.domain.PlanState;
import io.offerflow.domain.SectionId;
import io.offerflow.domain.SectionState;
import io.offerflow.domain.Status;
import io.offerflow.domain.Step;
import io.offerflow.domain.content.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What can be read from an offer's sheet, for those who compare and those who choose what to say next. */
public final class PaperView {

    private final Sheet sheet;
    private final PaperPolicy policy;

    PaperView(Sheet sheet, PaperPolicy policy) {
        this.sheet = sheet;
        this.policy = policy;
    }

    public boolean exists() {
        return sheet.exists;
    }

    public boolean everLive() {
        return sheet.everLive;
    }

    public OfferType type() {
        return sheet.type;
    }

    public Status status() {
        return sheet.status();
    }

    public boolean onSale() {
        return sheet.onSale();
    }

    public Instant clock() {
        return sheet.clock;
    }

    /** Whether something is due this very instant, and will have happened before anything else is decided. */
    public boolean somethingDue() {
        return PaperSelling.nextDue(sheet).filter(due -> !due.at().isAfter(sheet.clock)).isPresent();
    }

    /** When something falls due next, for those who want to come exactly then. */
    public Optional<Instant> nextDue() {
        return PaperSelling.nextDue(sheet).map(PaperSelling.Due::at);
    }

    public long draftVersion() {
        return sheet.draftVersion;
    }

    public long submissions() {
        return sheet.submissions;
    }

    public long liveVersion() {
        return sheet.liveVersion;
    }

    public long removals() {
        return sheet.removals.size();
    }

    public Optional<String> removal() {
        return sheet.removals.isEmpty() ? Optional.empty() : Optional.of(sheet.removals.getLast());
    }

    /** The submission and the step at work. */
    public Optional<String> atWork() {
        return sheet.run.map(run -> run.snapshot.submission + " " + run.step());
    }

    public Optional<Step> step() {
        return sheet.run.map(Sheet.Run::step);
    }

    public Optional<String> stop() {
        return sheet.stopPending.map(at -> "PENDING " + at).or(() -> sheet.stopDone.map(at -> "DONE " + at));
    }

    public Optional<Instant> planStop(String planId) {
        return Optional.ofNullable(sheet.planStops.get(planId));
    }

    public SectionState section(SectionId section) {
        return PaperContent.state(sheet, section, policy);
    }

    public boolean applies(SectionId section) {
        return PaperContent.applies(sheet, section);
    }

    public boolean publishable() {
        return PaperPublishing.publishable(sheet, policy);
    }

    /** What the draft of a section says. */
    public Optional<Value.Group> draft(SectionId section) {
        return Optional.ofNullable(sheet.sections.get(section));
    }

    /** The plans of the draft. */
    public Set<String> plans() {
        return new TreeSet<>(sheet.plans.keySet());
    }

    public Value.Group plan(String planId) {
        return sheet.plans.get(planId).content;
    }

    public PlanState planState(String planId) {
        return sheet.planState(planId);
    }

    /** Whether a plan of the draft is complete by itself. */
    public boolean planComplete(String planId) {
        return PaperContent.plan(sheet, planId);
    }

    /** Whether a plan of the draft differs from the version on sale, or is marked. */
    public boolean planChanged(String planId) {
        boolean never = PaperContent.published(sheet, planId).isEmpty();
        return never || PaperContent.changed(sheet, planId);
    }

    /** Whether customers can get a plan, if they are allowed to. */
    public boolean available(String planId) {
        return sheet.available(planId);
    }

    /** What a section of the version that went live last says. */
    public Value.Group live(SectionId section) {
        return sheet.live.map(live -> live.sections.get(section)).orElse(Value.EMPTY);
    }

    /** The submission that is live. */
    public Optional<Long> liveSubmission() {
        return sheet.live.map(live -> live.submission);
    }

    /** The plans that anybody can see, with what they say. */
    public Map<String, Value.Group> shelf() {
        Map<String, Value.Group> open = new TreeMap<>();
        sheet.live.ifPresent(live -> live.plans.forEach((planId, plan) -> {
            if (sheet.available(planId) && !plan.isPrivate()) {
                open.put(planId, plan.content);
            }
        }));
        return open;
    }

    /** Whether the version of a plan on sale is for its audience only. */
    public boolean hidden(String planId) {
        return sheet.live.map(live -> live.plans.get(planId)).filter(Sheet.Plan::isPrivate).isPresent();
    }

    /** Whether a customer may buy a plan now. */
    public boolean mayAcquire(String planId, String customerId) {
        return sheet.available(planId) && (!hidden(planId)
                || sheet.live.orElseThrow().plans.get(planId).audience.members.containsKey(customerId));
    }

    /** Whether the draft of a plan is private. */
    public boolean isPrivate(String planId) {
        return sheet.plans.get(planId).isPrivate();
    }

    /** The ids of a plan's saved audience. */
    public Set<String> savedAudience(String planId) {
        return new TreeSet<>(sheet.plans.get(planId).audience.members.keySet());
    }

    /** Ids and types of those who may buy a plan that is for them only; nobody while it is not on sale (B63). */
    public Set<String> liveAudience(String planId) {
        return sheet.available(planId) && hidden(planId)
                ? new TreeSet<>(sheet.live.orElseThrow().plans.get(planId).audience.members.keySet()) : Set.of();
    }

    /** Whether the saved audience of a plan that was sold differs from the published one. */
    public boolean audienceChanged(String planId) {
        if (!sheet.stoppedAlone.containsKey(planId)) {
            return true;
        }
        Sheet.Plan published = sheet.live.orElseThrow().plans.get(planId);
        return (sheet.plans.get(planId).isPrivate() || published.isPrivate())
                && !sheet.plans.get(planId).audience.members.equals(published.audience.members);
    }

    /** How a plan's audience stands (5.3); nothing if nobody is in it. */
    public Optional<String> audienceState(String planId) {
        Sheet.Plan plan = sheet.plans.get(planId);
        if (plan.audience.members.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(sheet.syncOf(planId).isPresent() ? "SYNCING" : !audienceChanged(planId) ? "IN_SYNC"
                : plan.syncFailed ? "FAILED" : "CHANGED");
    }

    /** When the sync of a plan's audience is due. */
    public Optional<Instant> syncsAt(String planId) {
        return sheet.syncOf(planId).map(sync -> sync.due);
    }

    /** The open import of a plan: its id, its chunks and the number of the next. */
    public Optional<Command.ImportAudience> openImport(String planId) {
        return Optional.ofNullable(sheet.plans.get(planId)).flatMap(plan -> plan.staged)
                .map(open -> new Command.ImportAudience(planId, open.importId, open.next, open.chunks, open.total,
                        Optional.empty(), List.of(), true));
    }

    /** What a customer has of a plan, such as {@code FROZEN 3}. */
    public String holding(String planId, String customerId) {
        Sheet.Holding has = sheet.customers.getOrDefault(planId, Map.of()).get(customerId);
        return has == null ? "NONE" : has.state == Sheet.Holding.State.FROZEN ? "FROZEN " + has.frozenAt
                : has.state.name();
    }

    /** Since when a customer has a plan, whatever became of it. */
    public Optional<Instant> since(String planId, String customerId) {
        return Optional.ofNullable(sheet.customers.getOrDefault(planId, Map.of()).get(customerId))
                .map(holding -> holding.since);
    }

    /** What was submitted and is at work, as the testers see it. */
    public Map<String, Value.Group> submitted() {
        Map<String, Value.Group> all = new TreeMap<>();
        sheet.run.ifPresent(run -> {
            run.snapshot.sections.forEach((section, content) -> all.put(section.name(), content));
            run.snapshot.plans.forEach((planId, plan) -> all.put("plan " + planId, plan.content));
        });
        return all;
    }
}
