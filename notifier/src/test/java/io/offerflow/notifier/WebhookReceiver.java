package io.offerflow.notifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.offerflow.contract.json.JsonTrees;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A receiver of webhooks that remembers what it received and answers as a test says. */
final class WebhookReceiver implements AutoCloseable {

    /** A request with its body. */
    record ReceivedEvent(String path, String id, String body, Map<String, List<String>> headers, long atNanos) {
        JsonNode json() {
            return JsonTrees.parse(body);
        }

        List<String> signatures() {
            return List.of(header("Webhook-signature").split(" "));
        }

        String header(String name) {
            return headers.get(name).getFirst();
        }

        String key() {
            return json().path("subject").asText();
        }
    }

    /** An answer; a status of 0 ends the connection without one. */
    record PlannedAnswer(int status, Map<String, String> headers) {
        static PlannedAnswer of(int status) {
            return new PlannedAnswer(status, Map.of());
        }
    }

    /** Decides on the answer. */
    interface AnswerPlan {
        PlannedAnswer to(ReceivedEvent event) throws InterruptedException;
    }

    private final HttpServer server;
    private final List<ReceivedEvent> received = new CopyOnWriteArrayList<>();
    private volatile AnswerPlan plan = event -> PlannedAnswer.of(204);

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::receive);
        server.start();
    }

    void plan(AnswerPlan next) {
        plan = next;
    }

    String url(String path) {
        return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), path);
    }

    List<ReceivedEvent> received() {
        return List.copyOf(received);
    }

    /** The events of one path. */
    List<ReceivedEvent> received(String path) {
        return received.stream().filter(event -> event.path().equals("/" + path)).toList();
    }

    List<String> ids(String path) {
        return received(path).stream().map(ReceivedEvent::id).toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getRequestHeaders();
            ReceivedEvent event = new ReceivedEvent(exchange.getRequestURI().getPath(), headers.getFirst("webhook-id"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), Map.copyOf(headers),
                    System.nanoTime());
            received.add(event);
            PlannedAnswer answer = plan.to(event);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            if (answer.status() > 0) {
                exchange.sendResponseHeaders(answer.status(), -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
