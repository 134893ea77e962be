package io.offerflow.replay.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** All records and offsets are committed, or none. */
class TransactionalWriterTest {

    private static final ProducerRecord<byte[], byte[]> RECORD = new ProducerRecord<>("out", new byte[] {1});
    private static final TopicPartition INPUT = new TopicPartition("in", 0);

    private final MockProducer<byte[], byte[]> producer = producer(true);

    @Test
    void recordsAndOffsetsAreCommittedTogether() {
        ConsumerGroupMetadata group = new MockConsumer<byte[], byte[]>("none").groupMetadata();
        try (TransactionalWriter writer = new TransactionalWriter(producer)) {
            writer.send(RECORD);
            writer.offsets(Map.of(INPUT, new OffsetAndMetadata(9)), group);
            assertThat(producer.history()).isEmpty();

            writer.complete();

            assertThat(writer.written()).isOne();
        }
        assertThat(producer.history()).containsExactly(RECORD);
        assertThat(producer.consumerGroupOffsetsHistory())
                .containsExactly(Map.of(group.groupId(), Map.of(INPUT, new OffsetAndMetadata(9))));
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void withoutCompletionTheTransactionIsAborted() {
        try (TransactionalWriter writer = new TransactionalWriter(producer)) {
            writer.send(RECORD);
        }
        assertThat(producer.history()).isEmpty();
        assertThat(producer.transactionAborted()).isTrue();
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void afterAFailedRecordNoOtherIsSent() {
        MockProducer<byte[], byte[]> slow = producer(false);
        try (TransactionalWriter writer = new TransactionalWriter(slow)) {
            writer.send(RECORD);
            slow.errorNext(new RecordTooLargeException("too large"));

            assertThatThrownBy(() -> writer.send(RECORD)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("did not accept all records").hasMessageContaining("too large");
            assertThat(writer.written()).isOne();
        }
        assertThat(slow.history()).isEmpty();
    }

    @Test
    void aFailedCommitIsReportedAndTheProducerIsClosed() {
        producer.commitTransactionException = new KafkaException("fenced");
        TransactionalWriter writer = new TransactionalWriter(producer);
        writer.send(RECORD);

        assertThatThrownBy(writer::complete).isInstanceOf(IllegalStateException.class).hasMessageContaining("fenced");
        writer.close();
        assertThat(producer.history()).isEmpty();
        assertThat(producer.closed()).isTrue();
    }

    private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
        return new MockProducer<>(autoComplete, null, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
