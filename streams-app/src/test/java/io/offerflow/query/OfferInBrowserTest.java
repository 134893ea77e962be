package io.offerflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.avro.AddAudienceId;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.RequestRemoval;
import io.offerflow.avro.StopSellingPlan;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.runtime.OfferService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Offers that are sold, on the page: plans, private audiences, stops that are pending, a step that takes too long. */
@Tag("browser")
class OfferInBrowserTest {

    private static final OfferKey SOLD = new OfferKey("contoso", "clinic-rosters");
    private static final OfferKey STOPPING = new OfferKey("contoso", "ward-cleaning");
    private static final OfferKey LATE = new OfferKey("fabrikam", "cold-chain-monitor");
    private static final Path PICTURES = Path.of("target", "pictures");

    @TempDir
    private static Path directory;
    private static ClusterFixture cluster;
    private static OfferService service;
    private static Browser browser;

    @BeforeAll
    static void startAll() throws IOException, InterruptedException {
        cluster = new ClusterFixture(directory.resolve("states"));
        service = cluster.instance("one");
        browser = Browser.start(directory.resolve("profile"));
        leaveBehind();
        sell();
        stopAnother();
    }

    /** An offer whose certification began five days ago and usually takes three. */
    private static void leaveBehind() {
        cluster.clockOfInputs("CreateTime");
        Instant then = Instant.now().minus(Duration.ofDays(5));
        cluster.send(Envelopes.create(LATE), LATE, then);
        Contents.listingOnly().forEach(content -> cluster.send(Envelopes.save(LATE, content), LATE, then));
        cluster.send(Envelopes.submit(LATE, "Please look at the new alarm levels first."), LATE, then);
        awaitStep(LATE, "CERTIFICATION");
        cluster.clockOfInputs("LogAppendTime");
    }

    /** Three plans, one of them private to three customers; then edits that are not published yet. */
    private static void sell() {
        cluster.send(Envelopes.create(SOLD), SOLD);
        Contents.transactable().forEach(content -> cluster.send(Envelopes.save(SOLD, content), SOLD));
        plan(SOLD, "basic", "Basic", "PUBLIC");
        plan(SOLD, "professional", "Professional", "PUBLIC");
        plan(SOLD, "health-authorities", "Health authorities", "PRIVATE");
        invite("health-authorities", 1, 3);
        goLive(SOLD);
        cluster.send(Envelopes.command(SOLD, new StopSellingPlan("basic", null, true)), SOLD);
        invite("health-authorities", 4, 5);
        cluster.send(Envelopes.save(SOLD, Contents.listing("Clinic rosters and more")), SOLD);
        cluster.send(Envelopes.command(SOLD, new RequestRemoval("SAAS", "REMOVE_A_PUBLISHED_OFFER",
                "We leave this market.")), SOLD);
        plan(SOLD, "trial", "", "PUBLIC");
        cluster.flush();
        await().atMost(Duration.ofSeconds(30)).until(() -> offer(SOLD).path("plans").size() == 4);
    }

