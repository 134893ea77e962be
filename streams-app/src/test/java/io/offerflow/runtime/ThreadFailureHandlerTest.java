package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.topology.UnrecoverableException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that failed is replaced without a sleep in its handler. */
class ThreadFailureHandlerTest {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final FatalErrorHandler fatal = new FatalErrorHandler(() -> calls.add("stop"));
    private final ThreadFailureHandler handler = new ThreadFailureHandler(new ThreadFailureHandler.Processing() {
        @Override
        public void pause() {
            calls.add("pause");
        }

        @Override
        public void resume() {
            calls.add("resume");
        }
    }, scheduler, fatal, Clock.systemUTC());

    @AfterEach
    void shutDown() {
        scheduler.shutdownNow();
    }

    private String reason(Throwable thrown) {
        handler.handle(thrown);
        return handler.last().orElseThrow().reason();
    }

    private Duration delay() {
        return handler.last().map(last -> Duration.between(last.at(), last.resumesAt())).orElseThrow();
    }

    @Test
    void theThreadIsReplacedAtOnceAndProcessingResumesLater() {
        assertThat(handler.handle(new IllegalStateException("broken")))
                .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        assertThat(calls).containsExactly("pause");

        await().atMost(Duration.ofSeconds(5)).until(() -> calls.contains("resume"));
    }

    @Test
    void theDelayDoublesUpToALimit() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            handler.handle(new IllegalStateException("broken"));
            assertThat(delay()).hasSeconds(seconds);
        }
    }

    @Test
    void anUnrecoverableErrorEndsTheServiceWithItsSentence() {
        StreamsException wrapped = new StreamsException(new UnrecoverableException("the journal is gone; restore it"),
                new TaskId(0, 1));

        assertThat(handler.handle(wrapped)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(fatal.failure()).contains("the journal is gone; restore it");
        assertThat(calls).containsExactly("stop");
    }

    @Test
    void onlyTheFirstErrorEndsTheService() {
        fatal.fail("first");
        fatal.fail("second");

        assertThat(fatal.failure()).contains("first");
        assertThat(calls).containsExactly("stop");
    }

    @Test
    void processingDoesNotResumeOnceTheServiceEnds() throws Exception {
        handler.handle(new IllegalStateException("broken"));
        fatal.fail("the journal is gone");

        scheduler.shutdown();
        assertThat(scheduler.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        assertThat(calls).containsExactly("pause", "stop");
    }

    @Test
    void theReasonIsASentenceWithThePartition() {
        assertThat(reason(new StreamsException(new RegistryUnavailableException("the schema registry is away"),
                new TaskId(0, 7)))).isEqualTo("the schema registry is away (partition 7 of the inputs)");
        assertThat(reason(new StreamsException(new TopicAuthorizationException("quarantine"))))
                .startsWith("the brokers deny this service something");
        assertThat(reason(new StreamsException(new IllegalStateException("broken"), new TaskId(0, 7)))).isEqualTo(
                "of a fault in this release: java.lang.IllegalStateException: broken (partition 7 of the inputs)");
    }

    @Test
    void adviceOfKafkaToDeleteTheStateIsNotPassedOn() {
        assertThat(reason(new StreamsException("Existing internal topic x has invalid partitions: expected: 3; "
                + "actual: 2. Use 'org.apache.kafka.tools.StreamsResetter'")))
                .isEqualTo("Kafka Streams found topics with other numbers of partitions");
        assertThat(reason(new MissingSourceTopicException("One or more source topics were missing")))
                .isEqualTo("Kafka Streams misses an input topic");
    }
}
