package io.offerflow.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What can be said of the page without a browser: how it is served, and what it must never contain. */
class IndexPageTest {

    private static final Pattern TEXT = Pattern.compile("[^\\w`]t`([^`]*)`");
    /** A value in a text; one may contain another text. */
    private static final Pattern NESTED = Pattern.compile("\\$\\{(?:[^{}`]|`[^`]*`)*}");
    /** Texts that are the same in French. */
    private static final Set<String> SAME =
            Set.of("SaaS", "Pages", "Sections", "Type", "version {}", "Plan ", "Plan {}");

    private static QueryServer server;
    private static HttpResponse<String> response;

    @BeforeAll
    static void askForThePage() throws IOException, InterruptedException {
        server = QueryServer.open("127.0.0.1", 0, Optional.empty(), () -> "", Clock.systemUTC());
        try (HttpClient client = HttpClient.newHttpClient()) {
            response = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(server.port())))
                    .build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void thePageIsServedWhileTheServiceIsStillStarting() {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header("Cache-Control")).isEqualTo("no-store");
        assertThat(header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(response.body()).startsWith("<!DOCTYPE html>").contains("<html lang=\"en\">").contains("<title>");
    }

    @Test
    void onlyItsOwnScriptAndStyleMayRun() {
        assertThat(header("Content-Security-Policy").split("; ")).contains("default-src 'none'",
                "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
                "script-src '" + digest(only("<script>(.*?)</script>")) + "'",
                "style-src '" + digest(only("<style>(.*?)</style>")) + "'",
                "require-trusted-types-for 'script'");
        assertThat(header("Content-Security-Policy")).doesNotContain("unsafe", "*", "http:", "https:");
    }

    @Test
    void nothingOfItLiesElsewhere() {
        assertThat(response.body()).doesNotContainPattern("(?i)https?://|src=|@import|(?-i:\\burl\\((?!#))")
                .doesNotContainPattern("(href|fetch\\()=?[\"'`]//").doesNotContain(" style=\"");
    }

    @Test
    void textIsNeverTakenForMarkup() {
        assertThat(response.body()).doesNotContainPattern("innerHTML|outerHTML|insertAdjacentHTML|setHTML|srcdoc"
                + "|document\\.write|DOMParser|createContextualFragment|\\beval\\b|new Function|javascript:"
                + "|\\son\\w+=\"");
    }

    @Test
    void everyTextHasATranslation() {
        List<String> english = TEXT.matcher(NESTED.matcher(response.body()).replaceAll("{}")).results()
                .map(found -> found.group(1).replaceAll("\\$?\\{[^`{}]*}", "{}"))
                .filter(text -> !text.isEmpty()).toList();

        assertThat(english).hasSizeGreaterThan(150);
        assertThat(english.stream().filter(text -> !SAME.contains(text)
                && !response.body().contains("'" + text + "': '"))).isEmpty();
    }

    @Test
    void onlyThePageOfAGatewayTakesCommands() {
        assertThat(response.body()).doesNotContain("<html data-commands");
        assertThat(IndexPage.withCommands(Optional.empty()).response().text())
                .startsWith("<!DOCTYPE html>\n<html data-commands=\"true\" lang");
    }

    private static String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String only(String pattern) {
        Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(response.body());
        assertThat(found.results()).as(pattern).hasSize(1);
        found.reset().find();
        return found.group(1);
    }

    private static String digest(String text) {
        try {
            return "sha256-" + Base64.getEncoder().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
