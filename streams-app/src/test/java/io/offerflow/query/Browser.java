package io.offerflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A headless Chromium, driven over the WebDriver protocol by Debian's chromedriver or the one that is named. */
public final class Browser implements AutoCloseable {

    public static final String TAB = "\uE004";
    public static final String ENTER = "\uE007";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process driver;
    private final String address;
    private final String session;

    private Browser(Path profile) throws IOException {
        int port = freePort();
        address = "http://127.0.0.1:" + port;
        driver = new ProcessBuilder(driver(), "--port=" + port)
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        Runtime.getRuntime().addShutdownHook(new Thread(driver::destroy));
        await().atMost(PATIENCE).ignoreExceptions().until(() ->
                send("GET", "/status", Map.of()).path("ready").asBoolean());
        session = "/session/" + send("POST", "/session", Map.of("capabilities", Map.of("alwaysMatch", Map.of(
                "browserName", "chrome", "goog:loggingPrefs", Map.of("browser", "ALL"), "goog:chromeOptions",
                Map.of("args", arguments(profile)))))).path("sessionId").asText();
    }

    private static String driver() {
        return Optional.ofNullable(System.getenv("CHROMEDRIVER")).orElse("/usr/bin/chromedriver");
    }

    private static List<String> arguments(Path profile) {
        return List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--user-data-dir=" + profile);
    }

    /** Starts one with an empty profile. */
    public static Browser start(Path profile) throws IOException {
        return new Browser(profile);
    }

    public void open(String url) {
        command("POST", "/url", Map.of("url", url));
    }

    /** What a function's body returns in the page. */
    public JsonNode run(String script) {
        return command("POST", "/execute/sync", Map.of("script", script, "args", List.of()));
    }

    /** The text that a person sees in the first element that matches; empty if there is none. */
    public String text(String selector) {
        return run("const found = document.querySelector('%s'); return found ? found.innerText : '';"
                .formatted(selector)).asText();
    }

    public int count(String selector) {
        return run("return document.querySelectorAll('%s').length".formatted(selector)).asInt();
    }

    /** Waits until the element says so. */
    public void awaitText(String selector, String part) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() ->
                assertThat(text(selector)).as(selector).contains(part));
    }

    public void press(String keys) {
        List<Map<String, String>> actions = keys.codePoints().mapToObj(Character::toString).flatMap(key -> Stream.of(
                Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key))).toList();
        command("POST", "/actions", Map.of("actions",
                List.of(Map.of("type", "key", "id", "keys", "actions", actions))));
    }

    /** As wide as a phone, say; headless windows cannot be made that narrow. */
    public void size(int width, int height) {
        devtools("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    public void prefer(String feature, String value) {
        devtools("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    private void devtools(String method, Map<String, ?> parameters) {
        command("POST", "/goog/cdp/execute", Map.of("cmd", method, "params", parameters));
    }

    /** Errors of the page and of its policy since the last call. */
    public List<String> complaints() {
        JsonNode lines = command("POST", "/se/log", Map.of("type", "browser"));
        return ((ArrayNode) lines).valueStream().filter(line -> line.path("level").asText().equals("SEVERE"))
                .map(line -> line.path("message").asText()).toList();
    }

    public void picture(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(command("GET", "/screenshot", Map.of()).asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode command(String method, String path, Map<String, ?> body) {
        return send(method, session + path, body);
    }

    private JsonNode send(String method, String path, Map<String, ?> body) {
        try {
            HttpRequest.BodyPublisher content = method.equals("POST")
                    ? HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))
                    : HttpRequest.BodyPublishers.noBody();
            HttpResponse<String> response = client.send(HttpRequest.newBuilder(URI.create(address + path))
                    .timeout(Duration.ofSeconds(60)).method(method, content).build(),
                    HttpResponse.BodyHandlers.ofString());
            JsonNode value = JSON.readTree(response.body()).path("value");
            if (response.statusCode() != 200) {
                throw new IllegalStateException("the browser refuses " + path + ": " + value.path("message").asText());
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    @Override
    public void close() {
        try {
            command("DELETE", "", Map.of());
        } finally {
            driver.destroy();
            client.close();
        }
    }
}
