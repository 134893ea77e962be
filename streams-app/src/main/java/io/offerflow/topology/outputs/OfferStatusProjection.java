package io.offerflow.topology.outputs;

import io.offerflow.avro.LiveVersion;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PublishRun;
import io.offerflow.avro.RunState;
import io.offerflow.avro.ScheduledChange;
import io.offerflow.avro.ScheduledKind;
import io.offerflow.avro.SectionStatus;
import io.offerflow.avro.SellingStop;
import io.offerflow.avro.Status;
import io.offerflow.avro.StepProgress;
import io.offerflow.avro.StepState;
import io.offerflow.avro.StopState;
import io.offerflow.codec.EnumMappings;
import io.offerflow.codec.EnumPairs;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.StepMessage;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.PublishingRun;
import io.offerflow.domain.state.RunStatus;
import io.offerflow.domain.state.RunStep;
import io.offerflow.domain.state.SectionRevisions;
import io.offerflow.domain.state.row.SubmissionNotesRow;
import io.offerflow.topology.outputs.Projection.OutputRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Topic offer-status: a row after each event, a tombstone when the offer is deleted from the portal (S17). */
public final class OfferStatusProjection {

    private static final EnumPairs<io.offerflow.domain.model.Status, Status> STATUSES =
            EnumPairs.of(io.offerflow.domain.model.Status.class, Status.class);
    private static final EnumPairs<SectionState, io.offerflow.avro.SectionState> SECTION_STATES =
            EnumPairs.of(SectionState.class, io.offerflow.avro.SectionState.class);
    private static final EnumPairs<RunStatus, RunState> RUN_STATES = EnumPairs.of(RunStatus.class, RunState.class);

    private OfferStatusProjection() {
    }

    static List<OutputRow> of(Transition transition) {
        if (!transition.changed() || transition.after().header().equals(transition.before().header())) {
            return List.of();
        }
        return transition.after().header().exists() ? List.of(OutputRow.of(row(transition.after())))
                : List.of(OutputRow.tombstone());
    }

    /** The row of an offer that exists. */
    public static OfferStatus row(OfferState offer) {
        OfferHeader header = offer.header();
        OfferStatus row = new OfferStatus();
        row.setPublisherId(offer.key().publisherId());
        row.setOfferId(offer.key().offerId());
        row.setOfferType(EnumMappings.toAvro(header.type()));
        row.setAlias(header.alias());
        row.setStatus(STATUSES.to(header.status()));
        row.setOnSale(header.onSale());
        row.setSequence(header.sequence());
        row.setChangedAt(header.clock());
        row.setDraftVersion(header.revision());
        row.setLive(header.live()
                .map(live -> new LiveVersion(header.liveVersion(), live.submission(), live.since())).orElse(null));
        row.setStop(header.stop()
                .map(stop -> new SellingStop(stop.done() ? StopState.DONE : StopState.PENDING, stop.effectiveAt()))
                .orElse(null));
        row.setRun(header.run().map(run -> run(offer, run)).orElse(null));
        row.setSections(sections(offer));
        row.setScheduled(scheduled(offer));
        return row;
    }

    private static List<ScheduledChange> scheduled(OfferState offer) {
        OfferHeader header = offer.header();
        List<ScheduledChange> scheduled = new ArrayList<>();
        header.stop().filter(stop -> !stop.done()).ifPresent(stop ->
                scheduled.add(new ScheduledChange(ScheduledKind.SELLING_STOPS, null, stop.effectiveAt())));
        header.planStops().forEach((planId, at) ->
                scheduled.add(new ScheduledChange(ScheduledKind.PLAN_SELLING_STOPS, planId, at)));
        if (header.audience().syncDue().isPresent()) { // most offers read no row for it
            offer.audiences().syncs().forEach(sync -> sync.planIds().forEach(planId -> // A4
                    scheduled.add(new ScheduledChange(ScheduledKind.AUDIENCE_SYNCS, planId, sync.effectiveAt()))));
        }
        scheduled.sort(Comparator.comparing(ScheduledChange::getAt));
        return scheduled;
    }

    private static List<SectionStatus> sections(OfferState offer) {
        List<SectionStatus> sections = new ArrayList<>();
        for (SectionId section : SectionId.values()) {
            sections.add(section(offer, section));
        }
        return sections;
    }

    private static SectionStatus section(OfferState offer, SectionId section) {
        OfferHeader header = offer.header();
        return new SectionStatus(EnumMappings.toAvro(section),
                SECTION_STATES.to(offer.sectionState(section)),
                header.needs(section), Optional.ofNullable(header.sections().get(section))
                        .map(SectionRevisions::draft).map(SectionRevisions.SectionRevision::number).orElse(0L),
                EnumMappings.problems(offer.problems(section)));
    }

    private static PublishRun run(OfferState offer, PublishingRun run) {
        SubmissionNotesRow notes = run.reported() ? offer.submissionNotes(run.submission()) : SubmissionNotesRow.NONE;
        List<StepProgress> steps = new ArrayList<>();
        List<StepMessage> newest = List.of();
        for (int index = 0; index < run.progress().size(); index++) {
            steps.add(step(run, index, notes));
            if (run.progress().get(index).endedAt().isPresent()) {
                newest = notes.of(run.progress().get(index).step());
            }
        }
        return new PublishRun(run.submission(), run.revision(), RUN_STATES.to(run.state()),
                run.submittedAt(), steps, EnumMappings.messages(newest));
    }

    private static StepProgress step(PublishingRun run, int index, SubmissionNotesRow notes) {
        RunStep progress = run.progress().get(index);
        return new StepProgress(EnumMappings.toAvro(progress.step()), state(run, index),
                progress.startedAt().orElse(null), progress.endedAt().orElse(null), progress.step().estimatedMinutes(),
                EnumMappings.messages(notes.of(progress.step())));
    }

    private static StepState state(PublishingRun run, int index) {
        RunStep progress = run.progress().get(index);
        if (progress.startedAt().isEmpty()) {
            return StepState.NOT_STARTED;
        }
        if (index < run.current() || run.state() == RunStatus.WENT_LIVE) {
            return StepState.SUCCEEDED;
        }
        return switch (run.state()) {
            case FAILED -> StepState.FAILED;
            case CANCELLED, WITHDRAWN -> StepState.CANCELLED;
            case ACTIVE, WENT_LIVE -> progress.step() == PublishStep.PUBLISHER_SIGN_OFF
                    ? StepState.WAITING_FOR_PUBLISHER : StepState.IN_PROGRESS;
        };
    }
}
