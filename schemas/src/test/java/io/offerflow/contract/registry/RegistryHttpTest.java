package io.offerflow.contract.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RegistryHttpTest {

    private static final Duration SHORT = Duration.ofMillis(600);

    private final StubRegistry stub = new StubRegistry();
    private final StubRegistry second = new StubRegistry();

    @AfterEach
    void close() {
        stub.close();
        second.close();
    }

    @Test
    void aRegistryThatFailsForAMomentIsAskedAgain() {
        stub.answers(500, "{}").answers(503, "starting").answers(429, "slow down").answers(200, "[]");

        assertThat(askSubjects(RegistryOptions.at(stub.url())).body()).isEqualTo("[]");
        assertThat(stub.lines()).hasSize(4);
    }

    @Test
    void aRegistryThatHangsUpIsAskedAgain() {
        stub.hangsUp().hangsUp().answers(200, "[]");

        assertThat(askSubjects(RegistryOptions.at(stub.url())).body()).isEqualTo("[]");
    }

    @Test
    void aRegistryThatKeepsFailingIsGivenUpWhenThePatienceIsUsedUp() {
        for (int i = 0; i < 50; i++) {
            stub.answers(500, "{\"error_code\": 50001, \"message\": \"store is down\"}");
        }

        givesUpWithin(SHORT, () -> askSubjects(RegistryOptions.at(stub.url()).withPatience(SHORT)),
                "the schema registry did not answer GET " + stub.url() + "/subjects in 600 ms",
                "status 500: {\"error_code\": 50001, \"message\": \"store is down\"}");
        assertThat(stub.lines()).hasSizeBetween(2, 10);
    }

    @Test
    void aRegistryThatStaysSilentIsAskedAgainOnANewConnection() {
        stub.staysSilent().answers(200, "[]");

        assertThat(askSubjects(RegistryOptions.at(stub.url()).withPatience(Duration.ofSeconds(2))).body())
                .isEqualTo("[]");
    }

    @Test
    void aRegistryThatStaysSilentIsGivenUp() {
        stub.staysSilent().staysSilent().staysSilent();

        givesUpWithin(SHORT, () -> askSubjects(RegistryOptions.at(stub.url()).withPatience(SHORT)),
                "GET " + stub.url() + "/subjects", "no complete answer after");
    }

    @Test
    void aRegistryThatStallsInItsAnswerIsGivenUp() {
        stub.stallsInTheBody().stallsInTheBody().stallsInTheBody();

        givesUpWithin(SHORT, () -> askSubjects(RegistryOptions.at(stub.url()).withPatience(SHORT)),
                "no complete answer after");
    }

    @Test
    void aRegistryThatIsNotThereIsNamed() throws IOException {
        String url = "http://127.0.0.1:" + unusedPort();

        givesUpWithin(SHORT, () -> askSubjects(RegistryOptions.at(url).withPatience(SHORT)),
                "GET " + url + "/subjects", "last met: connection refused");
    }

    @Test
    void anUnknownHostIsNamed() {
        givesUpWithin(Duration.ofSeconds(10),
                () -> askSubjects(RegistryOptions.at("http://registry.invalid:8081").withPatience(SHORT)),
                "http://registry.invalid:8081/subjects", "unknown host");
    }

    @Test
    void aRefusalIsAnAnswerAndNotAskedForAgain() {
        stub.answers(401, "who are you").answers(200, "[]");

        assertThat(askSubjects(RegistryOptions.at(stub.url())).status()).isEqualTo(401);
        assertThat(stub.lines()).hasSize(1);
    }

    @Test
    void theNextAddressIsTriedAtOnceAndKept() throws IOException {
        second.answers(200, "[1]").answers(200, "[2]");
        RegistryOptions options = RegistryOptions.at(
                "http://127.0.0.1:" + unusedPort() + " , " + stub.url() + "," + second.url());
        stub.answers(503, "starting");

        try (RegistryHttp http = new RegistryHttp(options)) {
            assertThat(http.ask("GET", "/subjects", Optional.empty()).body()).isEqualTo("[1]");
            assertThat(http.ask("GET", "/subjects", Optional.empty()).body()).isEqualTo("[2]");
        }
        assertThat(stub.lines()).hasSize(1);
    }

    @Test
    void credentialsGoIntoTheHeaderOfEachRequest() {
        stub.answers(500, "").answers(200, "[]").answers(200, "[]");
        RegistryOptions options = RegistryOptions.at(stub.url()).withBasicAuth("robot:s3cret");
        try (RegistryHttp http = new RegistryHttp(options)) {
            http.ask("GET", "/subjects", Optional.empty());
        }
        askSubjects(RegistryOptions.at(stub.url().replace("http://", "http://robot:s3cret@")));

        assertThat(stub.asked()).hasSize(3).allSatisfy(
                asked -> assertThat(asked.authorization()).contains("Basic cm9ib3Q6czNjcmV0"));
    }

    @Test
    void withoutCredentialsThereIsNoHeader() {
        stub.answers(200, "[]");
        askSubjects(RegistryOptions.at(stub.url()));

        assertThat(stub.asked().getFirst().authorization()).isEmpty();
    }

    @Test
    void credentialsAreNotSentToWhereARedirectPoints() {
        stub.answers(301, "moved");
        try (RegistryClient client = new RegistryClient(
                RegistryOptions.at(stub.url()).withBasicAuth("robot:s3cret"))) {
            assertThatThrownBy(() -> client.idsOf("x")).isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("name the address it points to").hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void anInterruptedCallerIsLetGoAndStaysInterrupted() {
        stub.staysSilent();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> askSubjects(RegistryOptions.at(stub.url())))
                .isInstanceOf(RegistryUnavailableException.class).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static RegistryResponse askSubjects(RegistryOptions options) {
        try (RegistryHttp http = new RegistryHttp(options)) {
            return http.ask("GET", "/subjects", Optional.empty());
        }
    }

    /** Within the patience and a second for a busy machine. */
    private static void givesUpWithin(Duration patience, Supplier<RegistryResponse> question, String... parts) {
        long start = System.nanoTime();
        assertThatThrownBy(question::get).isInstanceOf(RegistryUnavailableException.class)
                .message().contains(parts);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(patience.plusSeconds(1));
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
