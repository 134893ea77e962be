package io.offerflow.bench.http;

import io.offerflow.avro.OfferCommand;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.contract.Topic;
import io.offerflow.contract.answer.Answer;
import io.offerflow.contract.answer.AnswerCorrelator;
import io.offerflow.contract.answer.AnswerReader;
import io.offerflow.contract.answer.RecordCoordinates;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.wire.AvroEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Produces commands, a number of them at a time, and reads their outcomes, as the command line does. */
final class DirectClient implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(5);
    private static final int EARLY_ANSWERS_KEPT = 10_000;

    private final RegistryClient registry;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroEncoder encoder;
    private final AnswerReader answers;
    private final AnswerCorrelator<InFlight> correlator = new AnswerCorrelator<>(EARLY_ANSWERS_KEPT, Set.of());
    private final AtomicInteger inFlight = new AtomicInteger();

    /** A command that was sent. */
    private static final class InFlight implements AnswerCorrelator.AwaitingMessage {
        private final OfferCommand command;
        private final LongConsumer whenAnswered;
        private final long sentAt = System.nanoTime();
        private volatile Optional<RecordCoordinates> coordinates = Optional.empty();

        InFlight(OfferCommand command, LongConsumer whenAnswered) {
            this.command = command;
            this.whenAnswered = whenAnswered;
        }

        @Override
        public String commandId() {
            return command.getCommandId();
        }

        @Override
        public Optional<RecordCoordinates> coordinates() {
            return coordinates;
        }

        @Override
        public void answered(Answer answer) {
            if (!answer.accepted()) {
                throw new BenchException("a command was refused: " + answer.reason());
            }
            whenAnswered.accept(System.nanoTime() - sentAt);
        }
    }

    DirectClient(SubjectConfig config) {
        registry = config.registry();
        producer = config.producer(1, Map.of());
        encoder = new AvroEncoder(registry, Topic.inputs());
        answers = new AnswerReader(config.consumer(10_000), registry, Optional.empty());
    }

    /**
     * Sends commands and waits for all outcomes.
     *
     * @param latency receives the nanoseconds of each
     */
    void run(CommandSource source, int from, int to, int atATime, LongConsumer latency) {
        for (int number = from; number < to || inFlight.get() > 0;) {
            while (number < to && inFlight.get() < atATime) {
                send(source.command(number++), latency);
            }
            var read = answers.poll(POLL);
            synchronized (correlator) {
                correlator.answered(read);
            }
        }
    }

    private void send(OfferCommand command, LongConsumer latency) {
        inFlight.incrementAndGet();
        InFlight message = new InFlight(command, nanos -> {
            latency.accept(nanos);
            inFlight.decrementAndGet();
        });
        synchronized (correlator) {
            correlator.sent(message);
        }
        producer.send(new ProducerRecord<>(Topic.OFFER_COMMANDS.topicName(),
                "%s/%s".formatted(command.getPublisherId(), command.getOfferId()).getBytes(StandardCharsets.UTF_8),
                encoder.encode(Topic.OFFER_COMMANDS, command)), (at, failure) -> {
                    message.coordinates = Optional.ofNullable(failure == null
                            ? new RecordCoordinates(at.topic(), at.partition(), at.offset()) : null);
                    synchronized (correlator) {
                        correlator.settled(message);
                    }
                });
    }

    @Override
    public void close() {
        producer.close();
        answers.close();
        registry.close();
    }
}
