package io.offerflow.cli.cluster;

import io.offerflow.cli.CliFailure;
import io.offerflow.cli.ExitCode;
import io.offerflow.cli.feed.Feed;
import io.offerflow.cli.feed.FeedLine;
import io.offerflow.cli.feed.Message;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends messages in the wire format; for use by one thread. */
public final class Sender implements AutoCloseable {

    /** A record must fit into a batch with its key, headers and framing. */
    private static final int LARGEST_VALUE = Topic.INPUT_MAX_BYTES - 16 * 1024;

    /**
     * What became of a message.
     *
     * @param problem why it was not delivered; empty if it was
     */
    public record Sent(int line, Message message, int partition, long offset, String problem) {
        /** Whether the broker has it. */
        public boolean delivered() {
            return problem.isEmpty();
        }
    }

    private record Pending(int line, Message message, Future<RecordMetadata> answer) {
    }

    private final Producer<byte[], byte[]> producer;
    private final AvroEncoder encoder;

    public Sender(Cluster cluster) {
        this.encoder = new AvroEncoder(cluster.registry(), Topic.inputs());
        this.producer = cluster.producer();
    }

    /** Sends one message and waits until the broker has it. */
    public Sent send(FeedLine line, Message message) {
        return settled(new Pending(line.number(), message, producer.send(record(message, encode(line, message)))));
    }

    /**
     * Sends all messages of a feed in order, after every one of them was encoded.
     *
     * @throws CliFailure if one is too large; nothing was sent then
     */
    public List<Sent> sendAll(Feed feed) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        feed.lines().forEach(line -> line.message().ifPresent(
                message -> records.add(record(message, encode(line, message)))));
        List<Pending> pending = new ArrayList<>();
        feed.lines().forEach(line -> line.message().ifPresent(message -> pending.add(
                new Pending(line.number(), message, producer.send(records.get(pending.size()))))));
        producer.flush();
        return pending.stream().map(Sender::settled).toList();
    }

    private byte[] encode(FeedLine line, Message message) {
        byte[] value = encoder.encode(message.topic(), message.value());
        if (value.length > LARGEST_VALUE) {
            throw new CliFailure(ExitCode.USAGE, "Line %d is too large: %d bytes, and %s takes %d. Nothing was sent."
                    .formatted(line.number(), value.length, message.topic().topicName(), LARGEST_VALUE));
        }
        return value;
    }

    private static ProducerRecord<byte[], byte[]> record(Message message, byte[] value) {
        return new ProducerRecord<>(message.topic().topicName(), null,
                message.key().getBytes(StandardCharsets.UTF_8), value, message.headers());
    }

    private static Sent settled(Pending pending) {
        try {
            RecordMetadata at = pending.answer().get();
            return new Sent(pending.line(), pending.message(), at.partition(), at.offset(), "");
        } catch (ExecutionException e) {
            return new Sent(pending.line(), pending.message(), -1, -1, e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Sent(pending.line(), pending.message(), -1, -1, "interrupted");
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