    private static void stopAnother() {
        cluster.send(Envelopes.create(STOPPING), STOPPING);
        Contents.listingOnly().forEach(content -> cluster.send(Envelopes.save(STOPPING, content), STOPPING));
        goLive(STOPPING);
        cluster.send(Envelopes.stopSelling(STOPPING), STOPPING);
        cluster.flush();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> offer(STOPPING).at("/stop/state").asText().equals("PENDING"));
    }

    private static void plan(OfferKey offer, String planId, String name, String visibility) {
        cluster.send(Envelopes.command(offer, new CreatePlan(planId, Contents.plan(name, visibility))), offer);
    }

    private static void invite(String planId, int first, int last) {
        IntStream.rangeClosed(first, last).mapToObj("00000000-0000-4000-8000-%012d"::formatted).forEach(id ->
                cluster.send(Envelopes.command(SOLD, new AddAudienceId(planId, id, "TENANT", "Clinic")), SOLD));
    }

    /** Plays the pipeline and the publisher until the offer is live. */
    private static void goLive(OfferKey offer) {
        cluster.send(Envelopes.submit(offer), offer);
        cluster.flush();
        String last = "";
        while (!offer(offer).path("status").asText().equals("LIVE")) {
            String step = awaitOtherStepThan(offer, last);
            if (step.equals("PUBLISHER_SIGN_OFF")) {
                cluster.send(Envelopes.goLive(offer), offer);
            } else if (!step.isEmpty()) {
                cluster.send(Envelopes.succeeded(offer, 1, step), offer);
            }
            cluster.flush();
            last = step;
        }
    }

    /** The step that is under way, or nothing once there is none left. */
    private static String awaitOtherStepThan(OfferKey offer, String last) {
        return await().atMost(Duration.ofSeconds(30)).until(() -> step(offer), step -> !step.equals(last)
                && (!step.isEmpty() || offer(offer).path("status").asText().equals("LIVE")));
    }

    private static void awaitStep(OfferKey offer, String step) {
        cluster.flush();
        await().atMost(Duration.ofSeconds(30)).until(() -> step(offer).equals(step));
    }

    private static String step(OfferKey offer) {
        return offer(offer).path("pending").findPath("step").asText();
    }

    private static JsonNode offer(OfferKey offer) {
        return cluster.get(service, "/offers/" + offer).body();
    }

    private static void open(OfferKey offer) {
        open("#/offers/" + offer);
        browser.awaitText("[data-part=history]", "create offer");
    }

    private static void open(String hash) {
        browser.size(1200, 900);
        browser.open("about:blank");
        browser.open("http://127.0.0.1:%d/%s".formatted(service.httpPort().orElseThrow(), hash));
    }

    @AfterEach
    void nothingBrokeInThePage() {
        assertThat(browser.complaints()).isEmpty();
    }

    @AfterAll
    static void stop() {
        browser.close();
        service.close();
        cluster.close();
    }

    @Test
    void plansAreShownWithTheirStatesAudiencesAndProblems() {
        open(SOLD);

        assertThat(browser.text("[data-part=plans]")).contains("Basic", "Selling stops soon", "Professional", "Live",
                "On sale to its private audience", "3 customers may buy it, 5 customers once its audience is synced",
                "trial", "Draft", "expected: ");
        assertThat(browser.text("[data-part=now]")).contains("Selling of plan basic stops", "in 4 h",
                "This time is fixed.");
        assertThat(browser.text("[data-part=head]")).contains("Live", "On sale", "Removal from customers",
                "request 1: submitted");
        assertThat(browser.text("[data-part=sections]")).contains("Unpublished changes");
        browser.picture(PICTURES.resolve("sold-offer.png"));
        browser.run("document.querySelector('[data-part=plans]').scrollIntoView()");
        browser.picture(PICTURES.resolve("plans.png"));
    }

    @Test
    void aStopOfTheWholeOfferIsPendingUntilATimeThatIsShown() {
        open(STOPPING);

        assertThat(browser.text("[data-part=head]")).contains("Selling stops");
        assertThat(browser.text("[data-part=now]")).contains("Selling stops", "in 4 h", "This time is fixed.");
        assertThat(browser.count(".map .lit.LIVE")).isEqualTo(1);
        browser.picture(PICTURES.resolve("stopping.png"));
    }

    @Test
    void aStepThatTakesLongerThanUsualIsFirstInTheListAndSaysSo() {
        open("#/");
        browser.awaitText("#summary", "3 offers");

        assertThat(browser.text("tbody tr:first-child")).contains("fabrikam/cold-chain-monitor", "Certification",
                "longer than usual", "5 days ago");
        assertThat(browser.text("tbody")).contains("stops ");
        browser.picture(PICTURES.resolve("sold.png"));
        open(LATE);
        assertThat(browser.text("[data-part=now]")).contains("Certification is under way", "longer than usual",
                "It was expected to end", "2 days ago");
        browser.picture(PICTURES.resolve("late.png"));
    }

    @Test
    void whatTheDraftChangesOfTheLiveOfferIsListed() {
        open("#/offers/" + SOLD + "/compare/live/draft");
        browser.awaitText(".diff", "Clinic rosters and more");

        assertThat(browser.text("#view"))
                .contains("Edited", "Shift planner", "Added", "plans.trial.name", "empty text");
        browser.picture(PICTURES.resolve("difference.png"));
    }

    @Test
    void onAPhoneThePlansFitToo() {
        open(SOLD);
        browser.size(320, 640);
        await().untilAsserted(() -> assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(320));
        browser.picture(PICTURES.resolve("plans-on-a-phone.png"));
    }
}
