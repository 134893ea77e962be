package io.offerflow.topology;

import static io.offerflow.topology.TopologyHarness.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.Envelopes;
import io.offerflow.avro.EntryResult;
import io.offerflow.avro.QuarantineReason;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Result;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record that fails the task each time goes to quarantine after a few tries, unless Kafka is at fault. */
class RepeatedFaultTest {

    private static final OfferKey OFFER = new OfferKey("northwind", "tasting-room");

    private Optional<Supplier<Throwable>> fault = Optional.empty();
    private TopologyHarness bench = TopologyHarness.start(this::failing, StartCheck.NONE);

    @AfterEach
    void close() {
        bench.close();
    }

    /** The step with outputs that fail after the first write, for a command that creates the offer. */
    private Processor<byte[], byte[], OutputKey, byte[]> failing(Processor<byte[], byte[], OutputKey, byte[]> step) {
        return new Processor<>() {
            @Override
            public void init(ProcessorContext<OutputKey, byte[]> context) {
                step.init(withFaults(context));
            }

            @Override
            public void process(Record<byte[], byte[]> input) {
                step.process(input);
            }
        };
    }

    @SuppressWarnings("unchecked")
    private ProcessorContext<OutputKey, byte[]> withFaults(ProcessorContext<OutputKey, byte[]> context) {
        return (ProcessorContext<OutputKey, byte[]>) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {ProcessorContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("forward") && fault.isPresent()
                            && arguments[1].equals(TopologyNames.sink(Topic.COMMAND_OUTCOMES))) {
                        throw fault.get().get();
                    }
                    try {
                        return method.invoke(context, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Sends the command to a task that was just started, as if it were polled again after the last one failed. */
    private void sendAgain() {
        bench = bench.restarted();
        bench.send(Topic.OFFER_COMMANDS, OFFER.toString().getBytes(UTF_8), bench.bytes(Envelopes.create(OFFER)), START);
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
    void aRecordThatAlwaysFailsIsQuarantinedAfterThreeTries(Class<? extends Throwable> type) {
        fault = Optional.of(() -> instance(type));
        for (int number = 1; number <= RecordFaults.MAX_TRIES; number++) {
            assertThatThrownBy(this::sendAgain)
                    .hasStackTraceContaining("cannot process offer-commands-0@0 because of a fault in this "
                            + "release, try " + number + " of 3: " + type.getName());
        }
        sendAgain();

        QuarantinedRecord record = bench.quarantined();
        assertThat(record.getReason()).isEqualTo(QuarantineReason.FAULT);
        assertThat(record.getDetail()).contains("failed 3 times").contains(type.getName());
        assertThat(record.getAdvice()).startsWith("Report it");
        assertThat(bench.journal().getResult()).isEqualTo(EntryResult.QUARANTINED);
        bench.andNothingElse();

        fault = Optional.empty();
        bench.send(Envelopes.create(new OfferKey("northwind", "next")), START);
        assertThat(bench.outcome().getResult()).isEqualTo(Result.ACCEPTED);
    }

    @Test
    void aFaultThatPassesQuarantinesNothing() {
        fault = Optional.of(() -> new IllegalStateException("once"));
        assertThatThrownBy(this::sendAgain).hasStackTraceContaining("try 1 of 3");
        fault = Optional.empty();
        sendAgain();

        assertThat(bench.has(Topic.QUARANTINE)).isFalse();
        assertThat(bench.outcome().getCause().getOffset()).isZero();
    }

    @Test
    void whatKafkaOrAStoreIsAtFaultForIsNotCounted() {
        fault = Optional.of(() -> new ProcessorStateException("disk full"));
        for (int number = 0; number <= RecordFaults.MAX_TRIES; number++) {
            assertThatThrownBy(this::sendAgain).hasStackTraceContaining("disk full");
        }
        fault = Optional.empty();
        sendAgain();

        assertThat(bench.has(Topic.QUARANTINE)).isFalse();
    }

    private static Throwable instance(Class<? extends Throwable> type) {
        try {
            return type.getConstructor(String.class).newInstance("each time");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
