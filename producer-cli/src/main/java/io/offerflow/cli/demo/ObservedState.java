package io.offerflow.cli.demo;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Notification;
import io.offerflow.avro.OfferStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** What was seen on the output topics so far, by offer; those who wait for something wait here. */
final class ObservedState {

    /** What was seen of one offer, oldest first; a status row without value is the tombstone of a deletion. */
    static final class Trail {
        private final Map<String, CommandOutcome> outcomes = new HashMap<>();
        private final List<Optional<OfferStatus>> rows = new ArrayList<>();
        private final List<Notification> notifications = new ArrayList<>();

        Optional<CommandOutcome> outcome(String commandId) {
            return Optional.ofNullable(outcomes.get(commandId));
        }

        List<Optional<OfferStatus>> rows() {
            return rows;
        }

        List<Notification> notifications() {
            return notifications;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Trail> trails = new HashMap<>();
    private boolean over;

    void outcome(String key, CommandOutcome outcome) {
        // the first answer is the one that counts; duplicates refer to it
        add(key, trail -> trail.outcomes.putIfAbsent(outcome.getCommandId(), outcome));
    }

    void row(String key, Optional<OfferStatus> row) {
        add(key, trail -> trail.rows.add(row));
    }

    void notification(String key, Notification notification) {
        add(key, trail -> trail.notifications.add(notification));
    }

    /** Ends all waiting: it answers with nothing from now on. */
    void end() {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is found in the trail of an offer; empty when the demo ended before. */
    <T> Optional<T> await(String key, Function<Trail, Optional<T>> look) throws InterruptedException {
        lock.lock();
        try {
            Optional<T> found = look.apply(trail(key));
            while (found.isEmpty() && !over) {
                changed.await(Duration.ofSeconds(1).toNanos(), TimeUnit.NANOSECONDS);
                found = look.apply(trail(key));
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Looks without waiting. */
    <T> T look(String key, Function<Trail, T> question) {
        lock.lock();
        try {
            return question.apply(trail(key));
        } finally {
            lock.unlock();
        }
    }

    private void add(String key, Function<Trail, ?> change) {
        lock.lock();
        try {
            change.apply(trail(key));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Trail trail(String key) {
        return trails.computeIfAbsent(key, offer -> new Trail());
    }
}
