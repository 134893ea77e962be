package io.offerflow.notifier;

import io.offerflow.avro.DeadLetterReason;
import io.offerflow.notifier.delivery.DeliveryListener;
import io.offerflow.notifier.delivery.DeliveryResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that a receiver fails, once until it accepts an event again. The receiver of all mails is the mail
 * server.
 */
final class FailureLog implements DeliveryListener {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    /** A receiver that fails now and then is not logged more often. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Map<String, Instant> failing = new ConcurrentHashMap<>();
    private final Map<String, Instant> logged = new ConcurrentHashMap<>();

    FailureLog(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void tried(String destinationId, DeliveryResult result) {
        String receiver = destinationId.startsWith("mail:") ? "the mail server" : destinationId;
        if (result instanceof DeliveryResult.Failed failed) {
            Instant now = clock.instant();
            if (failing.putIfAbsent(receiver, now) == null
                    && !logged.getOrDefault(receiver, Instant.MIN).isAfter(now.minus(PAUSE))) {
                logged.put(receiver, now);
                LOG.warn("{} does not accept events now ({}): {}; they are tried again", receiver,
                        failed.kind().name(), failed.answer());
            }
        } else if (result instanceof DeliveryResult.Delivered) {
            Instant since = failing.remove(receiver);
            if (since != null && since.equals(logged.get(receiver))) {
                LOG.info("{} accepts events again after {} s", receiver,
                        Duration.between(since, clock.instant()).toSeconds());
            }
        }
    }

    @Override
    public void givenUp(String destinationId, DeadLetterReason reason) {
        // dead letters have a topic, a metric and an alert
    }
}
