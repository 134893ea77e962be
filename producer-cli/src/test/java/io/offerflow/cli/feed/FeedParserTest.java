package io.offerflow.cli.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.Result;
import io.offerflow.avro.Status;
import io.offerflow.avro.SubmitOffer;
import io.offerflow.contract.NameBasedId;
import io.offerflow.contract.Topic;
import io.offerflow.contract.file.FeedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class FeedParserTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00.123456789Z");
    private static final String SUBMIT = command("{\"SubmitOffer\": {}}");

    @Test
    void aLineBecomesARecordWithTheKeyOfItsOffer() {
        Message message = parse(SUBMIT).messages().getFirst();
        OfferCommand command = (OfferCommand) message.value();
        assertThat(message.topic()).isEqualTo(Topic.OFFER_COMMANDS);
        assertThat(message.key()).isEqualTo("contoso/shifts");
        assertThat(message.command()).isEqualTo("SubmitOffer");
        assertThat(command.getPayload()).isInstanceOf(SubmitOffer.class);
        assertThat(command.getIssuedAt()).isEqualTo(Instant.parse("2026-03-01T09:30:00.123Z"));
        assertThat(command.getCommandId()).isEqualTo(message.commandId().toString());
    }

    @Test
    void theSameFileGivesTheSameCommandIdsWhateverItsBlanks() {
        assertThat(parse(SUBMIT).messages().getFirst().commandId())
                .isEqualTo(parse(SUBMIT.replace(": ", ":   ")).messages().getFirst().commandId());
    }

    @Test
    void equalLinesOfOneFileAreDifferentCommands() {
        assertThat(parse(SUBMIT + "\n" + SUBMIT).messages()).extracting(Message::commandId).doesNotHaveDuplicates();
    }

    @Test
    void anotherFileNameGivesOtherCommandIds() throws IOException {
        assertThat(FeedParser.parse("other.jsonl", bytes(SUBMIT), NOW).messages().getFirst().commandId())
                .isNotEqualTo(parse(SUBMIT).messages().getFirst().commandId());
    }

    @Test
    void derivedIdsNeverChangeBetweenReleases() {
        assertThat(NameBasedId.of("a", "bc")).hasToString("30574bc0-d330-559d-9d33-799febbabe02");
        assertThat(NameBasedId.of("ab", "c")).isNotEqualTo(NameBasedId.of("a", "bc"));
        assertThat(NameBasedId.of("a", "bc").version()).isEqualTo(5);
    }

    @Test
    void aGivenCommandIdIsKept() {
        String id = "6e8bc430-9c3a-11d9-9669-0800200c9a66";
        Message message = parse(SUBMIT.replace("\"value\": {", "\"value\": {\"commandId\": \"" + id + "\",")).messages()
                .getFirst();
        assertThat(message.commandId()).hasToString(id);
    }

    @Test
    void linesSayWhatTheyWaitFor() {
        assertThat(parse(String.join("\n", SUBMIT, SUBMIT,
                after("{\"outcome\": \"ACCEPTED\"}"), after("{\"notification\": \"PREVIEW_READY\"}"),
                after("{\"status\": \"LIVE\"}"), "{\"after\": {\"status\": \"DELETED\"}}")).lines())
                .extracting(FeedLine::after)
                .containsExactly(new WaitCondition.Nothing(), new WaitCondition.AnyOutcome(),
                        new WaitCondition.Outcome(Result.ACCEPTED),
                        new WaitCondition.Notified(NotificationTemplate.PREVIEW_READY),
                        new WaitCondition.InStatus(Status.LIVE), new WaitCondition.Deleted());
    }

    @Test
    void whatTailAddsIsTaken() {
        String line = SUBMIT.replace("\"value\"", """
                "key": "contoso/shifts", "partition": 1, "offset": 7, "time": "2026-03-01T09:30:00Z",
                "headers": [{"name": "traceparent", "text": "00-1"}, {"name": "raw", "base64": "AAE="}, {"name": "x"}],
                "value\"""").replace("\n", " ");
        List<Header> headers = parse(line).messages().getFirst().headers();
        assertThat(headers).extracting(Header::key).containsExactly("traceparent", "raw", "x");
        assertThat(headers).extracting(Header::value).containsExactly("00-1".getBytes(StandardCharsets.UTF_8),
                new byte[] {0, 1}, null);
    }

    @Test
    void everyBadLineIsNamedWithItsNumberAndPath() {
        FeedException e = refused(String.join("\n", SUBMIT, "", command("{\"GoLive\": {\"submission\": \"2\"}}"),
                "{", SUBMIT));
        assertThat(e.problems()).extracting(FeedException.LineProblem::line).containsExactly(3, 4);
        assertThat(e.getMessage())
                .contains("feed.jsonl:3: value.payload.GoLive.submission: expected a whole number")
                .contains("feed.jsonl:4: expected a JSON document")
                .endsWith("Nothing of feed.jsonl was sent.");
    }

    @Test
    void mistakesAreNamedInWords() {
        assertRefused(SUBMIT.replace("offer-commands", "offer-command"), "did you mean \"offer-commands\"?");
        assertRefused(SUBMIT.replace("offer-commands", "offer-status"), "topic: expected one of offer-commands, ");
        assertRefused(SUBMIT.replace("\"topic\"", "\"Topics\""), "did you mean \"topic\"?");
        assertRefused(SUBMIT.replace("contoso", "con/toso"), "value.publisherId: expected an id without \"/\"");
        assertRefused(SUBMIT.replace("\"value\"", "\"key\": \"contoso/other\", \"value\""),
                "key: expected \"contoso/shifts\"");
        assertRefused(SUBMIT.replace("\"value\": {", "\"value\": {\"commandId\": \"1-2-3-4-5\", "),
                "value.commandId: expected a UUID");
        assertRefused(after("{\"notification\": \"PREVIEW\"}"), "did you mean \"PREVIEW_READY\"?");
        assertRefused(after("{\"event\": 1}"), "after.event: expected one of outcome, notification, status");
        assertRefused(SUBMIT.replace("\"value\"", "\"headers\": [{\"text\": \"x\"}], \"value\""),
                "headers[0]: expected");
        assertRefused("{\"topic\": \"offer-status\", \"unreadable\": {}}", "could not be read");
        assertRefused("1", "expected an object such as");
        assertRefused("[]", "but met a JSON array");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] latin1 = SUBMIT.replace("contoso", "conté").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> FeedParser.parse("feed.jsonl", new ByteArrayInputStream(latin1), NOW))
                .isInstanceOf(FeedException.class).hasMessageContaining("UTF-8");
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(parse("\ufeff" + SUBMIT).messages()).hasSize(1);
    }

    private static void assertRefused(String line, String sentence) {
        assertThat(refused(line)).hasMessageContaining(sentence);
    }

    private static FeedException refused(String lines) {
        return catchThrowableOfType(FeedException.class, () -> FeedParser.parse("feed.jsonl", bytes(lines), NOW));
    }

    private static Feed parse(String lines) {
        try {
            return FeedParser.parse("feed.jsonl", bytes(lines), NOW);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String after(String wish) {
        return "{\"after\": " + wish + ", " + SUBMIT.substring(1);
    }

    private static String command(String payload) {
        return "{\"topic\": \"offer-commands\", \"value\": {\"publisherId\": \"contoso\", \"offerId\": \"shifts\", "
                + "\"actor\": \"test\", \"payload\": " + payload + "}}";
    }
}
