package io.offerflow.runtime;

import io.offerflow.runtime.InputProgress.OffsetSample;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Samples the offsets of the input partitions of this instance: those of its consumers, the group and the brokers. */
final class InputOffsets {

    private final Admin admin;
    private final String group;
    private final List<HoldingConsumer> consumers;
    private final int timeoutMs;

    InputOffsets(Admin admin, String group, List<HoldingConsumer> consumers, Duration timeout) {
        this.admin = admin;
        this.group = group;
        this.consumers = consumers;
        this.timeoutMs = Math.toIntExact(timeout.toMillis());
    }

    /**
     * One sample of each assigned partition.
     *
     * @throws ExecutionException if the brokers do not answer in time
     */
    List<OffsetSample> sample() throws InterruptedException, ExecutionException {
        Map<TopicPartition, HoldingConsumer.ReadPosition> read = new HashMap<>();
        consumers.forEach(consumer -> read.putAll(consumer.positions()));
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group,
                new ListConsumerGroupOffsetsOptions().timeoutMs(timeoutMs)).partitionsToOffsetAndMetadata().get();
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(
                read.keySet().stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())),
                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(timeoutMs)).all().get();
        return read.entrySet().stream().map(entry -> new OffsetSample(entry.getKey(), entry.getValue().position(),
                entry.getValue().delivered(), Optional.ofNullable(committed.get(entry.getKey()))
                        .map(offset -> OptionalLong.of(offset.offset())).orElseGet(OptionalLong::empty),
                ends.get(entry.getKey()).offset())).toList();
    }
}
