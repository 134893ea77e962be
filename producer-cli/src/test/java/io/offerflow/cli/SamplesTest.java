package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.OfferListing;
import io.offerflow.avro.SaveSection;
import io.offerflow.cli.feed.After;
import io.offerflow.cli.feed.Feed;
import io.offerflow.cli.feed.FeedLine;
import io.offerflow.cli.feed.FeedParser;
import io.offerflow.cli.feed.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {

    private static final Path SAMPLES = Path.of("..", "samples");

    @Test
    void thereAreThreeFeedsOfThreePublishers() throws IOException {
        assertThat(files()).hasSize(3);
        assertThat(files().stream().flatMap(file -> feed(file).messages().stream()).map(Message::key).distinct())
                .hasSize(3);
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
        assertThat(last.after()).isInstanceOfAny(After.InStatus.class, After.Deleted.class);
    }

    @ParameterizedTest
    @MethodSource("files")
    void descriptionsAreAsLongAsRealOnesAndKeepTheLimits(Path file) {
        List<OfferListing> listings = feed(file).messages().stream()
                .map(message -> ((OfferCommand) message.value()).getPayload())
                .filter(SaveSection.class::isInstance).map(payload -> ((SaveSection) payload).getContent())
                .filter(OfferListing.class::isInstance).map(OfferListing.class::cast).toList();
        assertThat(listings).isNotEmpty().allSatisfy(listing -> {
            assertThat(listing.getDescription()).hasSizeBetween(1500, 2800);
            assertThat(listing.getName()).hasSizeLessThanOrEqualTo(50);
            assertThat(listing.getSummary()).hasSizeLessThanOrEqualTo(100);
            assertThat(listing.getKeywords()).hasSizeLessThanOrEqualTo(3);
            assertThat(listing.getDocuments()).hasSizeBetween(1, 3);
            assertThat(listing.getScreenshots()).hasSizeBetween(1, 5)
                    .allMatch(picture -> picture.getWidthPx() == 1280 && picture.getHeightPx() == 720);
        });
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
