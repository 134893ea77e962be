package io.offerflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.OfferType;
import io.offerflow.avro.PublishRun;
import io.offerflow.avro.RunState;
import io.offerflow.avro.ScheduledChange;
import io.offerflow.avro.ScheduledKind;
import io.offerflow.avro.SectionName;
import io.offerflow.avro.SectionState;
import io.offerflow.avro.SectionStatus;
import io.offerflow.avro.Status;
import io.offerflow.avro.StepName;
import io.offerflow.avro.StepProgress;
import io.offerflow.avro.StepState;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.HttpError;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OfferIndexTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    private final OfferIndex list = new OfferIndex(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aListThatIsNotYetWholeIsRefusedInsteadOfShownInPart() {
        list.put(OfferIndexEntry.of(row("early", Status.DRAFT, NOW, null)));

        assertThatThrownBy(() -> ask("/offers")).isInstanceOf(HttpError.class)
                .extracting(error -> ((HttpError) error).status()).isEqualTo(503);
    }

    @Test
    void aListThatHasNotBeenLevelForLongIsRefused() {
        list.caughtUp(NOW.minusSeconds(31));

        assertThatThrownBy(() -> ask("/offers")).hasMessageContaining("last level").hasMessageContaining("11:59:29");
    }

    @Test
    void offersThatNeedAttentionComeFirst() throws IOException {
        list.caughtUp(NOW);
        list.put(OfferIndexEntry.of(row("quiet", Status.LIVE, NOW, null)));
        list.put(OfferIndexEntry.of(row("waits", Status.PUBLISH_IN_PROGRESS, NOW.minusSeconds(60),
                run(StepName.PUBLISHER_SIGN_OFF, StepState.WAITING_FOR_PUBLISHER, 0))));
        list.put(OfferIndexEntry.of(row("stuck", Status.PUBLISH_IN_PROGRESS, NOW.minusSeconds(7200),
                run(StepName.PREVIEW_CREATION, StepState.IN_PROGRESS, 30))));
        list.put(OfferIndexEntry.of(row("refused", Status.ATTENTION_NEEDED, NOW.minusSeconds(9000), null)));

        assertThat(ask("/offers").findValuesAsText("offerId")).containsExactly("refused", "stuck", "waits", "quiet");
        assertThat(ask("/offers").at("/offers/1/overdue").asBoolean()).isTrue();
        assertThat(ask("/offers?sort=key").findValuesAsText("offerId"))
                .containsExactly("quiet", "refused", "stuck", "waits");
    }

    @Test
    void whatIsScheduledIsListedByItsTime() throws IOException {
        list.caughtUp(NOW);
        list.put(OfferIndexEntry.of(row("quiet", Status.LIVE, NOW, null)));
        list.put(OfferIndexEntry.of(scheduled("later", NOW.plusSeconds(90))));
        list.put(OfferIndexEntry.of(scheduled("sooner", NOW.plusSeconds(60))));

        assertThat(ask("/offers?sort=scheduled").findValuesAsText("offerId"))
                .containsExactly("sooner", "later", "quiet");
        JsonNode only = ask("/offers?scheduled=true&sort=scheduled");
        assertThat(only.findValuesAsText("offerId")).containsExactly("sooner", "later");
        assertThat(only.at("/offers/0/scheduled")).hasToString(
                "[{\"what\":\"AUDIENCE_SYNCS\",\"planId\":\"basic\",\"at\":\"2026-03-02T12:01:00Z\"}]");
        assertThatThrownBy(() -> ask("/offers?scheduled=soon")).hasMessageContaining("to be one of");
    }

    @Test
    void anOfferThatIsGoneIsListedNoMore() throws IOException {
        list.caughtUp(NOW);
        list.put(OfferIndexEntry.of(row("gone", Status.DRAFT, NOW, null)));
        list.remove(new OfferKey("contoso", "gone"));

        assertThat(ask("/offers").path("total").asInt()).isZero();
        assertThat(ask("/offers").path("pages").asInt()).isEqualTo(1);
    }

    @Test
    void manyOffersAreListedInPages() throws IOException {
        IntStream.range(0, 10_000).forEach(number -> list.put(OfferIndexEntry.of(row("offer-%05d".formatted(number),
                Status.values()[1 + number % 5], NOW.minusSeconds(number * 7919L % 10_000), null))));
        list.caughtUp(NOW);

        JsonNode answer = ask("/offers?q=offer&status=DRAFT,LIVE&page=7");
        assertThat(answer.path("offers")).hasSize(50);
        assertThat(answer.path("total").asInt()).isEqualTo(4_000);
        assertThat(answer.path("pages").asInt()).isEqualTo(80);
    }

    private JsonNode ask(String address) throws IOException {
        return new ObjectMapper().readTree(list.page(ApiRequest.of("GET", URI.create(address))).text());
    }

    private static OfferStatus scheduled(String offerId, Instant at) {
        OfferStatus row = row(offerId, Status.LIVE, NOW, null);
        row.setScheduled(List.of(new ScheduledChange(ScheduledKind.AUDIENCE_SYNCS, "basic", at)));
        return row;
    }

    private static PublishRun run(StepName step, StepState state, int minutes) {
        return new PublishRun(1L, 3L, RunState.ACTIVE, NOW.minusSeconds(9_000),
                List.of(new StepProgress(step, state, NOW.minusSeconds(7_200), null, minutes,
                        List.of())), List.of());
    }

    private static OfferStatus row(String offerId, Status status, Instant changedAt, PublishRun run) {
        return new OfferStatus("contoso", offerId, OfferType.SAAS, "Alias of " + offerId, status, false, 4L, changedAt,
                3L, null, null, run, List.of(new SectionStatus(SectionName.OFFER_SETUP, SectionState.INCOMPLETE, true,
                        2L, List.of())), List.of());
    }
}
