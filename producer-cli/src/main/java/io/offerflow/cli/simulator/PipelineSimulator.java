package io.offerflow.cli.simulator;

import io.offerflow.avro.ReportStepFailed;
import io.offerflow.avro.StepRequest;
import io.offerflow.avro.StepResult;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.UnknownSchemaException;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.contract.wire.NotWireFormatException;
import io.offerflow.contract.wire.UnreadableValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Simulates the validation, certification and publishing systems: receives step requests and answers after a delay.
 *
 * <p>It works on any number of offers at the same time. An offset is committed after the broker has acknowledged the
 * answer, so a request is answered at least once; repeated answers have the same command id.
 */
public final class PipelineSimulator implements AutoCloseable {

    /** The default consumer group; it starts with the name of the role, as access rules require. */
    public static final String GROUP = "validator-simulator";

    private static final Logger LOG = LoggerFactory.getLogger(PipelineSimulator.class);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Receives each answer when the broker has it. */
    public interface AnswerListener {
        /** @param failed whether the step was reported as failed */
        void answered(StepRequest request, boolean failed);
    }

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final AvroDecoder decoder;
    private final AvroEncoder encoder;
    private final StepDelay delay;
    private final AnswerListener listener;
    private final PendingOffsets offsets = new PendingOffsets();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("simulator-answers").daemon().unstarted(task));

    public PipelineSimulator(Cluster cluster, String group, StepDelay delay, AnswerListener listener) {
        this.decoder = new AvroDecoder(cluster.registry());
        this.encoder = new AvroEncoder(cluster.registry(), List.of(Topic.STEP_RESULTS));
        this.consumer = cluster.groupMember(group);
        this.producer = cluster.producer();
        this.delay = delay;
        this.listener = listener;
    }

    /** Runs until {@link #stop} is called; fails if an answer cannot be delivered. */
    public void run() throws Exception {
        try (consumer) {
            consumer.subscribe(List.of(Topic.STEP_REQUESTS.topicName()), new Handover());
            while (failure.get() == null) {
                for (ConsumerRecord<byte[], byte[]> request : consumer.poll(POLL)) {
                    receive(request);
                }
                commit();
            }
            throw failure.get();
        } catch (WakeupException closing) {
            LOG.info("closing");
        } finally {
            worker.shutdownNow();
            producer.close(Duration.ofSeconds(5));
        }
    }

    /** Makes {@link #run} return; may be called from another thread. Open requests are received again later. */
    public void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        stop();
    }

    private void receive(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        offsets.received(partition, record.offset());
        try {
            StepRequest request = (StepRequest) decoder.decode(Topic.STEP_REQUESTS, record.value());
            if (StepAnswers.isAnswered(request.getStep())) {
                worker.schedule(() -> answer(partition, record, request),
                        delay.next(request.getEstimatedMinutes()).toMillis(), TimeUnit.MILLISECONDS);
                return;
            }
        } catch (NotWireFormatException | UnknownSchemaException | UnreadableValueException e) {
            LOG.warn("skipped the request at {} offset {}: {}", partition, record.offset(), e.getMessage());
        }
        offsets.answered(partition, record.offset());
    }

    private void answer(TopicPartition partition, ConsumerRecord<byte[], byte[]> record, StepRequest request) {
        if (!offsets.isOpen(partition, record.offset())) {
            return;
        }
        try {
            StepResult result = StepAnswers.answer(request, Instant.now());
            byte[] value = encoder.encode(Topic.STEP_RESULTS, result);
            producer.send(record(record, value), (at, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, error);
                } else {
                    offsets.answered(partition, record.offset());
                    listener.answered(request, result.getPayload() instanceof ReportStepFailed);
                }
            });
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Copies the trace header, so that one trace goes from the submit to the live offer. */
    private static ProducerRecord<byte[], byte[]> record(ConsumerRecord<byte[], byte[]> request, byte[] value) {
        ProducerRecord<byte[], byte[]> answer =
                new ProducerRecord<>(Topic.STEP_RESULTS.topicName(), request.key(), value);
        Optional.ofNullable(request.headers().lastHeader("traceparent")).ifPresent(answer.headers()::add);
        return answer;
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> safe = offsets.committable();
        if (!safe.isEmpty()) {
            consumer.commitSync(safe);
            offsets.committed(safe);
        }
    }

    /** Commits answered requests before another member takes over a partition. */
    private final class Handover implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> gone) {
            commit();
            offsets.revoked(gone);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> ours) {
            // their offsets are unknown until requests come
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> gone) {
            offsets.revoked(gone);
        }
    }
}
