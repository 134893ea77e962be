package io.offerflow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.PlanChange;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.Status;
import io.offerflow.domain.model.StepMessage;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateEdits;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One offer, told as a story: what was given, what was asked, what followed.
 *
 * <p>Every step also holds the laws: a refusal leaves the advanced state as it was, and what is accepted is all that
 * happened.
 */
public final class OfferScenario {

    static final OfferKey KEY = new OfferKey("contoso", "shift-planner");
    public static final Instant START = Instant.parse("2026-11-02T08:00:00Z");

    private final OfferEngine engine;
    private final Map<RowKey, StateRow> rows = new HashMap<>();
    private OfferState state;
    private Instant now = START;
    private long lastId;
    private CommandEnvelope ask;
    private Entry entry;

    private OfferScenario(OfferKey key, Policy policy) {
        this.engine = new OfferEngine(policy);
        this.state = new OfferState(key, OfferHeader.NONE, stored());
    }

    public static OfferScenario offer() {
        return offer(Policy.DEFAULT);
    }

    public static OfferScenario offer(Policy policy) {
        return new OfferScenario(KEY, policy);
    }

    static OfferScenario offer(String offerId) {
        return new OfferScenario(new OfferKey("contoso", offerId), Policy.DEFAULT);
    }

    // given

    public OfferScenario draft() {
        return given(new Command.CreateOffer("SAAS", "Shift Planner"));
    }

    OfferScenario completeDraft() {
        return draft().completed();
    }

    private OfferScenario completed() {
        return saved(Contents.listingOnlySetup()).saved(Contents.properties()).saved(Contents.listing())
                .saved(Contents.preview());
    }

    /** A complete draft that is sold through the marketplace, with these plans. */
    public OfferScenario transactableDraft(String... planIds) {
        return transactableDraft(OfferType.SAAS, planIds);
    }

    OfferScenario transactableDraft(OfferType type, String... planIds) {
        given(new Command.CreateOffer(type.name(), "Shift Planner")).completed().saved(Contents.transactableSetup())
                .saved(Contents.technical());
        for (String planId : planIds) {
            given(new Command.CreatePlan(planId, Contents.plan("Plan " + planId)));
        }
        return this;
    }

    public OfferScenario submitted() {
        return given(new Command.SubmitOffer(Optional.empty()));
    }

    /** A run that publishes a changed description of plan {@code silver}. */
    OfferScenario submittedUpdate() {
        return planned("silver", Contents.change("description", "New.")).submitted();
    }

    /** The steps of the run succeed until one waits, or the run is over. */
    public OfferScenario stepsDone() {
        while (facts().activeRun().filter(run -> run.step() != PublishStep.PUBLISHER_SIGN_OFF).isPresent()) {
            given(success());
        }
        return this;
    }

    public OfferScenario signedOff() {
        return given(new Command.GoLive(Optional.empty()));
    }

    public OfferScenario live() {
        return (facts().exists() ? this : completeDraft()).submitted().stepsDone().signedOff().stepsDone();
    }

    OfferScenario failed() {
        return given(failure());
    }

    OfferScenario stopPending() {
        return given(new Command.StopSellingOffer(Optional.empty(), true));
    }

    public OfferScenario stopped() {
        stopPending();
        return later(Duration.ofHours(4)).timePassed();
    }

    public OfferScenario deleted() {
        return given(new Command.DeleteDraft(true));
    }

    public OfferScenario saved(Content content) {
        return given(save(content));
    }

    public OfferScenario planned(String planId, PlanChange change) {
        return given(facts().exists() && state.plans().plans().containsKey(planId)
                ? new Command.UpdatePlan(planId, change, Optional.empty()) : new Command.CreatePlan(planId, change));
    }

    /** A command that must be accepted for the story to begin. */
    public OfferScenario given(Command command) {
        when(command);
        assertThat(entry.decision()).as("given %s", command).isInstanceOf(Decision.Accepted.class);
        return this;
    }

    public OfferScenario later(Duration time) {
        now = now.plus(time);
        return this;
    }

    // when

    public OfferScenario when(Command command) {
        return when(new CommandEnvelope(new UUID(7, ++lastId).toString(), "someone", Optional.empty(), false,
                command.hashCode(),
                command));
    }

    public OfferScenario when(CommandEnvelope asked) {
        now = now.plusMillis(1);
        ask = asked;
        return takes(engine.decide(state, asked, now));
    }

    /** The same command again, under the same id. */
    public OfferScenario again() {
        return when(ask);
    }

    public OfferScenario timePassed() {
        engine.advance(state, now).ifPresent(this::takes);
        return this;
    }

