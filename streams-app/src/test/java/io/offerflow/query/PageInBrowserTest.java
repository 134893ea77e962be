package io.offerflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.avro.CreateOffer;
import io.offerflow.avro.StepMessage;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import io.offerflow.http.HttpFront;
import io.offerflow.http.Router;
import io.offerflow.runtime.OfferService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as people meet it: a real browser, a real service, a real broker. */
@Tag("browser")
class PageInBrowserTest {

    private static final OfferKey FAILED = new OfferKey("contoso", "shift-planner");
    private static final OfferKey MARKUP = new OfferKey("contoso", "markup");
    private static final String EVIL =
            "<img src=x onerror=\"window.ran=1\"><script>window.ran=1</script><b id=bold>bold</b>";
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
        publish();
    }

    /** One offer whose certification failed, one full of markup, sixty drafts of somebody else. */
    private static void publish() {
        cluster.send(Envelopes.create(FAILED), FAILED);
        Contents.listingOnly().forEach(content -> cluster.send(Envelopes.save(FAILED, content), FAILED));
        cluster.send(Envelopes.submit(FAILED), FAILED);
        cluster.send(Envelopes.command(MARKUP, new CreateOffer("SAAS", EVIL)), MARKUP);
        cluster.send(Envelopes.save(MARKUP, Contents.listing(EVIL)), MARKUP);
        cluster.send(Envelopes.submit(MARKUP), MARKUP);
        cluster.offers("fabrikam", 60).forEach(offer -> cluster.send(Envelopes.create(offer), offer));
        cluster.flush();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            JsonNode at = cluster.get(service, "/offers/" + FAILED).body().at("/pending/0/step");
            if (at.asText().equals("CERTIFICATION")) {
                cluster.send(Envelopes.failed(FAILED, 1, "CERTIFICATION",
                        new StepMessage("UNPROVEN_CLAIM", EVIL)), FAILED);
                cluster.flush();
                return true;
            }
            return false;
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> cluster.get(service, "/offers?status=ATTENTION_NEEDED")
                .body().path("total").asInt() == 1
                && cluster.get(service, "/offers").body().path("total").asInt() == 62);
    }

    @BeforeEach
    void openTheList() {
        browser.size(1200, 900);
        open("#/");
        browser.awaitText("#summary", "62 offers");
        browser.awaitText("#link", "Live");
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

    private static void open(String hash) {
        browser.open("about:blank");
        browser.open("http://127.0.0.1:%d/%s".formatted(service.httpPort().orElseThrow(), hash));
    }

    @Test
    void theListShowsWhatNeedsAttentionFirstAndPages() {
        assertThat(browser.text("tbody tr:first-child")).contains("contoso/shift-planner", "Attention needed",
                "Certification failed");
        assertThat(browser.count("tbody tr")).isEqualTo(50);
        assertThat(browser.text(".counts")).contains("1", "Attention needed", "61", "Draft");
        browser.picture(PICTURES.resolve("list.png"));

        browser.run("document.querySelector('[rel=next]').click()");
        browser.awaitText("#summary", "51–62 of 62 offers");
        assertThat(browser.count("tbody tr")).isEqualTo(12);
    }

    @Test
    void theFiltersNarrowTheListAndStandInTheAddress() {
        browser.run("document.querySelector('#publisher').focus()");
        browser.press("contoso");
        browser.awaitText("#summary", "2 offers");
        browser.run("document.querySelector('#q').focus()");
        browser.press("shift");
        browser.awaitText("#summary", "1 offer");
        browser.run("document.querySelector('[value=LIVE]').click()");
        browser.awaitText(".empty", "No offer matches these filters.");

        assertThat(browser.run("return location.hash").asText()).isEqualTo("#/?status=LIVE&publisher=contoso&q=shift");
        browser.run("location.reload()");
        browser.awaitText(".empty", "No offer matches these filters.");
    }

    @Test
    void anOfferIsShownWithSectionsRunReportAndTimeline() {
        open("#/offers/contoso/shift-planner");
        browser.awaitText("[data-part=history]", "create offer");

        assertThat(browser.text("h1")).isEqualTo("Alias of shift-planner");
        assertThat(browser.count(".map .lit.ATTENTION_NEEDED")).isEqualTo(1);
        assertThat(browser.count(".map .lit")).isEqualTo(1);
        assertThat(browser.text("[data-part=now]")).contains("The last run failed");
        assertThat(browser.text("[data-part=run]")).contains("submission 1", "Failed", "Certification",
                "usually 3 days", "Unproven claim");
        assertThat(browser.count("[data-part=sections] .rows > li")).isEqualTo(7);
        assertThat(browser.text("[data-part=history]")).contains("certification", "partner-portal", "Accepted");
        browser.picture(PICTURES.resolve("offer.png"));
    }

    @Test
    void problemsAndRefusalsAreToldInSentences() {
        open("#/offers/contoso/markup");
        browser.awaitText("[data-part=history]", "Refused");

        assertThat(browser.text("[data-part=sections]")).contains("Incomplete",
                "expected: at most 50 characters; met: 82");
        assertThat(browser.text("[data-part=history]")).contains("Sections incomplete",
                "Expected every section that applies to be complete");
    }

    @Test
    void anEventChangesTheRowWithoutReloading() {
        OfferKey offer = new OfferKey("fabrikam", "offer-00007");
        open("#/?q=offer-00007");
        browser.awaitText("#summary", "1 offer");
        browser.awaitText("#link", "Live");
        browser.run("window.mark = document.querySelector('tbody tr')");
        Contents.listingOnly().forEach(content -> cluster.send(Envelopes.save(offer, content), offer));
        cluster.send(Envelopes.submit(offer), offer);
        cluster.flush();

        browser.awaitText("tbody tr", "Publishing");
        assertThat(browser.run("return window.mark.isConnected").asBoolean()).isTrue();
        cluster.send(Envelopes.cancel(offer), offer);
        cluster.flush();
        browser.awaitText("tbody tr", "Draft");
    }

    @Test
    void markupIsShownAndNeverRun() {
        open("#/?publisher=contoso");
        browser.awaitText("[data-key=\"contoso/markup\"]", EVIL);
        open("#/offers/contoso/shift-planner");
        browser.awaitText(".report", EVIL);
        open("#/offers/contoso/markup/draft");
        browser.awaitText(".tree", EVIL);
        open("#/offers/contoso/markup");
        browser.awaitText("h1", EVIL);
        browser.awaitText("[data-part=history]", "save section");

        assertThat(browser.run("return window.ran === undefined").asBoolean()).isTrue();
        assertThat(browser.count("main img, main script, #bold")).isZero();
    }

    @Test
    void anOfferIsReachedWithNothingButTheKeyboard() {
        browser.press(Browser.TAB);
        assertThat(browser.run("return document.activeElement.id").asText()).isEqualTo("skip");
        int presses = 0;
        while (!browser.run("return Boolean(document.activeElement.closest('tbody'))").asBoolean() && presses++ < 20) {
            browser.press(Browser.TAB);
        }
        assertThat(browser.run("return getComputedStyle(document.activeElement, '::after').outlineStyle").asText())
                .isEqualTo("solid");
        browser.press(Browser.ENTER);

        browser.awaitText("h1", "Alias of shift-planner");
        await().untilAsserted(() ->
                assertThat(browser.run("return document.activeElement.tagName").asText()).isEqualTo("H1"));
    }

    @Test
    void onAPhoneNothingRunsOffTheSide() {
        browser.size(320, 640);
        for (String hash : new String[] {"#/", "#/offers/contoso/shift-planner", "#/offers/contoso/markup",
            "#/offers/contoso/markup/draft", "#/offers/contoso/shift-planner/compare/live/draft"}) {
            open(hash);
            await().until(() -> !browser.text("#view").contains("Loading") && browser.count("#view .card") > 0);
            assertThat(browser.run("return document.documentElement.scrollWidth").asInt()).as(hash)
                    .isLessThanOrEqualTo(320);
            if (hash.endsWith("shift-planner")) {
                browser.prefer("prefers-color-scheme", "dark");
                browser.picture(PICTURES.resolve("phone.png"));
                browser.prefer("prefers-color-scheme", "light");
            }
        }
    }

    @Test
    void anOfferThatIsNotThereIsSaidSo() {
        open("#/offers/contoso/nothing");
        browser.awaitText("#refused", "There is no offer contoso/nothing.");
        assertThat(browser.complaints()).allMatch(line -> line.contains("404"));
    }

    @Test
    void whileTheClusterIsOnTheMoveThePageSaysSoAndTriesAgain() throws IOException {
        AtomicBoolean moving = new AtomicBoolean(true);
        Router router = new Router().get("/", call -> IndexPage.readOnly().response()).get("/offers", call -> {
            if (moving.get()) {
                throw HttpError.unavailable("REBALANCING", 2, "Partition 3 is on its way to another instance.");
            }
            return ApiResponse.text("application/json", "{\"offers\":[],\"page\":1,\"size\":50,\"pages\":1,\"total\":0,"
                    + "\"beyondEnd\":false,\"byStatus\":{},\"asOf\":\"2026-03-02T09:00:13.000Z\"}");
        });
        router.get("/events", new Subscribers()::serve);
        HttpFront front = HttpFront.start("127.0.0.1", 0, HttpFront.FrontLimits.DEFAULT, router::handle);
        try {
            browser.open("http://127.0.0.1:%d/".formatted(front.port()));
            browser.awaitText("#notice", "The cluster is rebalancing.");
            assertThat(browser.text("#notice")).containsPattern("Trying again in [12] s").contains("Partition 3");
            browser.picture(PICTURES.resolve("rebalancing.png"));
            moving.set(false);
            browser.awaitText(".empty", "There are no offers yet.");
            assertThat(browser.count("#notice[hidden]")).isEqualTo(1);
        } finally {
            front.close();
        }
        browser.awaitText("#link", "Connection lost");
        assertThat(browser.complaints()).allMatch(line -> line.contains("503") || line.contains("ERR_"));
    }
}
