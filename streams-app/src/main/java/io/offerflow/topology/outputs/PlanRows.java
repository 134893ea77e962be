package io.offerflow.topology.outputs;

import io.offerflow.avro.AudienceNumber;
import io.offerflow.avro.AudienceState;
import io.offerflow.avro.EndedEpoch;
import io.offerflow.avro.PlanState;
import io.offerflow.avro.PlanStatus;
import io.offerflow.codec.Shared;
import io.offerflow.domain.Event;
import io.offerflow.domain.PlanMark;
import io.offerflow.domain.Removal;
import io.offerflow.domain.state.Audience;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Row;
import io.offerflow.topology.Moment;
import io.offerflow.topology.outputs.Projection.Projected;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Topic plan-status: a new row for each plan whose state or draft changed, a tombstone for a draft that is gone (S19). The
 * row of a plan that was sold stays when the plan is deleted, bare: what its customers have is read from it (E11, B3).
 */
public final class PlanRows {

    private PlanRows() {
    }

    static List<Projected> of(Moment moment) {
        Set<String> touched = new TreeSet<>();
        moment.happened().forEach(what -> touched.addAll(touched(moment, what.event())));
        if (touched.isEmpty()) {
            return List.of();
        }
        Row.Overview plans = moment.after().plans();
        return touched.stream().map(planId -> projected(moment.after(), plans, planId).under(planId)).toList();
    }

    private static Projected projected(OfferState offer, Row.Overview plans, String planId) {
        if (offer.facts().exists() && plans.plans().containsKey(planId)) {
            return Projected.of(row(offer, plans, planId));
        }
        return offer.sales().plans().containsKey(planId) ? Projected.of(deleted(offer, planId)) : Projected.tombstone();
    }

    /** What is left of a plan that was sold: enough to say what each customer keeps. */
    private static PlanStatus deleted(OfferState offer, String planId) {
        OfferFacts facts = offer.facts();
        long epoch = offer.sales().plans().get(planId).epoch();
        return PlanStatus.newBuilder().setPublisherId(offer.key().publisherId()).setOfferId(offer.key().offerId())
                .setPlanId(planId).setState(PlanState.DELETED).setOnSale(false).setUnpublishedChanges(false)
                .setSequence(facts.sequence()).setChangedAt(facts.clock()).setSavedAtVersion(0).setPlanEpoch(epoch)
                .setOfferEpoch(facts.epoch()).setEndedPlanEpochs(ended(offer, Optional.of(planId), epoch))
                .setEndedOfferEpochs(ended(offer, Optional.empty(), facts.epoch()))
                .setRevocations(facts.revocations()).build();
    }

    private static Set<String> touched(Moment moment, Event event) {
        return switch (event) {
            case Event.PlanSaved saved -> Set.of(saved.planId());
            case Event.PlanAssessed assessed -> Set.of(assessed.planId());
            case Event.PlanDeleted deleted -> Set.of(deleted.planId());
            case Event.PlanSellingStopRequested stop -> Set.of(stop.planId());
            case Event.PlanSellingResumed resumed -> Set.of(resumed.planId());
            case Event.PlanSellingStopped stopped -> Set.of(stopped.planId());
            case Event.AudienceIdAdded added -> Set.of(added.planId());
            case Event.AudienceIdRemoved removed -> Set.of(removed.planId());
            case Event.AudienceImported imported -> Set.of(imported.planId());
            case Event.AudienceSynced synced -> Set.copyOf(synced.planIds());
            case Event.AudienceSyncRequested sync -> Set.copyOf(sync.planIds());
            case Event.AudienceSyncFailed sync -> Set.copyOf(sync.planIds());
            case Event.OfferWentLive live -> sold(moment);
            case Event.SellingStopped stopped -> sold(moment);
            case Event.RemovalMoved moved when moved.state() == Removal.State.COMPLETED -> sold(moment);
            case Event.DraftDeleted deleted -> moment.before().plans().plans().keySet();
            case Event.OfferCreated created -> Set.of();
            case Event.SectionSaved saved -> Set.of();
            case Event.SectionAssessed assessed -> Set.of();
            case Event.OfferSubmitted submitted -> Set.of();
            case Event.SubmissionSuperseded superseded -> Set.of();
            case Event.SubmissionWithdrawn withdrawn -> Set.of();
            case Event.StepSucceeded succeeded -> Set.of();
            case Event.PreviewReady ready -> Set.of();
            case Event.OfferSignedOff off -> Set.of();
            case Event.PublishFailed failed -> Set.of();
            case Event.PublishCancelled cancelled -> Set.of();
            case Event.SellingStopRequested requested -> Set.of();
            case Event.SellingResumed resumed -> Set.of();
            case Event.PlanAcquired acquired -> Set.of();
            case Event.RemovalMoved moved -> Set.of();
            case Event.AudienceChunkStaged staged -> Set.of();
            case Event.PriceChangeScheduled scheduled -> Set.of();
            case Event.PriceChangeDropped dropped -> Set.of();
        };
    }

    private static Set<String> sold(Moment moment) {
        return moment.after().sales().plans().keySet();
    }

    /** The rows of all plans of an offer that exists, by their ids. */
    public static List<PlanStatus> all(OfferState offer) {
        Row.Overview plans = offer.plans();
        return plans.plans().keySet().stream().map(planId -> row(offer, plans, planId)).toList();
    }

    private static PlanStatus row(OfferState offer, Row.Overview plans, String planId) {
        OfferFacts facts = offer.facts();
        Row.PlanEntry draft = plans.plans().get(planId);
        Optional<Row.PlanEntry> live = Optional.ofNullable(offer.livePlans().plans().get(planId));
        Optional<Row.Sale> sale = Optional.ofNullable(offer.sales().plans().get(planId));
        io.offerflow.domain.PlanState state = offer.planState(planId);
        long epoch = sale.map(Row.Sale::epoch).orElse(0L);
        return new PlanStatus(offer.key().publisherId(), offer.key().offerId(), planId,
                offer.plan(planId, plans).text("alias").or(draft::name).orElse(null),
                PlanState.valueOf(state.name()),
                state == io.offerflow.domain.PlanState.LIVE || state == io.offerflow.domain.PlanState.STOP_SELL_PENDING,
                sale.map(Row.Sale::hidden).orElse(null),
                live.filter(same -> same.digest() == draft.digest() && draft.mark() == PlanMark.NONE
                        && !offer.audienceChanged(planId)).isEmpty(),
                facts.sequence(), facts.clock(), draft.revision(), facts.planStops().get(planId), epoch, facts.epoch(),
                ended(offer, Optional.of(planId), epoch), ended(offer, Optional.empty(), facts.epoch()),
                facts.revocations(), offer.savedAudience(planId).map(PlanRows::number).orElse(null),
                offer.liveAudience(planId).map(PlanRows::number).orElse(null),
                offer.audienceState(planId).map(Enum::name).map(AudienceState::valueOf).orElse(null),
                offer.pendingSync(planId).map(Row.Sync::effectiveAt).orElse(null),
                Shared.problems(draft.problems()));
    }

    private static AudienceNumber number(Audience.Stamp stamp) {
        return new AudienceNumber(stamp.generation(), stamp.revision(), stamp.tenants(), stamp.subscriptions());
    }

    private static List<EndedEpoch> ended(OfferState offer, Optional<String> planId, long newest) {
        return LongStream.rangeClosed(1, newest).boxed().flatMap(epoch -> offer.ended(planId, epoch)
                .map(version -> new EndedEpoch(epoch, version)).stream()).toList();
    }
}
