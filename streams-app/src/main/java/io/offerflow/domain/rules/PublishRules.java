package io.offerflow.domain.rules;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.EnumNames;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.RunPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides about submissions and the results of their steps: S9–S11, S20–S23. Its evolving half is {@code OfferEvolver}.
 */
final class PublishRules {

    private static final int MAX_PROBLEMS = 100;
    private static final int NAMED_PROBLEMS = 3;

    private final DraftRules drafts;
    private final PlanRules plans;
    private final PriceChangeRules prices;

    PublishRules(Policy policy) {
        this.drafts = new DraftRules(policy);
        this.plans = new PlanRules(policy);
        this.prices = new PriceChangeRules(policy);
    }

    /** Begins a run with the draft as it is now; it supersedes a submission that waits for sign-off. */
    Decision submit(OfferState offer, Command.SubmitOffer submit) {
        OfferHeader header = offer.header();
        List<Event> events = new ArrayList<>();
        header.activeRun().ifPresent(waiting -> events.add(new Event.SubmissionSuperseded(waiting.submission())));
        events.add(new Event.OfferSubmitted(header.submission() + 1, header.revision(),
                header.type().profile().stepsOf(header.features()), submit.notes()));
        return Decision.accept(submitting(header), events);
    }

    /** The rule for a submit in this status. */
    private static Rule submitting(OfferHeader header) {
        return switch (header.status()) {
            case DRAFT -> Rule.O3;
            case LIVE -> Rule.O4;
            case ATTENTION_NEEDED -> Rule.O5;
            case NOT_SOLD -> Rule.O6;
            case PUBLISH_IN_PROGRESS -> Rule.O8;
        };
    }

    /** Refuses a submit with all problems that have to be corrected first (S7). */
    Decision incomplete(OfferState offer) {
        List<Problem> problems = offer.draftProblems();
        String named = problems.stream().limit(NAMED_PROBLEMS)
                .map(problem -> RootLocaleText.format("%s%s%s", problem.section(), problem.path().isEmpty() ? "" : " ",
                        problem.path())).collect(Collectors.joining(", "));
        return new Decision.Rejected(submitting(offer.header()), Reason.SECTIONS_INCOMPLETE,
                RootLocaleText.format(
                        "Expected every section that applies to be complete, but %d %s to be mended: %s%s.%s",
                        problems.size(), problems.size() == 1 ? "thing has" : "things have", named,
                        problems.size() > NAMED_PROBLEMS ? " and more" : "", plans.hintAtNewPlan(offer)),
                problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS)));
    }

    /** V33, B2: whether a result is for the current step of the current run, and that step is not the sign-off. */
    boolean isForCurrentStep(OfferHeader header, Command.ByPipeline result) {
        return header.activeRun().filter(run -> run.submission() == result.submission()
                && run.step() != PublishStep.PUBLISHER_SIGN_OFF && run.step().name().equals(result.step())).isPresent();
    }

    Decision succeeded(OfferState offer, Command.ReportStepSucceeded done, Instant now) {
        PublishStep step = offer.header().run().orElseThrow().step();
        List<Event> events = new ArrayList<>();
        events.add(new Event.StepSucceeded(done.submission(), step, done.messages()));
        if (step == PublishStep.PREVIEW_CREATION) {
            events.add(new Event.PreviewReady(done.submission()));
        }
        if (step == PublishStep.FINAL_PUBLISH) {
            events.add(new Event.OfferWentLive(done.submission(), offer.header().liveVersion() + 1));
            OfferState live = offer;
            for (Event event : events) {
                live = OfferEvolver.apply(live, event, now);
            }
            drafts.assessSetupAgainst(live).ifPresent(events::add);
            events.addAll(plans.assessAgainst(live));
            events.addAll(prices.atGoLive(offer, live, now));
        }
        Rule rule = step == PublishStep.PREVIEW_CREATION ? Rule.O10
                : step == PublishStep.FINAL_PUBLISH ? Rule.O19 : Rule.O9;
        return Decision.accept(rule, events);
    }

    Decision failed(OfferHeader header, Command.ReportStepFailed failed) {
        PublishStep step = header.run().orElseThrow().step();
        return Decision.accept(step == PublishStep.CERTIFICATION ? Rule.O11 : Rule.O12,
                new Event.PublishFailed(failed.submission(), step, failed.messages()));
    }

    /** Ignores a result that is not for the current step. */
    Decision stale(OfferHeader header, Command.ByPipeline result) {
        String hint = PublishStep.named(result.step()).isPresent() ? ""
                : RootLocaleText.format(" There is no step of this name; did you mean %s?",
                        EnumNames.closest(PublishStep.values(), result.step()));
        return Decision.ignore(header.running(RunPhase.AT_SIGN_OFF) ? Rule.B2 : Rule.V33, Reason.STALE_STEP,
                "Expected a result for the step at work, but it names step \"%s\" of submission %d, and the offer "
                        + "%s.%s",
                result.step(), result.submission(), progressOf(header), hint);
    }

    /** The progress of an offer, as the end of a sentence. */
    static String progressOf(OfferHeader header) {
        return header.activeRun().map(run -> run.phase() == RunPhase.AT_SIGN_OFF
                ? "waits for the publisher's sign-off"
                : RootLocaleText.format("is at step %s of submission %d", run.step(), run.submission()))
                .orElseGet(() -> switch (header.status()) {
                    case DRAFT -> "is a draft that is not being published";
                    case ATTENTION_NEEDED -> "needs attention after a failed step";
                    case LIVE -> "is live and not being published";
                    case NOT_SOLD -> "is not being sold";
                    case PUBLISH_IN_PROGRESS -> "is being published";
                });
    }
}
