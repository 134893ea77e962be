package io.offerflow.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.contract.json.JsonTrees;
import io.offerflow.faults.history.GatewayAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients of a gateway. Each sends the commands of one offer, and repeats each of them until it is answered. */
public final class GatewayClients implements AutoCloseable {

    private static final int CLIENTS = 6;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final Set<Integer> ANSWERED = Set.of(200, 201);
    /** The outcome comes later; too many requests; broker or registry away. */
    private static final Set<Integer> REPEATED = Set.of(202, 429, 503);

    private final String url;
    private final RecoveryTimes recoveries;
    private final List<GatewayAnswer> answers = Collections.synchronizedList(new ArrayList<>());
    private final List<String> refused = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong repeated = new AtomicLong();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1)).build();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean stopped;
    private volatile boolean ended;

    /** Begins to send. */
    public GatewayClients(String url, RecoveryTimes recoveries) {
        this.url = url;
        this.recoveries = recoveries;
        for (int client = 0; client < CLIENTS; client++) {
            String offer = "fabrikam/client-" + client;
            clients.add(Thread.ofVirtual().start(() -> play(offer)));
        }
    }

    private void play(String offer) {
        try {
            send(offer, 0, "CreateOffer", "{\"offerType\": \"SAAS\", \"alias\": \"By HTTP\"}");
            for (int number = 1; !stopped; number++) {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
                send(offer, number, "SaveSection", "{\"section\": \"TEST_DRIVE\", \"content\": {\"TestDrive\": "
                        + "{\"description\": \"Version %d\"}}}".formatted(number));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String offer, int number, String command, String body) throws InterruptedException {
        String key = UUID.nameUUIDFromBytes((offer + "#" + number).getBytes(StandardCharsets.UTF_8)).toString();
        HttpRequest request = HttpRequest.newBuilder(URI.create("%s/offers/%s/commands/%s".formatted(url, offer,
                command))).timeout(REQUEST_TIMEOUT).header("Content-Type", "application/json")
                .header("Idempotency-Key", key).header("Prefer", "wait=3")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        while (!ended) {
            long sentAt = System.currentTimeMillis();
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (ANSWERED.contains(response.statusCode())) {
                    JsonNode json = JsonTrees.parse(response.body());
                    answers.add(new GatewayAnswer(offer, number, json.get("commandId").asText(),
                            json.get("result").asText(), json.get("draftVersion").asLong()));
                    recoveries.outcome(RecoveryTimes.GATEWAY, sentAt);
                    return;
                }
                if (!REPEATED.contains(response.statusCode())) {
                    refused.add("%s %d of %s was answered with %d: %s".formatted(command, number, offer,
                            response.statusCode(), response.body()));
                    return;
                }
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis()); // the back-off of a client
            }
            repeated.incrementAndGet();
        }
        refused.add("%s %d of %s had no answer".formatted(command, number, offer));
    }

    /** Sends nothing new, and repeats what has no answer until everything has one, or the time is over. */
    public void awaitAnswers(Duration timeout) throws InterruptedException {
        stopped = true;
        long until = System.nanoTime() + timeout.toNanos();
        for (Thread client : clients) {
            client.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
        ended = true;
        for (Thread client : clients) {
            client.join();
        }
    }

    public List<GatewayAnswer> answers() {
        return List.copyOf(answers);
    }

    /** Requests that had no answer, or another one than an outcome that they have to get. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    /** How often a request was sent again. */
    public long repeated() {
        return repeated.get();
    }

    @Override
    public void close() {
        stopped = true;
        ended = true;
        clients.forEach(Thread::interrupt);
        http.close();
    }
}
