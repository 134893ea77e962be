package io.offerflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.http.ApiRequest;
import io.offerflow.identity.BearerAuthenticator;
import io.offerflow.identity.TokenFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask what over HTTP once tokens are set. */
class ReadAccessTest {

    private static final String READER = "reader-0123456789abcdef";
    private static final String COMMERCE = "commerce-0123456789abcdef";

    @TempDir
    private static Path folder;

    private static QueryServer server;

    @BeforeAll
    static void start() throws IOException {
        Path file = Files.writeString(folder.resolve("tokens.properties"),
                "status-reader=" + READER + "\ncommerce=" + COMMERCE + "\n");
        server = QueryServer.open("127.0.0.1", 0, Optional.of(new BearerAuthenticator(
                Optional.of(TokenFile.of(file)), Optional.empty())), () -> "metrics", Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/offers", "/offers/a/b", "/events", "/metrics", "/openapi.yaml", "/nowhere"})
    void withoutATokenTheResponseSaysWhatIsExpected(String path) {
        HttpResponse<String> answer = ask(path, Optional.empty());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.body()).contains("http.tokens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong-0123456789abcdef", "Bearer", "Bearer ", "Basic reader-0123456789abcdef",
        READER, "Bearer reader-0123456789abcde"})
    void aWrongTokenIsNone(String authorization) {
        assertThat(ask("/metrics", Optional.of(authorization)).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"/metrics, 200, 200", "/openapi.yaml, 200, 200", "/offers/a/b, 503, 503",
        "/offers/a/b/entitlements/p/10000000-2000-3000-4000-500000000000, 403, 503",
        "/offers/a/b/audience, 403, 404", "/offers/a/b/plans/p/audience, 403, 503", "/offers/a/b/%61udience, 403, 404"})
    void aStatusReaderSeesEverythingButCustomers(String path, int reader, int commerce) {
        assertThat(ask(path, Optional.of("Bearer " + READER)).statusCode()).isEqualTo(reader);
        assertThat(ask(path, Optional.of("bearer " + COMMERCE)).statusCode()).isEqualTo(commerce);
    }

    @Test
    void healthIsForEverybody() {
        assertThat(ask("/health/live", Optional.empty()).statusCode()).isEqualTo(200);
        assertThat(ask("/health/ready", Optional.empty()).statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'' | has no token",
        "reader=0123456789abcdef | has the unknown role \"reader\"", "commerce=short | the token of commerce"})
    void aFileThatSaysSomethingElseIsRefusedWithoutShowingATokenOfIt(String text, String said) throws IOException {
        Path file = Files.writeString(folder.resolve("other.properties"), text);

        assertThatThrownBy(() -> TokenFile.of(file)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said).hasMessageNotContaining("0123456789abcdef");
        assertThatThrownBy(() -> TokenFile.of(folder.resolve("missing")))
                .hasMessageContaining("cannot read the tokens in");
    }

    @Test
    void aCallDoesNotShowItsToken() {
        ApiRequest call = ApiRequest.of("GET", URI.create("/offers"),
                HttpHeaders.of(Map.of("Authorization", List.of("Bearer " + READER)), (name, value) -> true),
                InputStream.nullInputStream());

        assertThat(call.toString()).doesNotContain(READER).contains("/offers");
    }

    private static HttpResponse<String> ask(String path, Optional<String> authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)));
        authorization.ifPresent(shown -> request.header("Authorization", shown));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
