package io.offerflow.cli.demo;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Notification;
import io.offerflow.avro.OfferStatus;
import io.offerflow.cli.render.OutputHandler;
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

/** The records observed on the output topics so far, by offer; feeds wait here for the ones that they need. */
final class ObservedState implements OutputHandler {

    /** The records of one offer, oldest first; a status row without value is the tombstone of a deletion. */
    static final class ObservedOffer {
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
    private final Map<String, ObservedOffer> offers = new HashMap<>();
    private boolean ended;

    @Override
    public void outcome(String key, CommandOutcome outcome) {
        // the first answer is the one that counts; duplicates refer to it
        update(key, offer -> offer.outcomes.putIfAbsent(outcome.getCommandId(), outcome));
    }

    @Override
    public void status(String key, Optional<OfferStatus> row) {
        update(key, offer -> offer.rows.add(row));
    }

    @Override
    public void notification(String key, Notification notification) {
        update(key, offer -> offer.notifications.add(notification));
    }

    /** Ends all waiting: {@link #await} returns without a result from now on. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is found among the records of an offer; empty if the demo ended first. */
    <T> Optional<T> await(String key, Function<ObservedOffer, Optional<T>> search) throws InterruptedException {
        lock.lock();
        try {
            Optional<T> found = search.apply(offer(key));
            while (found.isEmpty() && !ended) {
                changed.await(Duration.ofSeconds(1).toNanos(), TimeUnit.NANOSECONDS);
                found = search.apply(offer(key));
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Reads without waiting. */
    <T> T read(String key, Function<ObservedOffer, T> question) {
        lock.lock();
        try {
            return question.apply(offer(key));
        } finally {
            lock.unlock();
        }
    }

    private void update(String key, Function<ObservedOffer, ?> change) {
        lock.lock();
        try {
            change.apply(offer(key));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private ObservedOffer offer(String key) {
        return offers.computeIfAbsent(key, unseen -> new ObservedOffer());
    }
}
