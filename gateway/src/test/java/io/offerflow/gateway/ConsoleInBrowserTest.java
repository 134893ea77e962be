package io.offerflow.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.Contents;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.http.Json;
import io.offerflow.query.Browser;
import io.offerflow.runtime.OfferService;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a gateway as publishers meet it: a real browser, gateway, service and broker. */
@Tag("browser")
class ConsoleInBrowserTest {

    private static final Path PICTURES = Path.of("target", "pictures");

    @TempDir
    private static Path directory;
    private static Sandbox sandbox;
    private static OfferService service;
    private static Gateway gateway;
    private static Client client;
    private static Browser browser;
    private static ConsolePage page;

    @BeforeAll
    static void startAll() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.temporary());
        sandbox.createTopics(4);
        service = OfferService.start(ServiceConfig.of(Map.of("bootstrap.servers", sandbox.bootstrapServers(),
                "schema.registry.url", sandbox.registryUrl(), "state.dir", directory.resolve("state").toString(),
                "http.port", "0", "commit.interval.ms", "50", "stop.sell.delay", "PT2S", "due.grace", "PT1S")));
        assertThat(service.awaitReady(Duration.ofSeconds(60))).isTrue();
        gateway = gateway(Map.of("report.folder", directory.toString()));
        client = new Client(gateway);
        browser = Browser.start(directory.resolve("profile"));
        page = new ConsolePage(browser, gateway.port());
    }

    private static Gateway gateway(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", sandbox.bootstrapServers(),
                "schema.registry.url", sandbox.registryUrl(), "http.port", "0",
                "query.url", "http://127.0.0.1:%d".formatted(service.httpPort().orElseThrow())));
        settings.putAll(more);
        Gateway started = Gateway.start(GatewayConfig.of(settings));
        await().atMost(Duration.ofSeconds(60)).until(started::isReady);
        return started;
    }

    @AfterAll
    static void stop() {
        browser.close();
        gateway.close();
        service.close();
        sandbox.close();
    }

    @BeforeEach
    void wide() {
        browser.size(1200, 900);
    }

    /** Refusals are answers; Chromium logs each of them as a failed request. */
    @AfterEach
    void nothingBrokeInThePage() {
        assertThat(browser.complaints()).allMatch(line -> line.matches("(?s).* status of (409|422|404) .*"));
    }

    @Test
    void anOfferGoesThroughItsWholeLifeByClickingOnly() {
        String offer = "contoso/clinic-rosters";
        createOffer(offer, "Clinic rosters");
        assertThat(page.why("SubmitOffer")).contains("Expected every section that applies to be complete");
        Contents.transactable().forEach(content -> saveSection(offer, (IndexedRecord) content));
        savePlan(offer, "basic", "Basic", "PUBLIC");
        savePlan(offer, "clinics", "Clinics", "PRIVATE");
        open(offer);
        page.openPlan("clinics");
        page.press("AddAudienceId", customer(1), "");
        page.press("SubmitOffer", Json.object().put("notesForCertification", "Please look at the rosters first."), "");
        passSteps(offer);
        page.awaitReady("GoLive");
        picture("console-sign-off");
        lookAtPreview(offer);
        page.press("GoLive");
        passSteps(offer);
        browser.awaitText(".title", "On sale");

        page.open("#/offers/%s/plans/basic".formatted(offer));
        page.save(Json.object().put("description", "All of Basic, and more."));
        browser.awaitText("form .notice", "Accepted");
        open(offer);
        page.press("SubmitOffer", Json.object(), "");
        page.press("CancelPublish", Json.object(), "clinic-rosters");
        browser.awaitText(".title", "On sale");

        page.press("StopSellingOffer", Json.object(), "clinic-rosters");
        browser.awaitText(".title", "Not on sale");
        page.press("SubmitOffer", Json.object(), "");
        passSteps(offer);
        page.press("GoLive");
        passSteps(offer);
        browser.awaitText(".title", "On sale");

        page.openPlan("clinics");
        page.press("AddAudienceId", customer(2), "");
        page.press("SyncPrivateAudience");
        assertThat(client.get("/offers/" + offer).body().at("/plans/1/liveAudience/tenants").asInt()).isEqualTo(2);
        page.press("RequestRemoval", Json.object().put("explanation", "We leave this market."), "");
        page.press("TakeRemovalRequest");
        browser.awaitText("[data-command=CompleteRemoval] .why", "not to be sold any more");
        page.press("StopSellingOffer", Json.object(), "clinic-rosters");
        browser.awaitText(".title", "Not on sale");
        page.press("CompleteRemoval");
        browser.awaitText(".facts", "completed");
        picture("console-removed");
    }

    @Test
    void problemsAreShownAtTheirFields() {
        String offer = offer("fields");
        page.open("#/offers/%s/sections/OFFER_LISTING".formatted(offer));
        page.save(Json.object().put("name", "x".repeat(60)).set("screenshots", Json.array(List.of(
                Json.object().put("url", "ftp://files")))));
        browser.awaitText("form .notice", "Accepted");
        page.awaitElement("[data-path=name].wrong");

        assertThat(browser.text("[data-path=name]")).contains("expected: at most 50 characters; met: 60");
        assertThat(browser.text("[data-path=\"screenshots[0].url\"]")).contains("http");
        assertThat(browser.count("[data-path=keywords].wrong")).isZero();
    }

    @Test
    void theEditOfAnotherTabIsShownBesideOnesOwn() {
        String offer = offer("tabs");
        page.open("#/offers/%s/sections/PROPERTIES".formatted(offer));
        page.fill("form.card", Json.object().put("appVersion", "mine"));
        page.awaitElement("form.card .links button[aria-disabled=false]");
        client.command(offer, "SaveSection", """
                {"section": "PROPERTIES", "content": {"Properties": {"appVersion": "theirs"}}}""");
        page.click("form.card > .links button.primary");
        browser.awaitText("form .diff", "appVersion");

        assertThat(browser.text("form .notice")).contains("Version conflict");
        assertThat(browser.text(".diff .was")).contains("theirs");
        assertThat(browser.text(".diff .is")).contains("mine");
        page.click(".diff button");
        browser.awaitText("form .notice.good", "Accepted");
        assertThat(client.get("/offers/%s/draft".formatted(offer)).body().at("/sections/PROPERTIES/appVersion")
                .asText()).isEqualTo("mine");
    }

    @Test
    void aPressWhoseAnswerIsLostHasOneEffect() {
        String offer = offer("lost");
        page.open("#/offers/%s/sections/PROPERTIES".formatted(offer));
        page.fill("form.card", Json.object().put("appVersion", "2"));
        page.awaitElement("form.card .links button[aria-disabled=false]");
        browser.run("""
                const real = window.fetch;
                window.keys = [];
                window.fetch = async (address, options) => {
                  const answer = await real(address, options);
                  if (!options || options.method !== 'POST' || address.includes('dryRun')) return answer;
                  window.keys.push(options.headers['Idempotency-Key']);
                  if (window.keys.length === 1) throw new TypeError('the answer is lost');
                  return answer;
                };""");
        page.click("form.card > .links button.primary");
        browser.awaitText("form .notice", "Accepted");

        JsonNode keys = browser.run("return window.keys");
        assertThat(keys).hasSize(2);
        assertThat(keys.get(0)).isEqualTo(keys.get(1));
        assertThat(client.get("/offers/" + offer).text("draftVersion")).isEqualTo("2");
    }

    @Test
    void anotherWordThanTheOfferDoesNotConfirm() {
        String offer = offer("confirm");
        open(offer);
        page.click("[data-command=DeleteDraft] button[aria-disabled=false]");
        page.fillDialog(Json.object(), "another");
        page.click("dialog button.primary");
        browser.awaitText("dialog .notice", "This is not confirm.");
        assertThat(client.get("/offers/" + offer).status()).isEqualTo(200);
        page.fillDialog(Json.object(), "confirm");
        page.click("dialog button.primary");
        await().until(() -> client.get("/offers/" + offer).status() == 404);
    }

    @Test
    void theHistoryOnThePageHasNoDryRuns() {
        String offer = offer("quiet");
        open(offer);
        page.why("GoLive");
        awaitAnswers();
        assertThat(client.get("/offers/%s/history".formatted(offer)).body().path("entries").size()).isGreaterThan(5);
        assertThat(client.get("/offers/%s/history?dryRuns=false".formatted(offer)).body().path("entries")).hasSize(1);
        browser.awaitText("[data-part=history]", "create offer");
        assertThat(browser.text("[data-part=history]")).doesNotContain("only to check");
    }

    @Test
    void aViewAsksTheRulesOncePerVersion() {
        String offer = offer("asked-once");
        open(offer);
        page.why("GoLive");
        awaitAnswers();
        int first = dryRuns(offer);
        browser.run("location.hash = '#/inbox'");
        browser.awaitText("h1", "Inbox");
        browser.run("location.hash = '#/offers/%s'".formatted(offer));
        page.why("GoLive");
        awaitAnswers();
        assertThat(first).isBetween(1, browser.count("[data-command]"));
        assertThat(dryRuns(offer)).isEqualTo(first);
    }

    @Test
    void theRulesAreAskedAgainAfterTheSignOff() {
        String offer = submittedOffer("signed-off");
        open(offer);
        page.awaitReady("CancelPublish");
        browser.run("location.hash = '#/inbox'");
        browser.awaitText("h1", "Inbox");
        passSteps(offer);
        assertThat(client.command(offer, "GoLive", "{\"submission\": 1}").status()).isEqualTo(200);
        browser.run("location.hash = '#/offers/%s'".formatted(offer));
        assertThat(page.why("CancelPublish")).contains("sign-off");
    }

    @Test
    void whatCouldNotBeReadIsShownWithAdviceAndPutBack() {
        new UnreadableInputs(sandbox).createInWrongPartition("contoso/astray");
        await().until(() -> !client.get("/quarantine").body().path("inputs").isEmpty());
        page.open("#/inbox");
        browser.awaitText("#view", "Quarantine (1)");
        page.click("a[href=\"#/quarantine\"]");
        browser.awaitText("summary", "Wrong partition contoso/astray");
        page.click("summary");
        browser.awaitText("details", "partitioner=murmur2_random");
        browser.awaitText("details .tree", "north");
        picture("console-quarantine");
        page.press("Retry");
        browser.awaitText("[data-command=Retry] .why", "It was put back.");
        assertThat(client.get("/offers/contoso/astray").status()).isEqualTo(200);
        page.open("#/quarantine");
        page.click("summary");
        assertThat(page.why("Retry")).isEqualTo("It was put back before.");
    }

    @Test
    void whatIsScheduledIsListedWithItsTime() {
        String offer = submittedOffer("ends-later");
        passSteps(offer);
        assertThat(client.command(offer, "GoLive", "{\"submission\": 1}").status()).isEqualTo(200);
        passSteps(offer);
        page.open("#/scheduled");
        browser.awaitText("#view", "Nothing is scheduled.");
        assertThat(client.command(offer, "StopSellingOffer", """
                {"confirmed": true, "notBefore": "2199-03-01T09:00:00Z"}""").status()).isEqualTo(200);
        browser.awaitText(".rows", "Selling stops");
        assertThat(browser.text(".rows")).contains(offer, "2199");
        picture("console-scheduled");
    }

    @Test
    void aReportOfAWhatIfIsShownAsTables() throws IOException {
        page.open("#/reports");
        browser.awaitText("#view", "offerflow replay what-if");
        Files.writeString(directory.resolve("longer-notice.json"), """
                {"mode": "each", "settings": [{"name": "stop.sell.delay", "now": "PT24H", "then": ["PT2S"]}],
                 "judged": 1200, "total": 1, "offers": 1, "totals": {"OTHER_EFFECT": 1, "NOW_REFUSED": 0},
                 "differences": [{"offer": "contoso/a", "at": "2026-03-01T09:00:00Z", "command": "StopSellingOffer",
                   "actor": "<b>ann</b>", "kind": "OTHER_EFFECT",
                   "then": {"result": "ACCEPTED", "reason": null, "detail": null, "rules": [],
                     "effects": ["in 2 s"]},
                   "now": {"result": "ACCEPTED", "reason": null, "detail": null, "rules": [],
                     "effects": ["in 24 h"]}}], "divergences": []}""");
        page.open("#/reports");
        browser.awaitText(".rows", "1 of 1,200 decisions differ");
        page.click(".rows a");
        browser.awaitText("h1", "longer-notice");
        browser.awaitText("#view", "in 24 h");
        assertThat(browser.text("#view")).contains("stop.sell.delay", "PT24H", "Other effect", "<b>ann</b>");
        assertThat(browser.count("table.plain")).isEqualTo(3);
        picture("console-what-if");
    }

    @Test
    void theLabelsOfTheDiagramKeepClearOfItsArrows() {
        String offer = offer("diagram");
        page.open("#/");
        for (String language : new String[] {"en", "fr"}) {
            browser.run("localStorage.setItem('language', '%s')".formatted(language));
            page.open("#/offers/" + offer);
            page.awaitElement("html[lang=%s] .map .lit".formatted(language));
            assertThat(browser.run("""
                    const map = document.querySelector('.map');
                    const near = (box, at, by) => at.x > box.x - by && at.x < box.x + box.width + by
                      && at.y > box.y - by && at.y < box.y + box.height + by;
                    const points = [...map.querySelectorAll('.way')].flatMap(way =>
                      Array.from({ length: way.getTotalLength() }, (_, i) => way.getPointAtLength(i)));
                    return [...map.querySelectorAll('.label')]
                      .filter(label => points.some(point => near(label.getBBox(), point, 1)))
                      .map(label => label.textContent)""")).as(language).isEmpty();
        }
        browser.run("localStorage.removeItem('language')");
    }

    /** Waits until each button is ready, or has a reason. */
    private static void awaitAnswers() {
        await().until(() -> browser.count("[data-part=actions] button[aria-disabled=true] + .why:empty") == 0);
    }

    private static int dryRuns(String offer) {
        return client.get("/offers/%s/history?limit=100".formatted(offer)).body().path("entries").size()
                - client.get("/offers/%s/history?limit=100&dryRuns=false".formatted(offer)).body().path("entries")
                        .size();
    }

    @Test
    void theHistoryOfAllOffersIsFilteredAndSavedAsAFile() {
        String offer = offer("across");
        client.command(offer, "SubmitOffer", "{}");
        page.open("#/history");
        browser.awaitText(".time", offer);
        page.awaitElement("form [name=result]");
        browser.run("""
                document.querySelector('[name=result]').value = 'REJECTED';
                document.querySelector('form button').click()""");
        await().untilAsserted(() -> assertThat(browser.run("return location.hash").asText())
                .isEqualTo("#/history?result=REJECTED"));
        browser.awaitText(".time", "Sections incomplete");
        assertThat(browser.text(".time")).doesNotContain("Accepted");
        browser.run("""
                URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text; }); return '#'; }""");
        page.click("#view .line button");
        await().untilAsserted(() -> assertThat(browser.run("return window.saved || ''").asText())
                .startsWith("at,publisherId,offerId,actor,command,result,reason")
                .contains("\"contoso\",\"across\",\"local-developer\",\"SubmitOffer\",\"REJECTED\""));
    }

    @Test
    void anAudienceIsImportedAndExported() {
        String offer = offer("audience");
        String file = "ID,Description,Type\n00000000-0000-4000-8000-000000000007,First,TenantID\n";
        client.command(offer, "CreatePlan", "{\"planId\": \"clinics\", \"plan\": {\"visibility\": \"PRIVATE\"}}");
        open(offer);
        page.openPlan("clinics");
        page.click("[data-command=ImportAudience] button[aria-disabled=false]");
        page.awaitElement("dialog [name=file]");
        browser.run("""
                const files = new DataTransfer();
                files.items.add(new File([%s], 'audience.csv', { type: 'text/csv' }));
                document.querySelector('dialog [name=file]').files = files.files;""".formatted(Json.object()
                .textNode(file)));
        page.fillDialog(Json.object(), "clinics");
        page.click("dialog button.primary");
        browser.awaitText("[data-command=ImportAudience] .notice.good", "Accepted");

        assertThat(client.get("/offers/%s/plans/clinics/audience".formatted(offer)).raw().body())
                .isEqualToIgnoringNewLines(file);
        page.awaitElement(".tools .links button");
    }

    @Test
    void onAPhoneNoFormRunsOffTheSide() {
        String offer = offer("phone");
        browser.size(320, 640);
        for (String hash : new String[] {"#/new", "#/inbox", "#/offers/" + offer, "#/offers/" + offer + "/plans",
            "#/offers/" + offer + "/sections/OFFER_LISTING", "#/scheduled", "#/quarantine", "#/reports"}) {
            page.open(hash);
            page.awaitElement("#view .card");
            assertThat(browser.run("return document.documentElement.scrollWidth").asInt()).as(hash)
                    .isLessThanOrEqualTo(320);
        }
        browser.prefer("prefers-color-scheme", "dark");
        picture("console-phone");
        browser.prefer("prefers-color-scheme", "light");
    }

    @Test
    void peopleSignInAtTheIdentityProvider() {
        try (IdentityProvider provider = new IdentityProvider()) {
            Map<String, String> settings = new HashMap<>(provider.settings());
            settings.putAll(provider.console());
            try (Gateway guarded = gateway(settings)) {
                provider.next("ada@contoso.example", List.of("contoso"), "publisher");
                ConsolePage signedIn = new ConsolePage(browser, guarded.port());
                signedIn.open("#/new");
                signedIn.save(Json.object().put("publisherId", "contoso").put("offerId", "signed-in")
                        .put("offerType", "SAAS").put("alias", "By Ada"));
                browser.awaitText("h1", "By Ada");
                browser.awaitText("#link", "Live updates");

                assertThat(client.get("/offers/contoso/signed-in/history").body().at("/entries/0/actor").asText())
                        .isEqualTo("ada@contoso.example");
                assertThat(browser.run("return token.split('.').length").asInt()).isEqualTo(3);
                assertThat(browser.run("return JSON.stringify(sessionStorage) + JSON.stringify(localStorage)"
                        + " + document.cookie + location.href").asText()).doesNotContain("eyJ", "code=");
                browser.open("about:blank"); // ends the stream of events before the gateway does
            }
        }
    }

    @Test
    void aSignInIsRenewedAndWhatIsTypedStays() {
        try (IdentityProvider provider = new IdentityProvider()) {
            Map<String, String> settings = new HashMap<>(provider.settings());
            settings.putAll(provider.console());
            settings.put("identity.clock.skew.seconds", "0");
            try (Gateway guarded = gateway(settings)) {
                provider.next(4, "ada@contoso.example", List.of("contoso"), "publisher");
                ConsolePage signedIn = new ConsolePage(browser, guarded.port());
                signedIn.open("#/new");
                signedIn.fill("form.card", Json.object().put("publisherId", "contoso").put("offerId", "renewed")
                        .put("offerType", "SAAS").put("alias", "By Ada"));
                String first = browser.run("return token").asText();
                await().until(() -> !browser.run("return token").asText().equals(first));

                browser.run("provider.known = provider.tokenUrl; provider.tokenUrl += '/away'");
                browser.awaitText("#notice", "What you have typed stays here.");
                assertThat(browser.complaints()).isNotEmpty().allMatch(line -> line.contains("/away"));
                browser.run("provider.tokenUrl = provider.known");
                provider.next(600, "ada@contoso.example", List.of("contoso"), "publisher");
                page.click("#notice button");
                await().until(() -> browser.run("return document.getElementById('notice').hidden").asBoolean());
                signedIn.save(Json.object());
                browser.awaitText("h1", "By Ada");
                assertThat(client.get("/offers/contoso/renewed/history").body().at("/entries/0/actor").asText())
                        .isEqualTo("ada@contoso.example");
                browser.open("about:blank");
            }
        }
    }

    @Test
    void thePageSpeaksFrench() {
        page.open("#/");
        page.awaitElement("#language");
        page.click("#language");
        browser.awaitText("h1", "Offres");
        page.open("#/offers/" + offer("french"));
        browser.awaitText("[data-command=SubmitOffer]", "Publier");
        picture("console-french");
        assertThat(browser.run("return document.documentElement.lang").asText()).isEqualTo("fr");
        page.click("#language");
        browser.awaitText("[data-command=SubmitOffer]", "Publish");
    }

    /** An offer with all that it needs, whose run has begun. */
    private static String submittedOffer(String name) {
        String offer = offer(name);
        Contents.transactable().forEach(content -> client.command(offer, "SaveSection", Json.object()
                .put("section", Contents.sectionOf((IndexedRecord) content)).set("content", Json.object()
                        .set(((IndexedRecord) content).getSchema().getName(), AvroJson.write((IndexedRecord) content)))
                .toString()));
        client.command(offer, "CreatePlan", Json.object().put("planId", "basic")
                .set("plan", AvroJson.write(Contents.plan("Basic", "PUBLIC"))).toString());
        assertThat(client.command(offer, "SubmitOffer", "{}").status()).isEqualTo(200);
        return offer;
    }

    private static void createOffer(String offer, String alias) {
        page.open("#/new");
        page.save(Json.object().put("publisherId", offer.split("/")[0]).put("offerId", offer.split("/")[1])
                .put("offerType", "SAAS").put("alias", alias));
        browser.awaitText("h1", alias);
    }

    private static void saveSection(String offer, IndexedRecord content) {
        page.open("#/offers/%s/sections/%s".formatted(offer, Contents.sectionOf(content)));
        page.save(AvroJson.write(content));
        browser.awaitText("form .notice", "Accepted");
    }

    private static void savePlan(String offer, String planId, String name, String visibility) {
        page.open("#/offers/%s/plans".formatted(offer));
        page.fill("form.card", Json.object().put("planId", planId));
        page.save(AvroJson.write(Contents.plan(name, visibility)));
        browser.awaitText("h1", "Plan " + planId);
    }

    private static void lookAtPreview(String offer) {
        page.click("[data-part=content] a[href$=preview]");
        browser.awaitText("#view", "Rosters without a spreadsheet.");
        open(offer);
    }

    private static void open(String offer) {
        page.open("#/offers/" + offer);
        page.awaitElement("[data-command=SubmitOffer]");
    }

    private static void picture(String name) {
        browser.picture(PICTURES.resolve(name + ".png"));
    }

    private static ObjectNode customer(int number) {
        return Json.object().put("id", "00000000-0000-4000-8000-%012d".formatted(number)).put("type", "TENANT");
    }

    private static String offer(String name) {
        assertThat(client.command("contoso/" + name, "CreateOffer", """
                {"offerType": "SAAS", "alias": "Offer of a test"}""").status()).isEqualTo(201);
        return "contoso/" + name;
    }

    /** Plays the pipeline until it waits for the publisher, or the run is over. */
    private static void passSteps(String offer) {
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50)).until(() -> {
            JsonNode shown = client.get("/offers/" + offer).body();
            if (!shown.at("/run/state").asText().equals("ACTIVE")) {
                return true;
            }
            JsonNode pending = shown.path("pending").path(0);
            if (pending.path("what").asText().equals("PUBLISHER_SIGNS_OFF")) {
                return true;
            }
            if (pending.path("what").asText().equals("STEP_ENDS")) {
                client.command(offer, "ReportStepSucceeded", Json.object()
                        .put("submission", shown.at("/run/submission").asLong())
                        .put("step", pending.path("step").asText()).toString());
            }
            return false;
        });
    }
}
