package io.offerflow.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MergedInputTest {

    private static final TopicPartition COMMANDS = new TopicPartition("offer-commands", 0);
    private static final TopicPartition RESULTS = new TopicPartition("step-results", 0);

    private final MockConsumer<byte[], byte[]> consumer =
            new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
    private final MergedInput input = new MergedInput(consumer, 10);

    @BeforeEach
    void assigned() {
        consumer.assign(List.of(COMMANDS, RESULTS));
        consumer.updateBeginningOffsets(Map.of(COMMANDS, 0L, RESULTS, 0L));
        List.of(COMMANDS, RESULTS).forEach(partition -> {
            consumer.seek(partition, 0);
            input.assigned(partition);
        });
    }

    @Test
    void stepResultNeverOvertakesItsSubmission() {
        consumer.updateEndOffsets(Map.of(COMMANDS, 2L, RESULTS, 1L));
        appended(RESULTS, 0, 150);
        assertThat(polled()).as("a command with an earlier time may come").isEmpty();
        appended(COMMANDS, 0, 100);
        appended(COMMANDS, 1, 200);
        assertThat(polled()).containsExactly("offer-commands@100", "step-results@150", "offer-commands@200");
    }

    @Test
    void exhaustedTopicDoesNotHoldUpOthers() {
        consumer.updateEndOffsets(Map.of(COMMANDS, 1L, RESULTS, 0L));
        appended(COMMANDS, 0, 100);
        assertThat(polled()).containsExactly("offer-commands@100");
    }

    @Test
    void nextIsAtMostOneBatch() {
        consumer.updateEndOffsets(Map.of(COMMANDS, 15L, RESULTS, 0L));
        for (int offset = 0; offset < 15; offset++) {
            appended(COMMANDS, offset, 100 + offset);
        }
        assertThat(polled()).hasSize(10);
        assertThat(polled()).hasSize(5);
    }

    private void appended(TopicPartition partition, long offset, long at) {
        consumer.addRecord(new ConsumerRecord<>(partition.topic(), 0, offset, at, TimestampType.LOG_APPEND_TIME, 0, 0,
                new byte[0], new byte[0], new RecordHeaders(), Optional.empty()));
    }

    private List<String> polled() {
        input.add(consumer.poll(Duration.ZERO));
        return input.next().stream().map(record -> record.topic() + "@" + record.timestamp()).toList();
    }
}
