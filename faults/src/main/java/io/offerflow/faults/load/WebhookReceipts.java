package io.offerflow.faults.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.offerflow.contract.json.JsonTrees;
import io.offerflow.faults.history.WebhookReceipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver of webhooks that accepts everything and remembers it. */
public final class WebhookReceipts implements AutoCloseable {

    private static final int BACKLOG = 100;
    private static final int NO_CONTENT = 204;

    private final RecoveryTimes recoveries;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<WebhookReceipt> receipts = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    public WebhookReceipts(RecoveryTimes recoveries) {
        this.recoveries = recoveries;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen for webhooks", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            long receivedAt = System.currentTimeMillis();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            receipts.add(new WebhookReceipt(id, JsonTrees.parse(body).path("subject").asText()));
            ids.add(id);
            exchange.sendResponseHeaders(NO_CONTENT, -1);
            recoveries.outcome(RecoveryTimes.NOTIFIER, receivedAt);
        }
    }

    /** The address for a subscription. */
    public String url() {
        return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    }

    /** Everything so far, in the order of receipt. */
    public List<WebhookReceipt> receipts() {
        synchronized (receipts) {
            return List.copyOf(receipts);
        }
    }

    /** The events that were received at least once. */
    public Set<String> ids() {
        return Set.copyOf(ids);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
