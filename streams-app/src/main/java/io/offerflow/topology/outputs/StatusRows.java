package io.offerflow.topology.outputs;

import io.offerflow.avro.LiveVersion;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PublishRun;
import io.offerflow.avro.RunState;
import io.offerflow.avro.SectionStatus;
import io.offerflow.avro.SellingStop;
import io.offerflow.avro.Status;
import io.offerflow.avro.StepProgress;
import io.offerflow.avro.StepState;
import io.offerflow.avro.StopState;
import io.offerflow.codec.Shared;
import io.offerflow.domain.SectionId;
import io.offerflow.domain.Step;
import io.offerflow.domain.StepMessage;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Row;
import io.offerflow.domain.state.Run;
import io.offerflow.domain.state.SectionFacts;
import io.offerflow.topology.Moment;
import io.offerflow.topology.outputs.Projection.Projected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Topic offer-status: a new row whenever something happened, a tombstone when the offer left the portal (S17). */
public final class StatusRows {

    private StatusRows() {
    }

    static List<Projected> of(Moment moment) {
        if (!moment.changed() || moment.after().facts().equals(moment.before().facts())) {
            return List.of();
        }
        return moment.after().facts().exists() ? List.of(Projected.of(row(moment.after())))
                : List.of(Projected.tombstone());
    }

    /** The row of an offer that exists. */
    public static OfferStatus row(OfferState offer) {
        OfferFacts facts = offer.facts();
        return new OfferStatus(offer.key().publisherId(), offer.key().offerId(),
                Shared.toAvro(facts.type()), facts.alias(),
                Status.valueOf(facts.status().name()), facts.onSale(), facts.sequence(), facts.clock(),
                facts.revision(),
                facts.live().map(live -> new LiveVersion(facts.liveVersion(), live.submission(), live.since()))
                        .orElse(null),
                facts.stop().map(stop -> new SellingStop(stop.done() ? StopState.DONE : StopState.PENDING,
                        stop.effectiveAt())).orElse(null),
                facts.run().map(run -> run(offer, run)).orElse(null),
                sections(offer));
    }

    private static List<SectionStatus> sections(OfferState offer) {
        List<SectionStatus> sections = new ArrayList<>();
        for (SectionId section : SectionId.values()) {
            sections.add(section(offer, section));
        }
        return sections;
    }

    private static SectionStatus section(OfferState offer, SectionId section) {
        OfferFacts facts = offer.facts();
        return new SectionStatus(Shared.toAvro(section),
                io.offerflow.avro.SectionState.valueOf(offer.sectionState(section).name()),
                facts.needs(section), Optional.ofNullable(facts.sections().get(section))
                        .map(SectionFacts::draft).map(SectionFacts.Revision::number).orElse(0L),
                Shared.problems(offer.problems(section)));
    }

    private static PublishRun run(OfferState offer, Run run) {
        Row.Texts texts = run.reported() ? offer.texts(run.submission()) : Row.Texts.NONE;
        List<StepProgress> steps = new ArrayList<>();
        List<StepMessage> newest = List.of();
        for (int index = 0; index < run.progress().size(); index++) {
            steps.add(step(run, index, texts));
            if (run.progress().get(index).endedAt().isPresent()) {
                newest = texts.of(run.progress().get(index).step());
            }
        }
        return new PublishRun(run.submission(), run.revision(), RunState.valueOf(run.state().name()),
                run.submittedAt(), steps, Shared.messages(newest));
    }

    private static StepProgress step(Run run, int index, Row.Texts texts) {
        Run.Progress progress = run.progress().get(index);
        return new StepProgress(Shared.toAvro(progress.step()), state(run, index),
                progress.startedAt().orElse(null), progress.endedAt().orElse(null), progress.step().estimatedMinutes(),
                Shared.messages(texts.of(progress.step())));
    }

    private static StepState state(Run run, int index) {
        Run.Progress progress = run.progress().get(index);
        if (progress.startedAt().isEmpty()) {
            return StepState.NOT_STARTED;
        }
        if (index < run.current() || run.state() == Run.State.WENT_LIVE) {
            return StepState.SUCCEEDED;
        }
        return switch (run.state()) {
            case FAILED -> StepState.FAILED;
            case CANCELLED, WITHDRAWN -> StepState.CANCELLED;
            case ACTIVE, WENT_LIVE -> progress.step() == Step.PUBLISHER_SIGN_OFF
                    ? StepState.WAITING_FOR_PUBLISHER : StepState.IN_PROGRESS;
        };
    }
}
