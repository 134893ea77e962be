package io.offerflow.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.OfferListing;
import io.offerflow.avro.SaveSection;
import io.offerflow.avro.StopSellingOffer;
import io.offerflow.avro.SubmitOffer;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AvroJsonTest {

    private static final String ENVELOPE = """
            {"commandId": "6e8bc430-9c3a-11d9-9669-0800200c9a66", "publisherId": "contoso", "offerId": "shifts",
             "actor": "catalogue", "issuedAt": "2026-03-01T09:30:00.250Z", "payload": %s}""";

    @ParameterizedTest
    @EnumSource(Topic.class)
    void anyRecordOfAnyTopicComesBackEqual(Topic topic) {
        for (long seed = 0; seed < 300; seed++) {
            IndexedRecord value = new RandomRecords(seed).of(topic.schema());
            String text = JsonTrees.text(AvroJson.write(value));
            assertThat(AvroJson.read(topic, text)).as("seed %d: %s", seed, text).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void aValueReadAsItWasWrittenGivesTheSameJson(Topic topic) {
        InMemoryRegistry registry = new InMemoryRegistry();
        AvroEncoder encoder = new AvroEncoder(registry, List.of(topic));
        AvroDecoder decoder = new AvroDecoder(registry);
        for (long seed = 0; seed < 50; seed++) {
            IndexedRecord value = new RandomRecords(seed).of(topic.schema());
            byte[] bytes = encoder.encode(topic, value);
            assertThat(AvroJson.write(decoder.decodeAsWritten(bytes))).isEqualTo(AvroJson.write(value));
        }
    }

    @Test
    void oneOfSeveralRecordsIsAnObjectWithItsName() {
        OfferCommand command = read("{\"SubmitOffer\": {\"notesForCertification\": \"use tenant 7\"}}");
        assertThat(command.getPayload()).isEqualTo(new SubmitOffer("use tenant 7"));
        assertThat(AvroJson.write(command).at("/payload/SubmitOffer/notesForCertification").textValue())
                .isEqualTo("use tenant 7");
    }

    @Test
    void fieldsLeftOutTakeTheirDefaults() {
        OfferCommand command = read(
                "{\"SaveSection\": {\"section\": \"OFFER_LISTING\", \"content\": {\"OfferListing\": {}}}}");
        OfferListing listing = (OfferListing) ((SaveSection) command.getPayload()).getContent();
        assertThat(command.getValidateOnly()).isFalse();
        assertThat(command.getExpectedVersion()).isNull();
        assertThat(listing.getName()).isNull();
        assertThat(listing.getScreenshots()).isEmpty();
    }

    @Test
    void defaultsAreNotSharedBetweenRecords() {
        OfferCommand one = read("{\"SaveSection\": {\"section\": \"X\", \"content\": {\"OfferListing\": {}}}}");
        OfferCommand other = read("{\"SaveSection\": {\"section\": \"X\", \"content\": {\"OfferListing\": {}}}}");
        assertThat(((OfferListing) ((SaveSection) one.getPayload()).getContent()).getKeywords())
                .isNotSameAs(((OfferListing) ((SaveSection) other.getPayload()).getContent()).getKeywords());
    }

    @Test
    void instantsMayCarryAnOffset() {
        OfferCommand command = read("{\"StopSellingOffer\": {\"notBefore\": \"2026-03-01T10:00:00+01:00\"}}");
        assertThat(command.getPayload())
                .isEqualTo(new StopSellingOffer(Instant.parse("2026-03-01T09:00:00Z"), false));
    }

    @Test
    void aWrongValueIsNamedByItsFullPath() {
        JsonMismatchException e = mismatch("""
                {"SaveSection": {"section": "OFFER_LISTING", "content": {"OfferListing":
                  {"screenshots": [{}, {}, {"widthPx": "1280"}]}}}}""");
        assertThat(e.path()).isEqualTo("payload.SaveSection.content.OfferListing.screenshots[2].widthPx");
        assertThat(e.expected()).isEqualTo("a whole number from -2147483648 to 2147483647");
        assertThat(e.met()).isEqualTo("\"1280\"");
    }

    @Test
    void anUnknownFieldIsRefusedWithTheClosestName() {
        JsonMismatchException e = mismatch("{\"CancelPublish\": {\"confirm\": true}}");
        assertThat(e.path()).isEqualTo("payload.CancelPublish.confirm");
        assertThat(e.suggestion()).contains("confirmed");
        assertThat(e).hasMessageEndingWith("did you mean \"confirmed\"?");
    }

    @Test
    void anUnknownCommandIsRefusedWithTheClosestName() {
        JsonMismatchException e = mismatch("{\"StopSelling\": {}}");
        assertThat(e.path()).isEqualTo("payload");
        assertThat(e.suggestion()).contains("StopSellingOffer");
    }

    @Test
    void anUnknownSymbolIsRefusedWithTheClosestName() {
        JsonNode row = AvroJson.write(new RandomRecords(1).of(Topic.NOTIFICATIONS.schema()));
        ((com.fasterxml.jackson.databind.node.ObjectNode) row).put("template", "preview-ready");
        JsonMismatchException e = catchThrowableOfType(JsonMismatchException.class,
                () -> AvroJson.read(Topic.NOTIFICATIONS.schema(), row));
        assertThat(e.path()).isEqualTo("template");
        assertThat(e.suggestion()).contains("PREVIEW_READY");
    }

    @Test
    void aFieldWithoutDefaultThatIsLeftOutIsRefused() {
        assertThat(mismatch("{\"CreateOffer\": {\"offerType\": \"SAAS\"}}"))
                .hasMessage("payload.CreateOffer.alias: expected a text, but met nothing");
    }

    @Test
    void twoCommandsInOneEnvelopeAreRefused() {
        assertThat(mismatch("{\"SubmitOffer\": {}, \"GoLive\": {}}").met()).isEqualTo("2 keys");
    }

    @Test
    void anInstantFinerThanTheContractKeepsIsRefused() {
        assertThat(mismatch("{\"StopSellingOffer\": {\"notBefore\": \"2026-03-01T10:00:00.0001Z\"}}").met())
                .contains("finer");
    }

    @Test
    void numbersOutsideTheirRangeAndFractionsAreRefused() {
        assertThat(mismatch("{\"GoLive\": {\"submission\": 9223372036854775808}}").path())
                .isEqualTo("payload.GoLive.submission");
        assertThat(mismatch("{\"GoLive\": {\"submission\": 1.5}}").met()).isEqualTo("1.5");
    }

    @Test
    void aTextThatUtf8CannotCarryIsRefused() {
        assertThat(mismatch("{\"CreateOffer\": {\"offerType\": \"SAAS\", \"alias\": \"\\ud800\"}}").path())
                .isEqualTo("payload.CreateOffer.alias");
    }

    @Test
    void textThatIsNotOneJsonDocumentIsRefused() {
        for (String text : List.of("", "{", "[{}", "{} {}", "{\"a\":1,\"a\":2}", "[".repeat(65) + "]".repeat(65),
                "{\"a\":NaN}", "{\"a\":+1}", "{\"a\":1,}", "// {}", "{'a':1}", "1".repeat(65), "{\"a\":\"\n\"}")) {
            assertThatThrownBy(() -> JsonTrees.parse(text)).as(text).isInstanceOf(JsonMismatchException.class)
                    .hasMessageStartingWith("expected a JSON document, but met ").message()
                    .as("no settings of the parser").doesNotContain("REDACTED", "`", "Feature", "Source:")
                    .hasLineCount(1);
        }
        assertThatThrownBy(() -> JsonTrees.parse("{} {}")).hasMessageEndingWith("a second one after it at character 4");
        assertThatThrownBy(() -> JsonTrees.parse("{\n \"a\": NaN}"))
                .hasMessageEndingWith("text that is none at line 2, column 10 (Non-standard token 'NaN')");
    }

    @Test
    void aDocumentThatIsTooLongIsRefusedBeforeItIsParsed() {
        assertThatThrownBy(() -> JsonTrees.parse(" ".repeat(JsonTrees.MAX_LENGTH + 1)))
                .isInstanceOf(JsonMismatchException.class).hasMessageContaining("at most");
    }

    private static OfferCommand read(String payload) {
        return (OfferCommand) AvroJson.read(Topic.OFFER_COMMANDS, ENVELOPE.formatted(payload));
    }

    private static JsonMismatchException mismatch(String payload) {
        return catchThrowableOfType(JsonMismatchException.class, () -> read(payload));
    }
}
