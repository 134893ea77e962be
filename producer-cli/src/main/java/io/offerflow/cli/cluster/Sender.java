package io.offerflow.cli.cluster;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.feed.FeedLine;
import io.offerflow.cli.feed.Message;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends messages in the wire format; for use by one thread. */
public final class Sender implements AutoCloseable {

    /** The largest value: a record has to fit into a batch with its key, headers and framing. */
    public static final int LARGEST_VALUE = Topic.INPUT_MAX_BYTES - 16 * 1024;

    /**
     * A message with the result of its delivery.
     *
     * @param problem why it was not delivered; empty if it was
     */
    public record SentRecord(int line, Message message, int partition, long offset, String problem) {
        /** Whether the broker has it. */
        public boolean delivered() {
            return problem.isEmpty();
        }
    }

    private final Producer<byte[], byte[]> producer;
    private final AvroEncoder encoder;

    public Sender(Cluster cluster) {
        this.encoder = new AvroEncoder(cluster.registry(), Topic.inputs());
        this.producer = cluster.producer();
    }

    /** Sends one message and waits until the broker has it. */
    public SentRecord send(FeedLine line, Message message) {
        CompletableFuture<SentRecord> sent = new CompletableFuture<>();
        send(line.number(), message, sent::complete);
        producer.flush();
        return sent.join();
    }

    /**
     * Sends one message; messages with the same key are written in the order of the calls.
     *
     * @param whenSettled called by another thread when the message was delivered or has failed
     * @throws CliFailure if it is too large
     */
    public void send(int line, Message message, Consumer<SentRecord> whenSettled) {
        byte[] value = encoder.encode(message.topic(), message.value());
        if (value.length > LARGEST_VALUE) {
            throw new CliFailure(ExitCode.USAGE, "Line %d is too large: %d bytes; the limit of %s is %d."
                    .formatted(line, value.length, message.topic().topicName(), LARGEST_VALUE));
        }
        producer.send(new ProducerRecord<>(message.topic().topicName(), null,
                message.key().getBytes(StandardCharsets.UTF_8), value, message.headers()), (at, problem) ->
                whenSettled.accept(problem == null ? new SentRecord(line, message, at.partition(), at.offset(), "")
                        : new SentRecord(line, message, -1, -1, Optional.ofNullable(problem.getMessage())
                                .orElse(problem.toString()))));
    }

    /** The size of the value of a message in bytes, without a registry. */
    public static int size(Message message) {
        return new AvroEncoder(new InMemoryRegistry(), List.of(message.topic()))
                .encode(message.topic(), message.value()).length;
    }

    /** Returns when all messages were delivered or have failed. */
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
