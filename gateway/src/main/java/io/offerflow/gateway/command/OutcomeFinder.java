package io.offerflow.gateway.command;

import io.offerflow.contract.Topic;
import io.offerflow.contract.answer.Answer;
import io.offerflow.contract.answer.AnswerDecoder;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.http.HttpError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Finds the outcome of one command in the topics, from the time of the command on. */
final class OutcomeFinder implements AutoCloseable {

    private static final int CONCURRENT = 4;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);

    private final BlockingQueue<OutcomeSearch> searches = new ArrayBlockingQueue<>(CONCURRENT);

    /** @param consumers makes consumers of committed records without a group */
    OutcomeFinder(Supplier<Consumer<byte[], byte[]>> consumers, SchemaRegistry registry) {
        for (int i = 0; i < CONCURRENT; i++) {
            searches.add(new OutcomeSearch(consumers, registry));
        }
    }

    /**
     * The answer to a command.
     *
     * @return empty if there is none yet
     * @throws HttpError if there was no such command for this offer, it is too old, or the brokers do not answer
     */
    Optional<Answer> find(OutcomeLocation at, OfferKey offer) {
        OutcomeSearch search = take();
        try {
            return search.find(at, offer.toString().getBytes(StandardCharsets.UTF_8));
        } catch (KafkaException e) {
            search.reset();
            throw HttpError.unavailable("BROKER_UNAVAILABLE", 2, "The outcome cannot be read now.");
        } finally {
            searches.add(search);
        }
    }

    private OutcomeSearch take() {
        try {
            return Optional.ofNullable(searches.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)).orElseThrow(() ->
                    HttpError.unavailable("BUSY", 2, "%d outcomes are being read already.", CONCURRENT));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HttpError.unavailable("STARTING", 2, "This gateway is ending.");
        }
    }

    @Override
    public void close() {
        searches.forEach(OutcomeSearch::reset);
    }

    /** Used by one request at a time. */
    private static final class OutcomeSearch {
        private final Supplier<Consumer<byte[], byte[]>> consumers;
        private final SchemaRegistry registry;
        private Optional<Consumer<byte[], byte[]>> open = Optional.empty();

        OutcomeSearch(Supplier<Consumer<byte[], byte[]>> consumers, SchemaRegistry registry) {
            this.consumers = consumers;
            this.registry = registry;
        }

        void reset() {
            open.ifPresent(Consumer::close);
            open = Optional.empty();
        }

        Optional<Answer> find(OutcomeLocation at, byte[] key) {
            if (open.isEmpty()) {
                open = Optional.of(consumers.get());
            }
            Consumer<byte[], byte[]> consumer = open.get();
            Map<TopicPartition, Long> times = new HashMap<>();
            AnswerDecoder.topics().forEach(topic -> times.put(new TopicPartition(topic.topicName(),
                    at.input().partition()), at.appendedAt()));
            consumer.assign(times.keySet());
            Map<TopicPartition, Long> ends = consumer.endOffsets(times.keySet(), TIMEOUT);
            consumer.offsetsForTimes(times, TIMEOUT).forEach((partition, found) -> consumer.seek(partition,
                    found == null ? ends.get(partition) : found.offset()));
            AnswerDecoder decoder = new AnswerDecoder(registry);
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Optional<Answer> answer = Optional.of(record).filter(any -> Arrays.equals(any.key(), key))
                            .flatMap(decoder::decode).filter(any -> any.cause().equals(at.input()));
                    if (answer.isPresent()) {
                        return answer;
                    }
                }
                if (System.nanoTime() > deadline) {
                    throw HttpError.unavailable("BUSY", 5, "The outcome was not found in time.");
                }
            }
            requireInput(consumer, at, key);
            return Optional.empty();
        }

        /** A command without an answer is pending, if there is one. */
        private static void requireInput(Consumer<byte[], byte[]> consumer, OutcomeLocation at, byte[] key) {
            TopicPartition input = new TopicPartition(at.input().topic(), at.input().partition());
            consumer.assign(List.of(input));
            if (at.input().offset() < consumer.beginningOffsets(List.of(input), TIMEOUT).get(input)) {
                throw HttpError.of(410, "OUTCOME_GONE", "The outcome is not kept any longer: %s keeps outcomes for %d "
                        + "days.", Topic.COMMAND_OUTCOMES.topicName(),
                        Topic.COMMAND_OUTCOMES.cleanup().retention().orElseThrow().toDays());
            }
            boolean known = at.input().offset() < consumer.endOffsets(List.of(input), TIMEOUT).get(input);
            consumer.seek(input, at.input().offset());
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (known && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() == at.input().offset() && Arrays.equals(record.key(), key)) {
                        return;
                    }
                    throw notFound(at);
                }
            }
            throw notFound(at);
        }
    }

    static HttpError notFound(Object outcome) {
        return HttpError.notFound("OUTCOME_NOT_FOUND", "There is no outcome %s of this offer.", outcome);
    }
}
