package io.offerflow.topology.outputs;

import io.offerflow.avro.StepRequest;
import io.offerflow.avro.SubmittedPlan;
import io.offerflow.avro.SubmittedSection;
import io.offerflow.codec.ContentMapping;
import io.offerflow.codec.EnumMappings;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.PublishingRun;
import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.topology.outputs.Projection.OutputRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Topic step-requests: one request when a step of the pipeline begins; a person signs off, so there is none for that.
 */
final class StepRequestProjection {

    private StepRequestProjection() {
    }

    static List<OutputRow> of(Transition transition) {
        return transition.after().header().activeRun()
                .filter(run -> run.step() != PublishStep.PUBLISHER_SIGN_OFF)
                .filter(run -> !activeStep(transition.before()).equals(activeStep(transition.after())))
                .map(run -> List.of(OutputRow.of(request(transition.after(), run)))).orElse(List.of());
    }

    private record ActiveStep(long submission, PublishStep step) {
    }

    private static Optional<ActiveStep> activeStep(OfferState offer) {
        return offer.header().activeRun().map(run -> new ActiveStep(run.submission(), run.step()));
    }

    private static StepRequest request(OfferState offer, PublishingRun run) {
        boolean certification = run.step() == PublishStep.CERTIFICATION;
        StepRequest request = new StepRequest();
        request.setPublisherId(offer.key().publisherId());
        request.setOfferId(offer.key().offerId());
        request.setOfferType(EnumMappings.toAvro(offer.header().type()));
        request.setSubmission(run.submission());
        request.setStep(EnumMappings.toAvro(run.step()));
        request.setRequestedAt(offer.header().clock());
        request.setEstimatedMinutes(run.step().estimatedMinutes());
        request.setNotesForCertification(
                certification ? offer.submissionNotes(run.submission()).notes().orElse(null) : null);
        request.setSections(certification ? submitted(offer, run) : List.of());
        request.setPlans(certification ? plans(offer, run) : List.of());
        return request;
    }

    private static List<SubmittedSection> submitted(OfferState offer, PublishingRun run) {
        List<SubmittedSection> sections = new ArrayList<>();
        Arrays.stream(SectionId.values()).forEach(section -> offer.at(section, run.revision()).ifPresent(row ->
                sections.add(new SubmittedSection(EnumMappings.toAvro(section),
                        ContentMapping.toAvro(row.content())))));
        return sections;
    }

    private static List<SubmittedPlan> plans(OfferState offer, PublishingRun run) {
        PlanOverviewRow submitted = offer.plansAt(run.revision());
        return submitted.plans().keySet().stream()
                .map(planId -> new SubmittedPlan(planId, ContentMapping.plan(offer.plan(planId, submitted)))).toList();
    }
}
