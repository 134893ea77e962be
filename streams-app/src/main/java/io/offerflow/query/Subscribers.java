package io.offerflow.query;

import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
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
    private static final String RELOAD = "event: reload\ndata: {}\n\n";
    private static final String END = "";

    private static final class Subscriber {
        private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(MAX_QUEUED_EVENTS);
        private final Optional<Set<String>> publishers;

        Subscriber(Optional<Set<String>> publishers) {
            this.publishers = publishers;
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
        all.stream().filter(one -> one.publishers.map(wanted -> wanted.contains(publisherId)).orElse(true))
                .forEach(one -> one.offer(text));
    }

    /** Tells all subscribers to request the list again. */
    void reload() {
        all.forEach(one -> one.offer(RELOAD));
    }

    /** Streams events until the client disconnects; the server closes a connection on which a write is blocked. */
    ApiResponse serve(ApiRequest request) {
        request.allowParameters("publisher");
        if (closed || all.size() >= MAX_SUBSCRIBERS) {
            throw HttpError.unavailable("BUSY", 5, "There are %d subscribers already, the most there may be.",
                    all.size());
        }
        Subscriber subscriber = new Subscriber(ReadAccess.publishers(request));
        return ApiResponse.stream(200, "text/event-stream", out -> {
            all.add(subscriber);
            try {
                stream(subscriber, out);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            } finally {
                all.remove(subscriber);
            }
        });
    }

    private void stream(Subscriber subscriber, OutputStream out) throws IOException, InterruptedException {
        String next = "event: hello\ndata: {}\n\n";
        while (!closed && !next.equals(END)) {
            out.write(next.getBytes(StandardCharsets.UTF_8));
            out.flush();
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
