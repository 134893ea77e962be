package io.offerflow.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.notifier.sending.TrustedCertificates;
import io.offerflow.notifier.webhook.AddressPolicy.ForbiddenAddressException;
import io.offerflow.notifier.webhook.WebhookClient.WebhookAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client, with a server that answers with raw bytes. */
class WebhookClientTest {

    private static final Duration TIMEOUT = Duration.ofMillis(700);

    /** Writes an answer to a connection. */
    private interface RawAnswer {
        void to(Socket connection, OutputStream out) throws Exception;
    }

    private final CopyOnWriteArrayList<String> requests = new CopyOnWriteArrayList<>();
    private final WebhookClient client = new WebhookClient(new AddressPolicy("127.0.0.0/8"),
            TrustedCertificates.context(Optional.empty()), TIMEOUT);
    private ServerSocket server;
    private volatile RawAnswer answer = (connection, out) -> out.write(bytes("HTTP/1.1 204 No Content\r\n"
            + "Connection: close\r\n\r\n"));

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket connection = server.accept();
                    Thread.ofVirtual().start(() -> serve(connection));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void serve(Socket connection) {
        try (connection) {
            byte[] request = new byte[8_192];
            int read = connection.getInputStream().read(request);
            requests.add(new String(request, 0, Math.max(0, read), StandardCharsets.UTF_8));
            answer.to(connection, connection.getOutputStream());
            connection.getOutputStream().flush();
        } catch (Exception expected) {
            // the client has gone
        }
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        answer = (connection, out) -> out.write(bytes("HTTP/1.1 302 Found\r\nLocation: /secret\r\n"
                + "Content-Length: 0\r\n\r\n"));
        assertThat(post(url()).status()).isEqualTo(302);
        assertThat(requests).hasSize(1);
    }

    @Test
    void aReceiverThatHangsIsLeftAfterTheTimeout() {
        answer = (connection, out) -> TimeUnit.SECONDS.sleep(10);
        assertTimesOut();
    }

    @Test
    void aReceiverThatSendsSlowlyIsLeftAfterTheTimeout() {
        answer = (connection, out) -> {
            out.write(bytes("HTTP/1.1 200 OK\r\n"));
            for (int i = 0; i < 100; i++) {
                out.write(bytes("X-Slow-%d: yes\r\n".formatted(i)));
                out.flush();
                TimeUnit.MILLISECONDS.sleep(100);
            }
        };
        assertTimesOut();
    }

    private void assertTimesOut() {
        Instant began = Instant.now();
        assertThatThrownBy(() -> post(url())).isInstanceOf(IOException.class);
        assertThat(Duration.between(began, Instant.now())).isLessThan(TIMEOUT.plusSeconds(2));
    }

    @Test
    void aResetIsAFailureAndNotTriedAgain() {
        answer = (connection, out) -> connection.setSoLinger(true, 0);
        assertThatThrownBy(() -> post(url())).isInstanceOf(IOException.class);
        assertThat(requests).hasSize(1);
    }

    @Test
    void ofALargeAnswerOnlyTheBeginningIsRead() throws IOException {
        answer = (connection, out) -> {
            out.write(bytes("HTTP/1.1 500 Oops\r\nContent-Length: 1000000000\r\nRetry-After: 120\r\n\r\n"));
            for (int i = 0; i < 10_000; i++) {
                out.write(bytes("<p>broken</p>\u0007\n".repeat(100)));
            }
        };
        WebhookAnswer got = post(url());
        assertThat(got.status()).isEqualTo(500);
        assertThat(got.retryAfter()).contains("120");
        assertThat(got.body()).startsWith("<p>broken</p> <p>").hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void anAddressInTheUrlIsCheckedLikeAName() {
        assertThatThrownBy(() -> new WebhookClient(new AddressPolicy(""), TrustedCertificates.context(Optional.empty()),
                TIMEOUT).post(URI.create(url()), Map.of(), new byte[0])).isInstanceOf(ForbiddenAddressException.class);
        assertThat(requests).isEmpty();
    }

    /** A name whose address changes between check and call has nothing to change: it is resolved once. */
    @Test
    void theCheckedAddressIsTheOneThatIsCalled() throws IOException {
        CopyOnWriteArrayList<String> resolved = new CopyOnWriteArrayList<>();
        DnsResolver changing = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws java.net.UnknownHostException {
                resolved.add(host);
                return new InetAddress[] {InetAddress.getByName(resolved.size() == 1 ? "127.0.0.1" : "10.9.9.9")};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        AddressPolicy policy = new AddressPolicy("127.0.0.0/8");
        try (WebhookClient rebound = new WebhookClient(new CheckedResolver(policy, true, changing),
                new CheckedResolver(policy, false, changing), TrustedCertificates.context(Optional.empty()), TIMEOUT)) {
            URI named = URI.create("http://receiver.example:%d/".formatted(server.getLocalPort()));
            assertThat(rebound.post(named, Map.of(), new byte[0]).status()).isEqualTo(204);
            assertThat(resolved).containsExactly("receiver.example");
            assertThatThrownBy(() -> rebound.post(named, Map.of(), new byte[0]))
                    .isInstanceOf(ForbiddenAddressException.class);
        }
    }

    private WebhookAnswer post(String url) throws IOException {
        return client.post(URI.create(url), Map.of("webhook-id", "1"), bytes("{}"));
    }

    private String url() {
        return "http://127.0.0.1:%d/hook".formatted(server.getLocalPort());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
