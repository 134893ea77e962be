package io.offerflow.notifier.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What one receiver is sent when: at most so many events per second and at a time. After several failures in a row the
 * receiver is left alone, and then gets one event at a time until one succeeds.
 */
final class Throttle {

    /** Failures in a row after which the receiver counts as not available. */
    static final int FAILURES = 5;

    private static final RetryPolicy PROBES =
            new RetryPolicy(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ZERO);
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);
    private static final Comparator<OfferQueue> ORDER = Comparator.comparing(OfferQueue::dueAt)
            .thenComparingLong(queue -> queue.turn);

    /** Queues with an event that is not in flight; their due times change only while they are outside. */
    private final TreeSet<OfferQueue> waiting = new TreeSet<>(ORDER);
    private final RandomGenerator random;
    private Destination.Receiver receiver;
    private boolean paused;
    private int inFlight;
    private int failures;
    private Instant closedUntil = Instant.MIN;
    private double tokens = Double.MAX_VALUE;
    private Instant filledAt = Instant.MIN;
    private long turns;

    Throttle(Destination.Receiver receiver, RandomGenerator random) {
        this.receiver = receiver;
        this.random = random;
    }

    /** Follows a change of the destination. */
    void update(Destination destination) {
        receiver = destination.receiver();
        paused = destination.paused();
    }

    void add(OfferQueue queue) {
        queue.turn = turns++;
        waiting.add(queue);
    }

    /** Takes a queue out, before its first event changes. */
    void remove(OfferQueue queue) {
        waiting.remove(queue);
    }

    /** Whether it has neither events nor failures to remember. */
    boolean isIdle() {
        return waiting.isEmpty() && inFlight == 0 && failures == 0;
    }

    /** The next queue whose first event may be sent now; it counts as in flight from then on. */
    Optional<OfferQueue> next(Instant now) {
        int most = failures >= FAILURES ? 1 : receiver.maxInFlight();
        if (paused || waiting.isEmpty() || inFlight >= most || now.isBefore(closedUntil)
                || waiting.first().dueAt().isAfter(now)) {
            return Optional.empty();
        }
        fill(receiver.maxPerSecond(), now);
        if (tokens < 1) {
            return Optional.empty();
        }
        tokens--;
        inFlight++;
        return Optional.ofNullable(waiting.pollFirst());
    }

    /** Tokens for one second at most: a receiver that was idle gets no larger burst. */
    private void fill(int perSecond, Instant now) {
        if (tokens > perSecond || filledAt.isAfter(now)) {
            tokens = perSecond;
        } else {
            tokens = Math.min(perSecond, tokens + Duration.between(filledAt, now).toNanos() / 1e9 * perSecond);
        }
        filledAt = now;
    }

    /** An event in flight is done, or its lane has gone. */
    void finished() {
        inFlight--;
    }

    /** The receiver is available: what waits because it was not is sent now. */
    void succeeded(Instant now) {
        if (failures >= FAILURES) {
            List<OfferQueue> all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(queue -> {
                PendingDelivery first = queue.events.getFirst();
                first.dueAt = first.dueAt.isAfter(now) ? now : first.dueAt;
                add(queue);
            });
        }
        failures = 0;
    }

    /** A try failed; the wait that the receiver asks for holds for all its events. */
    void failed(DeliveryResult.Failed failure, Instant now) {
        if (failure.kind().isOfReceiver()) {
            failures++;
            if (failures >= FAILURES) {
                close(now.plus(PROBES.wait(failures - FAILURES + 1, random)));
            }
        }
        failure.retryAfter().ifPresent(wait -> close(now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT)));
    }

    private void close(Instant until) {
        closedUntil = until.isAfter(closedUntil) ? until : closedUntil;
    }
}
