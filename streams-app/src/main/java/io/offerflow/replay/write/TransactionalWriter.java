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
 * Writes records in one transaction, so that readers of committed records see all of them or none. Several threads may
 * call {@link #send}; the other methods are for one thread.
 */
final class TransactionalWriter implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final AtomicLong written = new AtomicLong();
    private boolean complete;

    /** @param producer with a transactional id that no other run uses at the same time; closed by this writer */
    TransactionalWriter(Producer<byte[], byte[]> producer) {
        this.producer = producer;
        producer.initTransactions();
        producer.beginTransaction();
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        Exception earlier = failure.get();
        if (earlier != null) {
            throw failed(earlier);
        }
        producer.send(record, (metadata, error) -> {
            if (error != null) {
                failure.compareAndSet(null, error);
            }
        });
        written.incrementAndGet();
    }

    long written() {
        return written.get();
    }

    /** Adds the offsets of a group to the transaction. */
    void offsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        producer.sendOffsetsToTransaction(offsets, group);
    }

    /**
     * Commits the transaction.
     *
     * @throws IllegalStateException if the brokers refused a record or the commit
     */
    void complete() {
        try {
            producer.commitTransaction();
        } catch (KafkaException e) {
            throw failed(failure.get() == null ? e : failure.get());
        }
        complete = true;
    }

    private static IllegalStateException failed(Exception e) {
        return new IllegalStateException("the brokers did not accept all records, and the transaction is aborted: "
                + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            if (!complete) {
                producer.abortTransaction();
            }
        } catch (KafkaException e) {
            failure.compareAndSet(null, e); // the brokers abort it at the transaction timeout
        } finally {
            producer.close();
        }
    }
}
