package io.offerflow.gateway.command;

import io.offerflow.contract.Topic;
import io.offerflow.contract.answer.RecordCoordinates;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.http.HttpError;
import io.offerflow.replay.write.RetryCandidate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends commands to the input topics. */
final class InputLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InputLog.class);
    /** A record has to fit into a batch with its key, headers and framing. */
    private static final int LARGEST_VALUE = Topic.INPUT_MAX_BYTES - 16 * 1024;
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final AvroEncoder encoder;

    /**
     * Registers the schemas of the commands.
     *
     * @param producer idempotent, with a bound on the time of a delivery; closed with this object
     */
    InputLog(Producer<byte[], byte[]> producer, SchemaRegistry registry) {
        this.producer = producer;
        this.encoder = new AvroEncoder(registry, Topic.inputs());
    }

    /**
     * Appends a command. Commands for the same offer are appended in the order of the calls.
     *
     * @return where it is, once all in-sync replicas have it; or fails with {@link HttpError}
     * @throws HttpError if it is too large, or no broker takes commands now
     */
    CompletableFuture<OutcomeLocation> append(CommandRecord command) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(command.topic().topicName(),
                command.offer().toString().getBytes(StandardCharsets.UTF_8), encoded(command));
        command.traceParent().ifPresent(trace ->
                record.headers().add("traceparent", trace.getBytes(StandardCharsets.US_ASCII)));
        return append(command.offer(), record);
    }

    /** Appends a quarantined input again, as {@link #append(CommandRecord)} appends a command. */
    CompletableFuture<OutcomeLocation> append(OfferKey offer, RetryCandidate input, String idempotencyKey) {
        ProducerRecord<byte[], byte[]> record = input.record();
        record.headers().add(RetryCandidate.REQUEST_HEADER, idempotencyKey.getBytes(StandardCharsets.US_ASCII));
        return append(offer, record);
    }

    private CompletableFuture<OutcomeLocation> append(OfferKey offer, ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<OutcomeLocation> location = new CompletableFuture<>();
        try {
            producer.send(record, (at, failure) -> {
                if (failure == null) {
                    location.complete(new OutcomeLocation(new RecordCoordinates(at.topic(), at.partition(),
                            at.offset()), at.timestamp()));
                } else {
                    location.completeExceptionally(error(offer, failure));
                }
            });
        } catch (KafkaException e) { // the buffer is full
            throw error(offer, e);
        }
        return location;
    }

    private synchronized byte[] encoded(CommandRecord command) {
        byte[] value = encoder.encode(command.topic(), command.envelope());
        if (value.length > LARGEST_VALUE) {
            throw HttpError.tooLarge(LARGEST_VALUE);
        }
        return value;
    }

    private static HttpError error(OfferKey offer, Exception failure) {
        LOG.warn("cannot append a command of {}: {}", offer, failure.toString());
        return switch (failure) {
            case RecordTooLargeException large -> HttpError.tooLarge(LARGEST_VALUE);
            case AuthorizationException denied -> HttpError.unavailable("BROKER_REFUSES", 60,
                    "The gateway may not write this topic; an operator has to allow it.");
            default -> HttpError.unavailable("BROKER_UNAVAILABLE", 2, "No broker has confirmed the command in time. "
                    + "Repeat it with the same %s: it takes effect once.", IdempotencyKey.HEADER);
        };
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
