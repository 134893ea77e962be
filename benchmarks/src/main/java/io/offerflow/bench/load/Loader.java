package io.offerflow.bench.load;

import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends one workload by order, from a separate process. */
public final class Loader extends ForkedJvm {

    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    public Loader(SubjectConfig config, int lingerMs) throws InterruptedException {
        super("loader", config.scratch(), List.of("-Xms512m", "-Xmx512m"), new LoaderProgram(config, lingerMs));
        ready(Object.class);
    }

    /** Sends the next commands of the workload as fast as their order allows; returns the seconds that it took. */
    public double fill(int commands) throws InterruptedException {
        tell("fill " + commands);
        return await("filled", TIMEOUT, Long.class) / 1e9;
    }

    /** Starts to send the next commands of the workload open loop, each at the time in its trace id. */
    public void beginPace(int perSecond, int commands) {
        tell("pace %d %d".formatted(perSecond, commands));
    }

    /** Waits until they are sent; returns the p99 of the loader's own delay, in µs. */
    public long paced() throws InterruptedException {
        return await("paced", TIMEOUT, Long.class);
    }

    private record LoaderProgram(SubjectConfig config, int lingerMs) implements ForkedProgram {

        @Override
        public void run() {
            LoaderProcess process = new LoaderProcess(config, lingerMs);
            Signals.serve(null, order -> {
                if (order[0].equals("fill")) {
                    process.fill(Integer.parseInt(order[1]));
                } else {
                    process.pace(Integer.parseInt(order[1]), Integer.parseInt(order[2]));
                }
            });
        }
    }

    /** The work of the separate process. */
    private static final class LoaderProcess {

        private final KafkaProducer<byte[], byte[]> producer;
        private final WorkloadReader workload;
        private final AtomicReference<Exception> failure = new AtomicReference<>();

        LoaderProcess(SubjectConfig config, int lingerMs) {
            workload = new WorkloadReader(config.workload());
            producer = config.producer(lingerMs, Map.of(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024,
                    ProducerConfig.BUFFER_MEMORY_CONFIG, 128L << 20,
                    // On a new topic a broker may refuse a batch and accept the next one.
                    ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1));
        }

        void fill(int count) throws Exception {
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

        void pace(int rate, int count) throws Exception {
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
}
