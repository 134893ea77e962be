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
 * Topic plan-status: a row for each plan whose state or draft changed, a tombstone for a deleted draft (S19). A deleted
 * plan that was sold keeps a short row, since the entitlements of its customers are derived from it (E11, B3).
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

    /** The row of a deleted plan that was sold: enough to derive what each customer keeps. */
    private static PlanStatus deleted(OfferState offer, String planId) {
        PlanStatus row = saleOf(offer, planId);
        row.setState(PlanState.DELETED);
        row.setProblems(List.of());
        return row;
    }

    /** A row with what entitlements are derived from: epochs and revocations. */
    private static PlanStatus saleOf(OfferState offer, String planId) {
        OfferHeader header = offer.header();
        long epoch = Optional.ofNullable(offer.sales().plans().get(planId)).map(PlanSale::epoch).orElse(0L);
        PlanStatus row = new PlanStatus();
        row.setPublisherId(offer.key().publisherId());
        row.setOfferId(offer.key().offerId());
        row.setPlanId(planId);
        row.setSequence(header.sequence());
        row.setChangedAt(header.clock());
        row.setPlanEpoch(epoch);
        row.setOfferEpoch(header.epoch());
        row.setEndedPlanEpochs(ended(offer, Optional.of(planId), epoch));
        row.setEndedOfferEpochs(ended(offer, Optional.empty(), header.epoch()));
        row.setRevocations(header.revocations());
        return row;
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
            case Event.OfferWentLive live -> published(transition);
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

    /** Also the plans of a listing-only offer, whose draft is published, too (B70). */
    private static Set<String> published(Transition transition) {
        Set<String> planIds = new TreeSet<>(sold(transition));
        planIds.addAll(transition.after().publishedPlans().plans().keySet());
        return planIds;
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
        PlanSummary draft = plans.plans().get(planId);
        io.offerflow.domain.model.PlanState state = offer.planState(planId);
        PlanStatus row = saleOf(offer, planId);
        row.setName(offer.plan(planId, plans).text("alias").or(draft::name).orElse(null));
        row.setState(PlanState.valueOf(state.name()));
        row.setOnSale(state == io.offerflow.domain.model.PlanState.LIVE
                || state == io.offerflow.domain.model.PlanState.STOP_SELL_PENDING);
        row.setPrivateOnSale(Optional.ofNullable(offer.sales().plans().get(planId)).map(PlanSale::isPrivate)
                .orElse(null));
        row.setUnpublishedChanges(!isPublished(offer, planId, draft));
        row.setSavedAtVersion(draft.revision());
        row.setStopsAt(offer.header().planStops().get(planId));
        row.setSavedAudience(offer.savedAudience(planId).map(PlanStatusProjection::number).orElse(null));
        row.setLiveAudience(offer.liveAudience(planId).map(PlanStatusProjection::number).orElse(null));
        row.setAudienceState(offer.audienceState(planId).map(Enum::name).map(AudienceState::valueOf).orElse(null));
        row.setSyncsAt(offer.pendingSync(planId).map(PendingSync::effectiveAt).orElse(null));
        row.setProblems(EnumMappings.problems(draft.problems()));
        return row;
    }

    private static boolean isPublished(OfferState offer, String planId, PlanSummary draft) {
        PlanSummary live = offer.publishedPlans().plans().get(planId); // B70
        return live != null && live.digest() == draft.digest() && draft.relist() == RelistIntent.NONE
                && !offer.audienceChanged(planId);
    }

    private static AudienceNumber number(AudienceRevision revision) {
        return new AudienceNumber(revision.generation(), revision.number(), revision.tenants(),
                revision.subscriptions());
    }

    private static List<EndedEpoch> ended(OfferState offer, Optional<String> planId, long newest) {
        return LongStream.rangeClosed(1, newest).boxed().flatMap(epoch -> offer.ended(planId, epoch)
                .map(version -> new EndedEpoch(epoch, version)).stream()).toList();
    }
}
