package io.offerflow.gateway.command;

import io.offerflow.contract.answer.Answer;
import io.offerflow.contract.answer.AnswerCorrelator;
import io.offerflow.contract.answer.AnswerReader;
import io.offerflow.contract.answer.RecordCoordinates;
import io.offerflow.contract.registry.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the committed answers of the service, and hands them to the requests that wait for them. */
final class OutcomeFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeFeed.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int EARLY_ANSWERS_KEPT = 10_000;

    /** A request that waits for its outcome. */
    static final class Expected implements AnswerCorrelator.AwaitingMessage {
        private final String commandId;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private volatile Optional<RecordCoordinates> coordinates = Optional.empty();

        private Expected(String commandId) {
            this.commandId = commandId;
        }

        @Override
        public String commandId() {
            return commandId;
        }

        @Override
        public Optional<RecordCoordinates> coordinates() {
            return coordinates;
        }

        @Override
        public void answered(Answer given) {
            answer.complete(given);
        }

        /** Completes with the answer. */
        CompletableFuture<Answer> answer() {
            return answer;
        }
    }

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final SchemaRegistry registry;
    private final Duration longestWait;
    private final AnswerCorrelator<Expected> correlator = new AnswerCorrelator<>(EARLY_ANSWERS_KEPT, Set.of());
    private final Thread thread = Thread.ofPlatform().name("gateway-outcomes").daemon().unstarted(this::run);
    private AnswerReader reader;
    private volatile boolean closed;

    /**
     * Starts to read at the end of the topics.
     *
     * @param consumers makes consumers of committed records without a group
     * @param longestWait how long a request waits at most: how far to read back after a failure
     */
    OutcomeFeed(Supplier<Consumer<byte[], byte[]>> consumers, SchemaRegistry registry, Duration longestWait) {
        this.consumers = consumers;
        this.registry = registry;
        this.longestWait = longestWait;
        this.reader = new AnswerReader(consumers.get(), registry, Optional.empty());
        thread.start();
    }

    /** Expects the answer to a command that is about to be sent. */
    Expected expect(String commandId) {
        Expected expected = new Expected(commandId);
        synchronized (correlator) {
            correlator.sent(expected);
        }
        return expected;
    }

    /** The command is appended; without coordinates, it is not. */
    void settled(Expected expected, Optional<RecordCoordinates> coordinates) {
        expected.coordinates = coordinates;
        synchronized (correlator) {
            correlator.settled(expected);
        }
    }

    /** The request waits no longer. */
    void forget(Expected expected) {
        synchronized (correlator) {
            correlator.forget(expected);
        }
    }

    private void run() {
        while (!closed) {
            try {
                List<Answer> answers = reader.poll(POLL);
                synchronized (correlator) {
                    correlator.answered(answers);
                }
            } catch (RuntimeException e) {
                LOG.warn("reading outcomes failed and starts again: {}", e.toString());
                startAgain();
            }
        }
        reader.close();
    }

    private void startAgain() {
        reader.close();
        while (!closed) {
            try {
                Thread.sleep(RETRY);
                reader = new AnswerReader(consumers.get(), registry, Optional.of(Instant.now().minus(longestWait)));
                return;
            } catch (RuntimeException e) {
                LOG.warn("outcomes cannot be read yet: {}", e.toString());
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(RETRY.multipliedBy(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
