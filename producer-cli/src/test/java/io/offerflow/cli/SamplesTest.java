package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.OfferListing;
import io.offerflow.avro.OfferSetup;
import io.offerflow.avro.Plan;
import io.offerflow.avro.SaveSection;
import io.offerflow.avro.TestDrive;
import io.offerflow.cli.feed.Feed;
import io.offerflow.cli.feed.FeedLine;
import io.offerflow.cli.feed.FeedParser;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.feed.WaitCondition;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {

    private static final Path SAMPLES = Path.of("..", "samples");

    @Test
    void thereAreFiveFeedsOfFivePublishers() throws IOException {
        assertThat(files()).hasSize(5);
        assertThat(files().stream().flatMap(file -> feed(file).messages().stream()).map(Message::key).distinct())
                .hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyLineIsValidAndAllAreForOneOffer(Path file) {
        Feed feed = feed(file);
        assertThat(feed.messages()).extracting(Message::key).containsOnly(feed.messages().getFirst().key());
        assertThat(feed.messages()).extracting(Message::commandId).doesNotHaveDuplicates();
        assertThat(feed.messages().getFirst().command()).isEqualTo("CreateOffer");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFeedSaysHowItsStoryEnds(Path file) {
        FeedLine last = feed(file).lines().getLast();
        assertThat(last.message()).isEmpty();
        assertThat(last.after()).isInstanceOfAny(WaitCondition.InStatus.class, WaitCondition.Deleted.class);
    }

    @ParameterizedTest
    @MethodSource("files")
    void descriptionsAreAsLongAsRealOnesAndKeepTheLimits(Path file) {
        assertThat(contents(file, OfferListing.class)).isNotEmpty().allSatisfy(listing -> {
            assertThat(listing.getDescription()).hasSizeBetween(1500, 2800);
            assertThat(listing.getName()).hasSizeLessThanOrEqualTo(50);
            assertThat(listing.getSummary()).hasSizeLessThanOrEqualTo(100);
            assertThat(listing.getKeywords()).hasSizeLessThanOrEqualTo(3);
            assertThat(listing.getDocuments()).hasSizeBetween(1, 3);
            assertThat(listing.getScreenshots()).hasSizeBetween(1, 5)
                    .allMatch(picture -> picture.getWidthPx() == 1280 && picture.getHeightPx() == 720);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"adatum-claims-desk.jsonl", "litware-meter-hub.jsonl"})
    void anOfferSoldHereHasThreeCompletePlansOfOnePricingModel(String name) {
        List<Plan> plans = payloads(SAMPLES.resolve(name), CreatePlan.class).map(CreatePlan::getPlan).toList();
        assertThat(plans).hasSize(3).allSatisfy(plan -> {
            assertThat(plan.getAlias()).hasSizeBetween(1, 125);
            assertThat(plan.getName()).hasSizeBetween(1, 50);
            assertThat(plan.getDescription()).hasSizeBetween(150, 500);
            assertThat(plan.getMarkets()).isNotEmpty().doesNotHaveDuplicates()
                    .allMatch(code -> code.matches("[A-Z]{2}"));
            assertThat(plan.getTerms()).isNotEmpty().allMatch(term -> new BigDecimal(term.getPrice()).signum() > 0);
            assertThat(plan.getSeatsMin() != null).isEqualTo(plan.getPricingModel().equals("PER_USER"));
            assertThat(Boolean.TRUE.equals(plan.getFreeTrial()) && !plan.getMeteredDimensions().isEmpty()).isFalse();
        });
        assertThat(plans).extracting(Plan::getPricingModel).containsOnly(plans.getFirst().getPricingModel());
        assertThat(plans).extracting(Plan::getVisibility).contains("PUBLIC", "PRIVATE");
        assertThat(plans).anyMatch(plan -> Boolean.TRUE.equals(plan.getFreeTrial()));
        assertThat(plans).anyMatch(plan -> !plan.getMeteredDimensions().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("files")
    void anEnabledTestDriveIsDescribedWithoutItsKey(Path file) {
        boolean enabled = contents(file, OfferSetup.class).anyMatch(setup -> setup.getTestDriveEnabled());
        assertThat(contents(file, TestDrive.class)).hasSize(enabled ? 1 : 0).allSatisfy(drive ->
                assertThat(drive.getAppKeyReference()).startsWith("vault://"));
    }

    private static <T> Stream<T> contents(Path file, Class<T> type) {
        return payloads(file, SaveSection.class).map(SaveSection::getContent).filter(type::isInstance).map(type::cast);
    }

    private static <T> Stream<T> payloads(Path file, Class<T> type) {
        return feed(file).messages().stream().map(message -> ((OfferCommand) message.value()).getPayload())
                .filter(type::isInstance).map(type::cast);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(SAMPLES)) {
            return all.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
        }
    }

    private static Feed feed(Path file) {
        try {
            return FeedParser.parse(file, Instant.now());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
