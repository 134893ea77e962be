package io.offerflow.replay.write;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes in one transaction: whoever reads committed records sees all of it or nothing, whenever the run ends. Safe for
 * use by several threads, but for the end.
 */
public final class TransactionalWriter implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final AtomicLong written = new AtomicLong();
    private boolean complete;

    /** @param producer with a transactional id that no other run uses at the same time; closed with the writer */
    public TransactionalWriter(Producer<byte[], byte[]> producer) {
        this.producer = producer;
        producer.initTransactions();
        producer.beginTransaction();
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        Exception known = failure.get();
        if (known != null) {
            throw failed(known);
        }
        producer.send(record, (where, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
        written.incrementAndGet();
    }

    long written() {
        return written.get();
    }

    /** Makes offsets of a group part of the transaction. */
    void offsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        producer.sendOffsetsToTransaction(offsets, group);
    }

    /** Now it counts. */
    void complete() {
        try {
            producer.commitTransaction();
        } catch (KafkaException e) {
            throw failed(failure.get() == null ? e : failure.get());
        }
        complete = true;
    }

    private static IllegalStateException failed(Exception e) {
        return new IllegalStateException("the brokers did not take what was written, and nothing of it counts: "
                + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            if (!complete) {
                producer.abortTransaction();
            }
        } catch (KafkaException e) {
            failure.compareAndSet(null, e); // it ends by itself then, at the transaction's timeout
        } finally {
            producer.close();
        }
    }
}
