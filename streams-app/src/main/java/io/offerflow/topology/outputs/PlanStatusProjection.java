package io.offerflow.topology.outputs;

import io.offerflow.avro.AudienceNumber;
import io.offerflow.avro.AudienceState;
import io.offerflow.avro.EndedEpoch;
import io.offerflow.avro.PlanState;
import io.offerflow.avro.PlanStatus;
import io.offerflow.codec.EnumMappings;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.RelistIntent;
import io.offerflow.domain.model.RemovalState;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.row.AudienceRevision;
import io.offerflow.domain.state.row.PendingSync;
import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.domain.state.row.PlanSale;
import io.offerflow.domain.state.row.PlanSummary;
import io.offerflow.topology.outputs.Projection.OutputRow;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Topic plan-status: a new row for each plan whose state or draft changed, a tombstone for a draft that is gone (S19). The
 * row of a plan that was sold stays when the plan is deleted, bare: what its customers have is read from it (E11, B3).
 */
public final class PlanStatusProjection {

    private PlanStatusProjection() {
    }

    static List<OutputRow> of(Transition transition) {
        Set<String> touched = new TreeSet<>();
        transition.happened().forEach(due -> touched.addAll(touched(transition, due.event())));
        if (touched.isEmpty()) {
            return List.of();
        }
        PlanOverviewRow plans = transition.after().plans();
        return touched.stream().map(planId -> projected(transition.after(), plans, planId).under(planId)).toList();
    }

    private static OutputRow projected(OfferState offer, PlanOverviewRow plans, String planId) {
        if (offer.header().exists() && plans.plans().containsKey(planId)) {
            return OutputRow.of(row(offer, plans, planId));
        }
        return offer.sales().plans().containsKey(planId) ? OutputRow.of(deleted(offer, planId)) : OutputRow.tombstone();
    }

    /** What is left of a plan that was sold: enough to say what each customer keeps. */
    private static PlanStatus deleted(OfferState offer, String planId) {
        OfferHeader header = offer.header();
        long epoch = offer.sales().plans().get(planId).epoch();
        return PlanStatus.newBuilder().setPublisherId(offer.key().publisherId()).setOfferId(offer.key().offerId())
                .setPlanId(planId).setState(PlanState.DELETED).setOnSale(false).setUnpublishedChanges(false)
                .setSequence(header.sequence()).setChangedAt(header.clock()).setSavedAtVersion(0).setPlanEpoch(epoch)
                .setOfferEpoch(header.epoch()).setEndedPlanEpochs(ended(offer, Optional.of(planId), epoch))
                .setEndedOfferEpochs(ended(offer, Optional.empty(), header.epoch()))
                .setRevocations(header.revocations()).build();
    }

    private static Set<String> touched(Transition transition, Event event) {
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
            case Event.OfferWentLive live -> sold(transition);
            case Event.SellingStopped stopped -> sold(transition);
            case Event.RemovalMoved moved when moved.state() == RemovalState.COMPLETED -> sold(transition);
            case Event.DraftDeleted deleted -> transition.before().plans().plans().keySet();
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

    private static Set<String> sold(Transition transition) {
        return transition.after().sales().plans().keySet();
    }

    /** The rows of all plans of an offer that exists, by their ids. */
    public static List<PlanStatus> all(OfferState offer) {
        PlanOverviewRow plans = offer.plans();
        return plans.plans().keySet().stream().map(planId -> row(offer, plans, planId)).toList();
    }

    private static PlanStatus row(OfferState offer, PlanOverviewRow plans, String planId) {
        OfferHeader header = offer.header();
        PlanSummary draft = plans.plans().get(planId);
        Optional<PlanSummary> live = Optional.ofNullable(offer.livePlans().plans().get(planId));
        Optional<PlanSale> sale = Optional.ofNullable(offer.sales().plans().get(planId));
        io.offerflow.domain.model.PlanState state = offer.planState(planId);
        long epoch = sale.map(PlanSale::epoch).orElse(0L);
        return new PlanStatus(offer.key().publisherId(), offer.key().offerId(), planId,
                offer.plan(planId, plans).text("alias").or(draft::name).orElse(null),
                PlanState.valueOf(state.name()),
                state == io.offerflow.domain.model.PlanState.LIVE || state == io.offerflow.domain.model.PlanState.STOP_SELL_PENDING,
                sale.map(PlanSale::isPrivate).orElse(null),
                live.filter(same -> same.digest() == draft.digest() && draft.relist() == RelistIntent.NONE
                        && !offer.audienceChanged(planId)).isEmpty(),
                header.sequence(), header.clock(), draft.revision(), header.planStops().get(planId), epoch, header.epoch(),
                ended(offer, Optional.of(planId), epoch), ended(offer, Optional.empty(), header.epoch()),
                header.revocations(), offer.savedAudience(planId).map(PlanStatusProjection::number).orElse(null),
                offer.liveAudience(planId).map(PlanStatusProjection::number).orElse(null),
                offer.audienceState(planId).map(Enum::name).map(AudienceState::valueOf).orElse(null),
                offer.pendingSync(planId).map(PendingSync::effectiveAt).orElse(null),
                EnumMappings.problems(draft.problems()));
    }

    private static AudienceNumber number(AudienceRevision revision) {
        return new AudienceNumber(revision.generation(), revision.number(), revision.tenants(), revision.subscriptions());
    }

    private static List<EndedEpoch> ended(OfferState offer, Optional<String> planId, long newest) {
        return LongStream.rangeClosed(1, newest).boxed().flatMap(epoch -> offer.ended(planId, epoch)
                .map(version -> new EndedEpoch(epoch, version)).stream()).toList();
    }
}