    private OfferScenario takes(Entry made) {
        OfferState before = state;
        entry = made;
        OfferState after = OfferEvolver.apply(before, made);
        checkLaws(before, after);
        after.rows().changes().forEach((key, row) ->
                row.ifPresentOrElse(value -> rows.put(key, value), () -> rows.remove(key)));
        state = new OfferState(before.key(), after.header(), stored());
        return this;
    }

    private void checkLaws(OfferState before, OfferState after) {
        boolean tidied = before.header().audience().leftovers()
                || entry.envelope().filter(asked -> asked.command() instanceof Command.ImportAudience)
                .isPresent(); // B34
        if (entry.decision().events().isEmpty() && entry.dueEvents().isEmpty() && !tidied) {
            assertThat(StateEdits.untouched(after.header())).as("refused = unchanged")
                    .isEqualTo(StateEdits.untouched(before.header()));
            assertThat(after.rows().changes().keySet()).as("refused = unchanged")
                    .allMatch(RowKey.CustomerKey.class::isInstance); // what customers were answered is remembered there
        }
        assertThat(after.header().clock()).as("the clock never runs back")
                .isAfterOrEqualTo(before.header().clock());
    }

    private StateRows stored() {
        return StateRows.of(rows);
    }

    // then

    OfferScenario accepted(Event... events) {
        assertThat(entry.decision()).isEqualTo(Decision.accept(entry.decision().rule(), events));
        return this;
    }

    /** The rule that decided. */
    public OfferScenario by(Rule rule) {
        assertThat(entry.decision().rule()).isEqualTo(rule);
        return this;
    }

    public OfferScenario accepted() {
        assertThat(entry.decision()).isInstanceOf(Decision.Accepted.class);
        return this;
    }

    public OfferScenario rejected(Rule rule, Reason reason) {
        assertThat(entry.decision()).isInstanceOfSatisfying(Decision.Rejected.class, rejected -> {
            assertThat(rejected.reason()).as(rejected.detail()).isEqualTo(reason);
            by(rule);
            assertThat(rejected.detail()).startsWith("Expected ").endsWith(rejected.detail().endsWith("?") ? "?" : ".");
        });
        return this;
    }

    public OfferScenario because(String... parts) {
        Decision.Rejected rejected = (Decision.Rejected) entry.decision();
        assertThat(rejected.detail()).contains(parts);
        return this;
    }

    OfferScenario ignored(Rule rule, Reason reason) {
        assertThat(entry.decision()).isInstanceOfSatisfying(Decision.Ignored.class,
                ignored -> assertThat(ignored.reason()).isEqualTo(reason));
        return by(rule);
    }

    public OfferScenario duplicateOf(OutcomeResult result) {
        assertThat(entry.decision()).isInstanceOfSatisfying(Decision.Duplicate.class,
                duplicate -> assertThat(duplicate.original().result()).isEqualTo(result));
        return by(Rule.V31);
    }

    OfferScenario status(Status status) {
        assertThat(facts().exists()).isTrue();
        assertThat(facts().status()).isEqualTo(status);
        return this;
    }

    OfferScenario onSale(boolean onSale) {
        assertThat(facts().onSale()).isEqualTo(onSale);
        return this;
    }

    public OfferScenario section(SectionId section, SectionState expected) {
        assertThat(state.sectionState(section)).isEqualTo(expected);
        return this;
    }

    OfferScenario atStep(PublishStep step) {
        assertThat(facts().activeRun().map(run -> run.step())).contains(step);
        return this;
    }

    public OfferScenario problems(SectionId section, String... paths) {
        assertThat(state.problems(section)).extracting(Problem::path).containsExactlyInAnyOrder(paths);
        return this;
    }

    // looking

    public OfferState state() {
        return state;
    }

    public OfferHeader facts() {
        return state.header();
    }

    public Entry entry() {
        return entry;
    }

    Instant now() {
        return now;
    }

    /** The rows that are kept. */
    public Map<RowKey, StateRow> rows() {
        return rows;
    }

    // asking

    static Command.SaveSection save(Content content) {
        return new Command.SaveSection(content.section().name(), Optional.of(content));
    }

    /** Success of the step at work. */
    Command.ReportStepSucceeded success() {
        return new Command.ReportStepSucceeded(facts().submission(), facts().activeRun().orElseThrow().step().name(),
                List.of());
    }

    /** Failure of the step at work. */
    Command.ReportStepFailed failure() {
        return new Command.ReportStepFailed(facts().submission(), facts().activeRun().orElseThrow().step().name(),
                List.of(new StepMessage("100.1.3", "Replace the placeholder in the description.")));
    }

    public CommandEnvelope asking(Command command, Optional<Long> expectedVersion, boolean validateOnly) {
        return new CommandEnvelope(new UUID(7, ++lastId).toString(), "someone", expectedVersion, validateOnly,
                command.hashCode(),
                command);
    }
}
