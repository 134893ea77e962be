package io.offerflow.gateway.command;

import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.answer.RecordCoordinates;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.HttpError;
import io.offerflow.replay.write.RetryCandidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Reads the newest inputs in quarantine, and whether they were put back, within bounds of time and number. */
final class QuarantineReader {

    private static final int CONCURRENT = 2;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);
    /** A transaction has a marker for each partition that it wrote to. */
    private static final int OFFSETS_PER_RECORD = 4;
    private static final Pattern ID = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final SchemaRegistry registry;
    private final Semaphore permits = new Semaphore(CONCURRENT);

    /** An input that was put back: where it is now, and the key of the request that did it, if one did. */
    record EarlierRetry(OutcomeLocation at, Optional<String> key) {
    }

    /** @param consumers makes consumers of committed records without a group */
    QuarantineReader(Supplier<Consumer<byte[], byte[]>> consumers, SchemaRegistry registry) {
        this.consumers = consumers;
        this.registry = registry;
    }

    /** The newest inputs, newest first. */
    List<QuarantinedInput> newest(int most) {
        return read(scan -> {
            List<QuarantinedInput> found = new ArrayList<>();
            scan.consumer().partitionsFor(Topic.QUARANTINE.topicName()).forEach(info ->
                    found.addAll(newest(scan, new TopicPartition(info.topic(), info.partition()), most)));
            return found.stream().sorted(Comparator.comparingLong(QuarantinedInput::writtenAt).reversed()).limit(most)
                    .toList();
        });
    }

    private static List<QuarantinedInput> newest(QuarantineScan scan, TopicPartition partition, int most) {
        long begin = scan.begin(partition);
        long end = scan.end(partition);
        List<QuarantinedInput> found = new ArrayList<>();
        while (end > begin && found.size() < most) {
            long from = Math.max(begin, end - (long) most * OFFSETS_PER_RECORD);
            List<QuarantinedInput> older = new ArrayList<>();
            scan.read(partition, from, end, record -> {
                scan.input(record).ifPresent(older::add);
                return true;
            });
            found.addAll(0, older);
            end = from;
        }
        return found;
    }

    /**
     * The input with this id.
     *
     * @throws HttpError if there is none, or not any more
     */
    QuarantinedInput find(String id) {
        HttpError unknown = HttpError.notFound("INPUT_NOT_FOUND", "There is no input %s in quarantine; it keeps them "
                + "for %d days.", ApiRequest.shortened(id), Topic.QUARANTINE.cleanup().retention().orElseThrow()
                .toDays());
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            throw unknown;
        }
        long offset = Long.parseLong(parts.group(2));
        return read(scan -> {
            TopicPartition partition = new TopicPartition(Topic.QUARANTINE.topicName(),
                    Integer.parseInt(parts.group(1)));
            List<QuarantinedInput> found = new ArrayList<>();
            if (partition.partition() < scan.consumer().partitionsFor(partition.topic()).size()
                    && offset >= scan.begin(partition) && offset < scan.end(partition)) {
                scan.read(partition, offset, offset + 1, record -> {
                    scan.input(record).ifPresent(found::add);
                    return false;
                });
            }
            return found.stream().findFirst();
        }).orElseThrow(() -> unknown);
    }

    /** Where an input was put back, and by which request: the newest time, if it was at all. */
    Optional<EarlierRetry> retryOf(QuarantinedInput input) {
        String topic = input.candidate().origin().topic();
        byte[] key = input.candidate().origin().key().orElseThrow();
        return read(scan -> {
            TopicPartition partition = new TopicPartition(topic,
                    Utils.toPositive(Utils.murmur2(key)) % scan.consumer().partitionsFor(topic).size());
            List<EarlierRetry> found = new ArrayList<>();
            scan.read(partition, scan.offset(partition, input.retriedAfter()), scan.end(partition), record -> {
                RecordCoordinates at = new RecordCoordinates(record.topic(), record.partition(), record.offset());
                if (RetryCandidate.originalOf(record.headers()).filter(input.candidate().original()::equals).isPresent()
                        && input.candidate().isRetriedBy(at)) {
                    found.add(new EarlierRetry(new OutcomeLocation(at, record.timestamp()),
                            RetryCandidate.requestOf(record.headers())));
                }
                return true;
            });
            return found.stream().reduce((earlier, later) -> later);
        });
    }

    private <T> T read(Function<QuarantineScan, T> reading) {
        try {
            if (!permits.tryAcquire(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HttpError.unavailable("STARTING", 2, "This gateway is ending.");
        }
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            return reading.apply(new QuarantineScan(consumer, new AvroDecoder(registry),
                    System.nanoTime() + TIMEOUT.toNanos()));
        } catch (KafkaException e) {
            throw HttpError.unavailable("BROKER_UNAVAILABLE", 2, "The quarantine cannot be read now.");
        } finally {
            permits.release();
        }
    }

    private static HttpError busy() {
        return HttpError.unavailable("BUSY", 5, "The topics could not be read in time; offerflow quarantine reads "
                + "them without a limit.");
    }

    /** What one request reads with. */
    private record QuarantineScan(Consumer<byte[], byte[]> consumer, AvroDecoder decoder, long deadline) {

        long begin(TopicPartition partition) {
            return consumer.beginningOffsets(List.of(partition), TIMEOUT).get(partition);
        }

        long end(TopicPartition partition) {
            return consumer.endOffsets(List.of(partition), TIMEOUT).get(partition);
        }

        /** The first offset of a record that was appended at this time or later. */
        long offset(TopicPartition partition, long time) {
            return Optional.ofNullable(consumer.offsetsForTimes(Map.of(partition, time), TIMEOUT)
                    .get(partition)).map(found -> found.offset()).orElseGet(() -> end(partition));
        }

        Optional<QuarantinedInput> input(ConsumerRecord<byte[], byte[]> record) {
            return Optional.ofNullable(record.value()).map(bytes -> {
                QuarantinedRecord value = (QuarantinedRecord) decoder.decode(Topic.QUARANTINE, bytes);
                return new QuarantinedInput("%d-%d".formatted(record.partition(), record.offset()),
                        record.timestamp(), value, RetryCandidate.of(value, record.headers()));
            });
        }

        /** Hands out the records from one offset up to another one, until the reader has enough. */
        void read(TopicPartition partition, long from, long to, Predicate<ConsumerRecord<byte[], byte[]>> more) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            while (consumer.position(partition) < to) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() >= to || !more.test(record)) {
                        return;
                    }
                }
                if (System.nanoTime() > deadline) {
                    throw busy();
                }
            }
        }
    }
}
