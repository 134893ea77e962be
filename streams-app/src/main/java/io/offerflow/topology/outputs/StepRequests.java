package io.offerflow.topology.outputs;

import io.offerflow.avro.StepRequest;
import io.offerflow.avro.SubmittedPlan;
import io.offerflow.avro.SubmittedSection;
import io.offerflow.codec.Sections;
import io.offerflow.codec.Shared;
import io.offerflow.domain.SectionId;
import io.offerflow.domain.Step;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Row;
import io.offerflow.domain.state.Run;
import io.offerflow.topology.Moment;
import io.offerflow.topology.outputs.Projection.Projected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Topic step-requests: one request when a step of the pipeline begins; sign-off is a person's and asked of no system. */
final class StepRequests {

    private StepRequests() {
    }

    static List<Projected> of(Moment moment) {
        return moment.after().facts().activeRun()
                .filter(run -> run.step() != Step.PUBLISHER_SIGN_OFF)
                .filter(run -> !atWork(moment.before()).equals(atWork(moment.after())))
                .map(run -> List.of(Projected.of(request(moment.after(), run)))).orElse(List.of());
    }

    private record AtWork(long submission, Step step) {
    }

    private static Optional<AtWork> atWork(OfferState offer) {
        return offer.facts().activeRun().map(run -> new AtWork(run.submission(), run.step()));
    }

    private static StepRequest request(OfferState offer, Run run) {
        boolean certification = run.step() == Step.CERTIFICATION;
        return new StepRequest(offer.key().publisherId(), offer.key().offerId(),
                Shared.toAvro(offer.facts().type()), run.submission(),
                Shared.toAvro(run.step()), offer.facts().clock(), run.step().estimatedMinutes(),
                certification ? offer.texts(run.submission()).notes().orElse(null) : null,
                certification ? submitted(offer, run) : List.of(),
                certification ? plans(offer, run) : List.of());
    }

    private static List<SubmittedSection> submitted(OfferState offer, Run run) {
        List<SubmittedSection> sections = new ArrayList<>();
        Arrays.stream(SectionId.values()).forEach(section -> offer.at(section, run.revision()).ifPresent(row ->
                sections.add(new SubmittedSection(Shared.toAvro(section), Sections.toAvro(row.content())))));
        return sections;
    }

    private static List<SubmittedPlan> plans(OfferState offer, Run run) {
        Row.Overview submitted = offer.plansAt(run.revision());
        return submitted.plans().keySet().stream()
                .map(planId -> new SubmittedPlan(planId, Sections.plan(offer.plan(planId, submitted)))).toList();
    }
}
