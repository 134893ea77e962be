package io.offerflow.topology.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.Notification;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NotificationProjectionTest {

    private static final Instant NOW = Instant.parse("2026-08-03T22:05:00Z");

    @ParameterizedTest
    @MethodSource("whatPublishersAreTold")
    void whatConcernsThePublisherIsToldUnderItsTemplate(Event event, NotificationTemplate template) {
        assertThat(told(Locale.ENGLISH, event)).extracting(Notification::getTemplate).containsExactly(template);
    }

    static Stream<Arguments> whatPublishersAreTold() {
        return Stream.of(
                Arguments.of(new Event.PreviewReady(1), NotificationTemplate.PREVIEW_READY),
                Arguments.of(new Event.OfferWentLive(1, 1), NotificationTemplate.OFFER_LIVE),
                Arguments.of(new Event.PublishFailed(1, PublishStep.CERTIFICATION, List.of()),
                        NotificationTemplate.CERTIFICATION_FAILED),
                Arguments.of(new Event.PublishFailed(1, PublishStep.FINAL_PUBLISH, List.of()),
                        NotificationTemplate.PUBLISH_ATTENTION_NEEDED),
                Arguments.of(new Event.SellingStopped(), NotificationTemplate.STOP_SELL_EFFECTIVE),
                Arguments.of(new Event.PublishCancelled(1), NotificationTemplate.PUBLISH_CANCELLED));
    }

    @Test
    void whatThePublisherDidIsNotToldBack() {
        assertThat(told(Locale.ENGLISH, new Event.OfferSignedOff(1), new Event.SellingResumed())).isEmpty();
    }

    @Test
    void aNotificationAsksForTheLanguageThatIsConfigured() {
        assertThat(told(Locale.CANADA_FRENCH, new Event.PreviewReady(1))).extracting(Notification::getLocale)
                .containsExactly("fr-CA");
    }

    private static List<Notification> told(Locale locale, Event... events) {
        OfferState offer = new OfferState(new OfferKey("contoso", "shift-planner"), OfferHeader.NONE,
                StateRows.of(Map.of()));
        Entry entry = new Entry(1, NOW, Optional.empty(), List.of(), Decision.accept(Rule.O19, events));
        return Projection.all(locale).stream().filter(output -> output.topic() == Topic.NOTIFICATIONS)
                .flatMap(output -> output.values().apply(new Transition(Optional.empty(), offer, entry, offer))
                .stream())
                .map(told -> (Notification) told.value().orElseThrow()).toList();
    }
}
