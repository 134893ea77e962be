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
import java.util.Locale;
import java.util.Optional;

/** Topic notifications: what a portal would send as an e-mail (domain.md 2.8). */
final class Notifications {

    private Notifications() {
    }

    static List<Projected> of(Moment moment, Locale locale) {
        return moment.happened().flatMap(what -> notification(new Letter(moment.after(), what, locale)).stream())
                .map(Projected::of).toList();
    }

    private static Optional<Notification> notification(Letter letter) {
        return switch (letter.what().event()) {
            case Event.PreviewReady ready -> letter.about(NotificationTemplate.PREVIEW_READY, ready.submission()); // N1
            case Event.OfferWentLive live -> letter.about(NotificationTemplate.OFFER_LIVE, live.submission()); // N2
            case Event.PublishFailed failed when failed.step() == Step.CERTIFICATION -> // N3
                    letter.report(NotificationTemplate.CERTIFICATION_FAILED, failed);
            case Event.PublishFailed failed -> // N4
                    letter.report(NotificationTemplate.PUBLISH_ATTENTION_NEEDED, failed);
            case Event.PublishCancelled cancelled -> // N12
                    letter.about(NotificationTemplate.PUBLISH_CANCELLED, cancelled.submission());
            case Event.SellingStopped stopped -> letter.write(NotificationTemplate.STOP_SELL_EFFECTIVE, // N9, B47
                    Optional.empty(), Optional.empty(), List.of());
            default -> Optional.empty();
        };
    }

    private record Letter(OfferState offer, Entry.Due what, Locale locale) {

        Optional<Notification> about(NotificationTemplate template, long submission) {
            return write(template, Optional.of(submission), Optional.empty(), List.of());
        }

        Optional<Notification> report(NotificationTemplate template, Event.PublishFailed failed) {
            return write(template, Optional.of(failed.submission()), Optional.of(Shared.toAvro(failed.step())),
                    failed.messages());
        }

        Optional<Notification> write(NotificationTemplate template, Optional<Long> submission, Optional<StepName> step,
                List<StepMessage> messages) {
            return Optional.of(new Notification(template, locale.toLanguageTag(), offer.key().publisherId(),
                    offer.key().offerId(), offer.facts().alias(), what.at(), submission.orElse(null),
                    offer.facts().everLive() ? offer.facts().liveVersion() : null, step.orElse(null),
                    Shared.messages(messages)));
        }
    }
}
