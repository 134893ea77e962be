package io.offerflow.bench.load;

import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.SubjectConfig;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Main class of the loader's process. It sends one workload by order: {@code fill N} sends the next N commands as fast
 * as the order of epochs allows; {@code pace RATE N} sends them open loop, each at the time in its trace id.
 */
final class LoaderProcess {

    static final String LINGER = "linger.ms";

    private final KafkaProducer<byte[], byte[]> producer;
    private final WorkloadReader workload;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    private LoaderProcess(SubjectConfig config) {
        workload = new WorkloadReader(config.workload());
        producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.LINGER_MS_CONFIG, config.more().get(LINGER),
                ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024,
                ProducerConfig.BUFFER_MEMORY_CONFIG, 128L << 20,
                // On a new topic a broker may refuse a batch and accept the next one.
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    public static void main(String[] arguments) {
        LoaderProcess loader = new LoaderProcess(SubjectConfig.of(arguments));
        Signals.serve(order -> {
            if (order[0].equals("fill")) {
                loader.fill(Integer.parseInt(order[1]));
            } else {
                loader.pace(Integer.parseInt(order[1]), Integer.parseInt(order[2]));
            }
        });
        loader.producer.close();
        System.exit(0);
    }

    private void fill(int count) throws Exception {
        long begun = System.nanoTime();
        int epoch = -1;
        for (int sent = 0; sent < count; sent++) {
            WorkloadCommand command = workload.next();
            if (command.epoch() != epoch) {
                flush();
                epoch = command.epoch();
            }
            send(record(command));
        }
        flush();
        Signals.say("filled", System.nanoTime() - begun);
    }

    /** Waits until the broker has everything so far, with an append time that no later record has. */
    private void flush() throws Exception {
        producer.flush();
        if (failure.get() != null) {
            throw failure.get();
        }
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() == now) {
            LockSupport.parkNanos(100_000);
        }
    }

    private void pace(int rate, int count) throws Exception {
        Histogram lag = new Histogram(3);
        long startNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        long startMicros = IntendedSendTime.nowMicros() + 50_000;
        for (int sent = 0; sent < count; sent++) {
            long after = sent * 1_000_000_000L / rate;
            ProducerRecord<byte[], byte[]> record = record(workload.next());
            record.headers().add(IntendedSendTime.HEADER, IntendedSendTime.encode(startMicros + after / 1000));
            long wait = startNanos + after - System.nanoTime();
            while (wait > 0) {
                LockSupport.parkNanos(wait);
                wait = startNanos + after - System.nanoTime();
            }
            send(record);
            lag.recordValue(Math.max(0, System.nanoTime() - startNanos - after) / 1000);
        }
        flush();
        Signals.say("paced", lag.getValueAtPercentile(99));
    }

    private static ProducerRecord<byte[], byte[]> record(WorkloadCommand command) {
        return new ProducerRecord<>(command.topic().topicName(), command.key(), command.value());
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (metadata, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
        });
    }
}
