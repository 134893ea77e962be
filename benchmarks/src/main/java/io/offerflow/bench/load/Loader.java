package io.offerflow.bench.load;

import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.Site;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Main class of the loader's process. It goes through one workload, by order: {@code fill N} sends the next N commands
 * as fast as the order of epochs allows; {@code pace RATE N} sends them open loop, each at its own time whatever became
 * of those before it, with that time in the trace id.
 */
final class Loader {

    private final KafkaProducer<byte[], byte[]> producer;
    private final WorkloadFile.Reader workload;
    private final AtomicReference<Exception> lost = new AtomicReference<>();

    private Loader(Site site, String lingerMs) {
        workload = new WorkloadFile.Reader(site.workload());
        producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.LINGER_MS_CONFIG, lingerMs,
                ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024,
                ProducerConfig.BUFFER_MEMORY_CONFIG, 128L << 20,
                // On a topic that was created a moment ago a batch may be refused while the next is taken.
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    public static void main(String[] arguments) {
        Map<String, String> given = Site.settings(arguments);
        Loader loader = new Loader(Site.of(arguments), given.get("linger.ms"));
        Signals.ready();
        Optional<String> order = Signals.order();
        while (order.isPresent()) {
            String[] words = order.get().split(" ");
            try {
                if (words[0].equals("fill")) {
                    loader.fill(Integer.parseInt(words[1]));
                } else {
                    loader.pace(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                }
            } catch (Exception e) {
                Signals.say(Signals.FAILED, e);
            }
            order = Signals.order();
        }
        loader.producer.close();
        System.exit(0);
    }

    private void fill(int count) throws Exception {
        long begun = System.nanoTime();
        int epoch = -1;
        for (int sent = 0; sent < count; sent++) {
            Item item = workload.next().orElseThrow(() -> new IllegalStateException("the workload is at its end"));
            if (item.epoch() != epoch) {
                flush();
                epoch = item.epoch();
            }
            send(new ProducerRecord<>(item.topic().topicName(), item.key(), item.value()));
        }
        flush();
        Signals.say("filled", count, System.nanoTime() - begun);
    }

    /** Everything so far lies at the broker, with an append time that no later record has. */
    private void flush() throws Exception {
        producer.flush();
        Exception failure = lost.get();
        if (failure != null) {
            throw failure;
        }
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() == now) {
            LockSupport.parkNanos(100_000);
        }
    }

    private void pace(int rate, int count) throws Exception {
        Histogram lag = new Histogram(3);
        long startNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        long startMicros = Intended.nowMicros() + 50_000;
        for (int sent = 0; sent < count; sent++) {
            Item item = workload.next().orElseThrow(() -> new IllegalStateException("the workload is at its end"));
            long after = sent * 1_000_000_000L / rate;
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(item.topic().topicName(), item.key(), item.value());
            record.headers().add(Intended.HEADER, Intended.encode(startMicros + after / 1000));
            long wait = startNanos + after - System.nanoTime();
            while (wait > 0) {
                LockSupport.parkNanos(wait);
                wait = startNanos + after - System.nanoTime();
            }
            send(record);
            lag.recordValue(Math.max(0, System.nanoTime() - startNanos - after) / 1000);
        }
        long took = System.nanoTime() - startNanos;
        flush();
        Signals.say("paced", count, took, lag.getValueAtPercentile(50), lag.getValueAtPercentile(99),
                lag.getMaxValue());
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (where, failure) -> {
            if (failure != null) {
                lost.compareAndSet(null, failure);
            }
        });
    }
}
