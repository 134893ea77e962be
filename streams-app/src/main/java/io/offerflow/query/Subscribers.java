package io.offerflow.query;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Subscribers to changes over server-sent events; a slow or lost one does not delay the others or the feed. */
final class Subscribers {

    static final int MAX_SUBSCRIBERS = 200;

    private static final int MAX_QUEUED_EVENTS = 1_000;
    private static final int HEARTBEAT_SECONDS = 3;
    private static final long WRITE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final String RELOAD = "event: reload\ndata: {}\n\n";
    private static final String END = "";

    private static final class Subscriber {
        private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(MAX_QUEUED_EVENTS);
        private final Optional<String> publisher;
        private final HttpExchange exchange;
        private volatile long writingSince;

        Subscriber(Optional<String> publisher, HttpExchange exchange) {
            this.publisher = publisher;
            this.exchange = exchange;
        }

        synchronized void offer(String event) {
            if (!queue.offer(event)) {
                queue.clear();
                queue.add(RELOAD);
            }
        }
    }

    private final Set<Subscriber> all = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    int count() {
        return all.size();
    }

    /** Queues an event for the subscribers of a publisher and of all publishers; never blocks. */
    void publish(String publisherId, String event, String data) {
        String text = "event: %s\ndata: %s\n\n".formatted(event, data);
        all.stream().filter(one -> one.publisher.filter(filter -> !filter.equals(publisherId)).isEmpty())
                .forEach(one -> one.offer(text));
    }

    /** Tells all subscribers to request the list again. */
    void reload() {
        all.forEach(one -> one.offer(RELOAD));
    }

    /** Closes connections on which a write has been blocked for too long. */
    void dropStuck() {
        long now = System.nanoTime();
        all.stream().filter(one -> one.writingSince != 0 && now - one.writingSince > WRITE_TIMEOUT_NANOS)
                .forEach(one -> one.exchange.close());
    }

    /** Serves one client until it disconnects. */
    void serve(HttpExchange exchange, ApiRequest request) throws IOException {
        request.allowParameters("publisher");
        if (closed || all.size() >= MAX_SUBSCRIBERS) {
            throw QueryError.unavailable("BUSY", 5, "There are %d subscribers already, the most there may be.",
                    all.size());
        }
        Subscriber subscriber = new Subscriber(request.text("publisher"), exchange);
        all.add(subscriber);
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(200, 0);
            stream(subscriber, exchange.getResponseBody());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            all.remove(subscriber);
        }
    }

    private void stream(Subscriber subscriber, OutputStream out) throws IOException, InterruptedException {
        String next = "event: hello\ndata: {}\n\n";
        while (!closed && !next.equals(END)) {
            subscriber.writingSince = System.nanoTime();
            out.write(next.getBytes(StandardCharsets.UTF_8));
            out.flush();
            subscriber.writingSince = 0;
            next = Optional.ofNullable(subscriber.queue.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS))
                    .orElse(": still here\n\n");
        }
    }

    /** Ends all streams. */
    void close() {
        closed = true;
        all.forEach(one -> one.offer(END));
    }
}
