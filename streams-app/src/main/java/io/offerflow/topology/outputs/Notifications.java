package io.offerflow.topology.outputs;

import io.offerflow.avro.Notification;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.StepName;
import io.offerflow.codec.Shared;
import io.offerflow.domain.Entry;
import io.offerflow.domain.Event;
import io.offerflow.domain.Step;
import io.offerflow.domain.StepMessage;
import io.offerflow.domain.state.OfferState;
import io.offerflow.topology.Moment;
import io.offerflow.topology.outputs.Projection.Projected;
import java.util.List;
import java.util.Optional;

/** Topic notifications: what a portal would send as an e-mail (domain.md 2.8). */
final class Notifications {

    private Notifications() {
    }

    static List<Projected> of(Moment moment) {
        return moment.happened().flatMap(what -> notification(moment.after(), what).stream())
                .map(Projected::of).toList();
    }

    private static Optional<Notification> notification(OfferState offer, Entry.Due what) {
        Letter letter = new Letter(offer, what);
        return switch (what.event()) {
            case Event.PreviewReady ready -> letter.about(NotificationTemplate.PREVIEW_READY, ready.submission()); // N1
            case Event.OfferWentLive live -> letter.about(NotificationTemplate.OFFER_LIVE, live.submission()); // N2
            case Event.PublishFailed failed when failed.step() == Step.CERTIFICATION -> // N3
                    letter.report(NotificationTemplate.CERTIFICATION_FAILED, failed);
            case Event.PublishFailed failed -> // N4
                    letter.report(NotificationTemplate.PUBLISH_ATTENTION_NEEDED, failed);
            case Event.PublishCancelled cancelled -> // N12
                    letter.about(NotificationTemplate.PUBLISH_CANCELLED, cancelled.submission());
            case Event.SellingStopped stopped -> letter.stopped(Optional.empty()); // N9, B47
            case Event.PlanSellingStopped stopped -> letter.stopped(Optional.of(stopped.planId()));
            case Event.RemovalMoved moved -> letter.removal(moved); // N11
            default -> Optional.empty();
        };
    }

    private record Letter(OfferState offer, Entry.Due what) {

        Optional<Notification> about(NotificationTemplate template, long submission) {
            return write(template, submission, Optional.empty(), List.of());
        }

        Optional<Notification> report(NotificationTemplate template, Event.PublishFailed failed) {
            return write(template, failed.submission(), Optional.of(Shared.toAvro(failed.step())),
                    failed.messages());
        }

        Optional<Notification> stopped(Optional<String> planId) {
            return Optional.of(new Notification(NotificationTemplate.STOP_SELL_EFFECTIVE, offer.key().publisherId(),
                    offer.key().offerId(), offer.facts().alias(), what.at(), null, liveVersion(), planId.orElse(null),
                    null, null, null, List.of()));
        }

        Optional<Notification> removal(Event.RemovalMoved moved) {
            return Optional.of(new Notification(NotificationTemplate.REMOVAL_PROGRESS, offer.key().publisherId(),
                    offer.key().offerId(), offer.facts().alias(), what.at(), null, liveVersion(), null,
                    moved.request(), moved.state().name(), null, List.of()));
        }

        private Optional<Notification> write(NotificationTemplate template, long submission, Optional<StepName> step,
                List<StepMessage> messages) {
            return Optional.of(new Notification(template, offer.key().publisherId(), offer.key().offerId(),
                    offer.facts().alias(), what.at(), submission, liveVersion(), null, null, null, step.orElse(null),
                    Shared.messages(messages)));
        }

        private Long liveVersion() {
            return offer.facts().everLive() ? offer.facts().liveVersion() : null;
        }
    }
}
