package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.contract.json.JsonTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The life of an offer, with nothing but commands of the command line. */
@ExtendWith(SharedMarketplace.class)
class OfferLifecycleTest {

    private static final String OFFER = "story/claims-desk";
    private static final String CUSTOMER = "0f9a5c1e-7a0c-4d1e-9d55-0c6f4a3b2d10";
    private static final List<JsonNode> SAMPLE = sample();

    @TempDir
    private Path folder;

    @Test
    void fromTheFirstDraftToTheStorefrontOffItAndBack() throws IOException {
        run("offer", "create", OFFER, "--offer-type", "saas", "--alias", "Claims desk", "--wait").endsWith(0);
        for (JsonNode line : SAMPLE) {
            prepare(line.path("value").path("payload"));
        }
        assertThat(run("offer", "submit", OFFER, "--validate-only").endsWith(0).out()).contains("validated only");
        assertThat(run("offer", "submit", OFFER, "--until", "preview").endsWith(0).out()).contains("accepted");
        JsonNode waiting = run("status", OFFER, "-o", "json").endsWith(0).json();
        assertThat(waiting.at("/offer/run/state").asText()).isEqualTo("ACTIVE");
        assertThat(waiting.path("plans")).hasSize(3);
        run("offer", "go-live", OFFER, "--submission", "1", "--until", "live").endsWith(0);

        assertThat(run("customer", "acquire", OFFER, "team", CUSTOMER, "--wait").endsWith(0).out())
                .contains("version 1 may be downloaded");
        run("plan", "stop-selling", OFFER, "starter", "--yes", "--wait").endsWith(0);
        run("offer", "stop-selling", OFFER, "--yes", "--until", "not-sold").endsWith(0);
        run("customer", "acquire", OFFER, "team", CUSTOMER.replace('0', '1'), "--wait").endsWith(3);
        run("customer", "download", OFFER, "team", CUSTOMER, "--wait").endsWith(0);

        run("offer", "submit", OFFER, "--until", "preview").endsWith(0);
        run("offer", "go-live", OFFER, "--until", "live").endsWith(0);
        run("watch", OFFER, "--until", "live", "--timeout", "10s").endsWith(0);

        assertThat(run("status", OFFER).endsWith(0).out()).contains("Live, version 2 on sale since", "Sections",
                "Plans", "Run of submission 2");
        assertThat(run("history", OFFER, "-o", "jsonl").endsWith(0).jsonLines())
                .extracting(entry -> entry.at("/command/payload").fieldNames().hasNext()
                        ? entry.at("/command/payload").fieldNames().next() : "time")
                .startsWith("CreateOffer", "SaveSection").contains("GoLive", "StopSellingOffer", "DownloadOffer");
        assertThat(run("notifications", OFFER).endsWith(0).out()).contains("Claims desk");
        assertThat(run("outcomes", OFFER, "--result", "rejected", "-o", "json").endsWith(0).json())
                .singleElement().satisfies(outcome ->
                        assertThat(outcome.at("/value/reason").asText()).isEqualTo("NOT_AVAILABLE"));
    }

    /** The sections and plans of the sample, each with the verb that it belongs to. */
    private void prepare(JsonNode payload) throws IOException {
        if (payload.has("SaveSection")) {
            JsonNode content = payload.at("/SaveSection/content").properties().iterator().next().getValue();
            String section = payload.at("/SaveSection/section").asText().toLowerCase(Locale.ROOT).replace('_', '-');
            run("offer", "save", section, OFFER, "--json", file(content)).endsWith(0);
        } else if (payload.has("CreatePlan")) {
            run("plan", "create", OFFER, payload.at("/CreatePlan/planId").asText(), "--json",
                    file(payload.at("/CreatePlan/plan"))).endsWith(0);
        } else if (payload.has("AddAudienceId")) {
            run("audience", "add", OFFER, payload.at("/AddAudienceId/planId").asText(),
                    payload.at("/AddAudienceId/id").asText(), "--type", payload.at("/AddAudienceId/type").asText())
                    .endsWith(0);
        }
    }

    private String file(JsonNode content) throws IOException {
        return Files.writeString(folder.resolve("content.json"), JsonTrees.text(content)).toString();
    }

    private static CommandLineRun run(String... arguments) {
        return CommandLineRun.of(SharedMarketplace.connected(arguments));
    }

    private static List<JsonNode> sample() {
        try {
            return Files.readAllLines(Path.of("..", "samples", "adatum-claims-desk.jsonl")).stream()
                    .map(JsonTrees::parse).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
