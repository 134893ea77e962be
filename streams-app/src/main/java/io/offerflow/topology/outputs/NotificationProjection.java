package io.offerflow.topology.outputs;

import io.offerflow.avro.Notification;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.codec.EnumMappings;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.state.OfferState;
import io.offerflow.topology.outputs.Projection.OutputRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Topic notifications: what a portal would send as an e-mail (domain.md 2.8). */
final class NotificationProjection {

    private NotificationProjection() {
    }

    static List<OutputRow> of(Transition transition, Locale locale) {
        List<OutputRow> rows = new ArrayList<>();
        for (Entry.DueEvent due : transition.happened()) {
            notification(new NotificationDraft(transition.after(), due, locale)).map(OutputRow::of)
                    .ifPresent(rows::add);
        }
        return rows;
    }

    private static Optional<Notification> notification(NotificationDraft draft) {
        return switch (draft.event().event()) {
            case Event.PreviewReady ready -> draft.about(NotificationTemplate.PREVIEW_READY, ready.submission()); // N1
            case Event.OfferWentLive live -> draft.about(NotificationTemplate.OFFER_LIVE, live.submission()); // N2
            case Event.PublishFailed failed when failed.step() == PublishStep.CERTIFICATION -> // N3
                    draft.report(NotificationTemplate.CERTIFICATION_FAILED, failed);
            case Event.PublishFailed failed -> // N4
                    draft.report(NotificationTemplate.PUBLISH_ATTENTION_NEEDED, failed);
            case Event.PublishCancelled cancelled -> // N12
                    draft.about(NotificationTemplate.PUBLISH_CANCELLED, cancelled.submission());
            case Event.SellingStopped stopped -> draft.stopped(Optional.empty()); // N9, B47
            case Event.PlanSellingStopped stopped -> draft.stopped(Optional.of(stopped.planId()));
            case Event.PriceChangeScheduled change -> draft.prices(change); // N5
            // N10, B47: one a sync
            case Event.AudienceSynced synced -> draft.synced(NotificationTemplate.AUDIENCE_SYNCED, synced.planIds());
            case Event.AudienceSyncFailed failed ->
                    draft.synced(NotificationTemplate.AUDIENCE_SYNC_FAILED, failed.planIds()); // N10, A11
            case Event.RemovalMoved moved -> draft.removal(moved); // N11
            case Event.OfferCreated created -> Optional.empty();
            case Event.SectionSaved saved -> Optional.empty();
            case Event.SectionAssessed assessed -> Optional.empty();
            case Event.OfferSubmitted submitted -> Optional.empty();
            case Event.SubmissionSuperseded superseded -> Optional.empty();
            case Event.SubmissionWithdrawn withdrawn -> Optional.empty();
            case Event.StepSucceeded succeeded -> Optional.empty();
            case Event.OfferSignedOff off -> Optional.empty();
            case Event.DraftDeleted deleted -> Optional.empty();
            case Event.PlanSaved saved -> Optional.empty();
            case Event.PlanAssessed assessed -> Optional.empty();
            case Event.PlanDeleted deleted -> Optional.empty();
            case Event.SellingStopRequested requested -> Optional.empty();
            case Event.SellingResumed resumed -> Optional.empty();
            case Event.PlanSellingStopRequested requested -> Optional.empty();
            case Event.PlanSellingResumed resumed -> Optional.empty();
            case Event.PlanAcquired acquired -> Optional.empty();
            case Event.AudienceIdAdded added -> Optional.empty();
            case Event.AudienceIdRemoved removed -> Optional.empty();
            case Event.AudienceChunkStaged staged -> Optional.empty();
            case Event.AudienceImported imported -> Optional.empty();
            case Event.AudienceSyncRequested requested -> Optional.empty();
            case Event.PriceChangeDropped dropped -> Optional.empty();
        };
    }

    private record NotificationDraft(OfferState offer, Entry.DueEvent event, Locale locale) {

        Optional<Notification> about(NotificationTemplate template, long submission) {
            return Optional.of(begin(template).setSubmission(submission).build());
        }

        Optional<Notification> report(NotificationTemplate template, Event.PublishFailed failed) {
            return Optional.of(begin(template).setSubmission(failed.submission())
                    .setStep(EnumMappings.toAvro(failed.step()))
                    .setMessages(EnumMappings.messages(failed.messages())).build());
        }

        Optional<Notification> stopped(Optional<String> planId) {
            return Optional.of(planId.map(plan -> begin(NotificationTemplate.PLAN_STOP_SELL_EFFECTIVE).setPlanId(plan))
                    .orElseGet(() -> begin(NotificationTemplate.STOP_SELL_EFFECTIVE)).build());
        }

        Optional<Notification> prices(Event.PriceChangeScheduled change) {
            return Optional.of(begin(NotificationTemplate.PRICE_CHANGE_SCHEDULED).setPlanId(change.planId())
                    .setEffectiveAt(change.effectiveAt()).build());
        }

        Optional<Notification> synced(NotificationTemplate template, List<String> planIds) {
            return Optional.of(begin(template).setPlanIds(planIds).build());
        }

        Optional<Notification> removal(Event.RemovalMoved moved) {
            return Optional.of(begin(NotificationTemplate.REMOVAL_PROGRESS).setRemovalRequest(moved.request())
                    .setRemovalState(moved.state().name()).build());
        }

        private Notification.Builder begin(NotificationTemplate template) {
            return Notification.newBuilder().setTemplate(template).setLocale(locale.toLanguageTag())
                    .setPublisherId(offer.key().publisherId()).setOfferId(offer.key().offerId())
                    .setAlias(offer.header().alias()).setOccurredAt(event.at()).setLiveVersion(liveVersion());
        }

        private Long liveVersion() {
            return offer.header().everLive() ? offer.header().liveVersion() : null;
        }
    }
}
