package io.offerflow.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.offerflow.gateway.Client.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a gateway does with clients that send too much, too slowly, too often, or from elsewhere. */
@ExtendWith(Marketplace.class)
class SafetyTest {

    private static final String CREATE = "{\"offerType\": \"SAAS\", \"alias\": \"Shift planner\"}";
    private static Gateway gateway;
    private static Client client;

    @BeforeAll
    static void start() {
        gateway = Marketplace.gateway(Map.of());
        client = new Client(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void aBodyOf100MegabytesIsRefusedBeforeItIsRead() throws IOException {
        String head = "POST /offers/contoso/big/commands/CreateOffer HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\n";
        assertThat(raw(head + "Content-Length: 104857600\r\n\r\n{")).startsWith("HTTP/1.1 413").contains("TOO_LARGE");
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write((head + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = new byte[64 * 1024];
            int sent = 0;
            try {
                while (sent < 104_857_600) {
                    out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.write(chunk);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    sent += chunk.length;
                }
            } catch (IOException closed) {
                assertThat(sent).isLessThan(50_000_000); // the gateway has closed the connection
            }
            assertThat(read(socket)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void headersAndAddressesHaveALimit() throws IOException {
        assertThat(raw("GET /offers HTTP/1.1\r\nHost: localhost\r\nX-Large: %s\r\n\r\n".formatted("x".repeat(20_000))))
                .startsWith("HTTP/1.1 431").contains("application/problem+json", "REQUEST_HEADER_FIELDS_TOO_LARGE");
        assertThat(raw("GET /offers?q=%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted("x".repeat(20_000))))
                .matches("(?s)HTTP/1.1 (414|431).*problem.json.*");
        assertThat(raw("NONSENSE\r\n\r\n")).startsWith("HTTP/1.1 400").contains("problem+json");
    }

    @Test
    void onlyRequestsForThisGatewayAndFromItsPagesAreServed() throws IOException {
        assertThat(raw("GET /me HTTP/1.1\r\nHost: evil.example\r\n\r\n")).startsWith("HTTP/1.1 421");
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example:8090\r\n\r\n")).startsWith("HTTP/1.1 421");
        assertThat(raw("GET /me HTTP/1.1\r\nHost: localhost:%d\r\n\r\n".formatted(gateway.port())))
                .startsWith("HTTP/1.1 200");
        assertThat(raw("GET /me HTTP/1.1\r\nHost: [::1]:1\r\n\r\n")).startsWith("HTTP/1.1 200");
        String post = "POST /offers/contoso/x/commands/CancelPublish HTTP/1.1\r\nHost: localhost:1\r\nOrigin: %s\r\n"
                + "Content-Length: 0\r\n\r\n";
        assertThat(raw(post.formatted("https://evil.example"))).startsWith("HTTP/1.1 403");
        assertThat(raw(post.formatted("null"))).startsWith("HTTP/1.1 403");
        assertThat(raw(post.formatted("http://localhost:2"))).startsWith("HTTP/1.1 403");
        assertThat(raw(post.formatted("http://localhost:1"))).startsWith("HTTP/1.1 202");
    }

    @Test
    void everyResponseTellsBrowsersToBeCareful() {
        for (String path : List.of("/me", "/offers", "/nowhere", "/health/live")) {
            Reply reply = client.get(path);
            assertThat(reply.header("X-Content-Type-Options")).as(path).contains("nosniff");
            assertThat(reply.header("Cache-Control")).contains("no-store");
            assertThat(reply.header("Referrer-Policy")).contains("no-referrer");
            assertThat(reply.header("Content-Security-Policy").orElseThrow()).contains("default-src 'none'",
                    "frame-ancestors 'none'");
            assertThat(reply.header("Server")).isEmpty();
            assertThat(reply.header("Set-Cookie")).isEmpty();
        }
        assertThat(client.get("/").header("Content-Security-Policy").orElseThrow()).contains("script-src 'sha256-");
    }

    @Test
    void theTitleOfAProblemIsThatOfTheStatusLine() throws IOException {
        String post = "POST /offers/contoso/titles/commands/CreateOffer HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                + "application/json\r\nContent-Length: %d\r\n\r\n%s";
        for (String request : new String[] {post.formatted(1, "{"), post.formatted(8, "{\"x\": 1}"),
            post.formatted(104_857_600, "{"), "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n"}) {
            String answer = raw(request);
            String title = answer.substring(answer.indexOf(' ', 9) + 1, answer.indexOf("\r\n"));
            assertThat(answer).contains("\"title\":\"" + title + "\"");
        }
        assertThat(raw(post.formatted(1, "{"))).startsWith("HTTP/1.1 400").contains("MALFORMED_JSON");
        assertThat(raw(post.formatted(8, "{\"x\": 1}"))).startsWith("HTTP/1.1 422").contains("\"MALFORMED\"");
    }

    @Test
    void aSlowBodyIsGivenUp() throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /offers/contoso/slow/commands/CreateOffer HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                    + "application/json\r\nContent-Length: 5000\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            long start = System.nanoTime();
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> read(socket));
            await().atMost(Duration.ofSeconds(15)).until(() -> {
                try {
                    out.write(' ');
                    return answer.isDone();
                } catch (IOException closed) {
                    return true;
                }
            });
            assertThat(answer.join()).startsWith("HTTP/1.1 408").contains("REQUEST_TIMEOUT");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void tooManyRequestsOfACallerAreAskedToComeLater() {
        try (Gateway strict = Marketplace.gateway(Map.of("requests.per.second", "20"))) {
            List<Reply> replies = IntStream.range(0, 100).mapToObj(i -> new Client(strict).get("/me")).toList();
            assertThat(replies).anyMatch(reply -> reply.status() == 200);
            Reply refused = replies.stream().filter(reply -> reply.status() == 429).findFirst().orElseThrow();
            assertThat(refused.header("Retry-After")).contains("1");
            assertThat(refused.text("reason")).isEqualTo("TOO_MANY_REQUESTS");
        }
    }

    @Test
    void moreRequestsAtATimeThanThereIsRoomForAreRefused() {
        Marketplace.pauseService();
        try (Gateway small = Marketplace.gateway(Map.of("requests.concurrent", "4"))) {
            Client one = new Client(small);
            List<CompletableFuture<Reply>> waiting = IntStream.range(0, 4).mapToObj(i ->
                    CompletableFuture.supplyAsync(() -> one.send("POST", "/offers/contoso/x%d/commands/CreateOffer"
                            .formatted(i), CREATE, "Prefer", "wait=3"))).toList();
            await().until(() -> one.get("/me").status() == 429);
            assertThat(waiting).allMatch(reply -> reply.join().status() == 202);
            assertThat(one.get("/me").status()).isEqualTo(200);
        } finally {
            Marketplace.resumeService();
        }
    }

    @Test
    void bodiesThatComeSlowlyDoNotTakeAllMemory() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) { // as much as all bodies together may take
                Socket socket = connect();
                slow.add(socket);
                socket.getOutputStream().write(("PUT /offers/contoso/x/plans/p/audience HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nI\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
            }
            await().until(() -> client.post("contoso/x", "CancelPublish", "{}").status() == 429);
            assertThat(client.get("/me").status()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        await().until(() -> client.post("contoso/x", "CancelPublish", "{}").status() == 202);
    }

    @Test
    void tenThousandIdleConnectionsDoNotKeepOthersOut() throws IOException {
        try (IdleConnections idle = IdleConnections.open(gateway.port(), 10_000)) {
            Reply reply = client.command("contoso/" + UUID.randomUUID().toString().substring(0, 8), "CreateOffer",
                    CREATE);
            assertThat(reply.status()).isEqualTo(201);
            assertThat(idle.isOpen()).isTrue();
        }
    }

    @Test
    void aGatewayThatEndsAnswersWhatItHasBegun() {
        Gateway ending = Marketplace.gateway(Map.of());
        List<CompletableFuture<Reply>> begun = IntStream.range(0, 20).mapToObj(i -> CompletableFuture.supplyAsync(() ->
                new Client(ending).command("contoso/" + UUID.randomUUID(), "CreateOffer", CREATE))).toList();
        await().until(() -> begun.stream().anyMatch(CompletableFuture::isDone));
        ending.close();

        assertThat(begun.stream().filter(reply -> !reply.isCompletedExceptionally()).map(CompletableFuture::join)
                .map(Reply::status)).isNotEmpty().allMatch(status -> status == 201 || status == 503);
    }

    @Test
    void aGatewayEndsWithAnOpenStreamOfEvents() throws IOException {
        Gateway ending = Marketplace.gateway(Map.of());
        try (Socket reader = new Socket("127.0.0.1", ending.port())) {
            reader.setSoTimeout(10_000);
            reader.getOutputStream().write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(reader.getInputStream().readNBytes(200), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
            long start = System.nanoTime();
            ending.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", gateway.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.replaceFirst("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return read(socket);
        }
    }

    /** What comes until the connection is closed. */
    private static String read(Socket socket) {
        StringBuilder text = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
        } catch (IOException reset) {
            return text.toString();
        }
        return text.toString();
    }
}
