package io.offerflow.topology;

import io.offerflow.avro.QuarantineReason;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferState;
import io.offerflow.topology.InputReader.ReadResult;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one stateful step: read, advance, decide, apply, encode everything, and only then write.
 *
 * <p>What goes wrong up to the encoding becomes an answer and leaves the state as it was. What goes wrong after the
 * first write fails the task, and the transaction undoes it.
 */
final class OfferProcessor implements Processor<byte[], byte[], OutputKey, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(OfferProcessor.class);

    private final TopologySettings settings;
    private final OfferEngine engine;
    private final InputReader reader;
    private final OutputEncoder outbox;
    private final ProcessingListener observer;
    private ProcessorContext<OutputKey, byte[]> context;
    private OfferStores stores;
    private DueTimeWatermark horizon;
    private boolean policyRecorded;
    private final Map<String, Long> taken = new HashMap<>();

    OfferProcessor(TopologySettings settings, SchemaRegistry registry, ProcessingListener observer) {
        this.settings = settings;
        this.engine = new OfferEngine(settings.policy());
        this.observer = observer;
        this.reader = new InputReader(registry, settings.partitions(), settings.inputMaxBytes());
        this.outbox = new OutputEncoder(registry,
                new JournalMapping.DecidedBy(settings.build(), settings.policy().id()),
                Projection.all(settings.notificationLocale()));
    }

    /** Everything that follows from one input or one due time, ready to be written. */
    private record PendingWrites(List<StoreWrite> writes, List<OutputRecord> letters) {
    }

    @Override
    public void init(ProcessorContext<OutputKey, byte[]> initialised) {
        context = initialised;
        stores = new OfferStores(initialised);
        policyRecorded = false; // what was written before may have been undone
        taken.clear();
        horizon = new DueTimeWatermark(settings.dueGrace(), initialised.currentSystemTimeMs());
        initialised.schedule(settings.tick(), PunctuationType.WALL_CLOCK_TIME, this::advanceDue);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        SourceRecord origin = origin(record, context.recordMetadata().orElseThrow());
        horizon.observe(origin.appendedAt(), context.currentSystemTimeMs());
        write(work(origin));
    }

    /** The journal names a policy with every entry; what it says is written before the first entry of a partition. */
    private void recordPolicy(PendingWrites first) {
        stores.record(settings.policy()).ifPresent(write -> {
            int partition = context.taskId().partition();
            Instant at = Instant.ofEpochMilli(first.letters().getFirst().record().timestamp());
            write(new PendingWrites(List.of(write), List.of(outbox.encode(settings.policy(), at, partition))));
        });
    }

    private PendingWrites work(SourceRecord origin) {
        OutputKey key = new OutputKey(origin.partition(), origin.key());
        return switch (read(origin)) {
            case ReadResult.Undecodable why -> {
                LOG.warn("quarantined {}: {}, {}", origin, why.reason(), why.detail());
                observer.quarantined(why.reason());
                yield new PendingWrites(List.of(), outbox.encode(origin, why, key));
            }
            case ReadResult.Decoded input -> decided(origin, input, key);
        };
    }

    private ReadResult read(SourceRecord origin) {
        try {
            return reader.read(origin);
        } catch (RegistryUnavailableException e) {
            throw e; // says nothing about the record: the thread stops and is started again
        } catch (RuntimeException e) {
            LOG.error("cannot read {} because of a fault in this release", origin, e);
            return new ReadResult.Undecodable(QuarantineReason.UNREADABLE, "a fault in this release: " + e,
                    "Report it, and have the record retried by a release that mends it.", Optional.empty());
        }
    }

    private PendingWrites decided(SourceRecord origin, ReadResult.Decoded input, OutputKey key) {
        OfferState before = stores.load(input.key());
        try {
            return work(origin, before, engine.decide(before, input.envelope(), origin.appendedAt()), key);
        } catch (OutputEncoder.TooLargeException e) {
            return work(origin, before, FallbackEntries.tooLarge(before, input.envelope(), origin.appendedAt(), e), key);
        } catch (KafkaException e) {
            throw e; // a store that cannot be read says nothing about the command
        } catch (RuntimeException e) {
            LOG.error("cannot decide {} because of a fault in this release; the offer is as it was", origin, e);
            return work(origin, before, FallbackEntries.internal(before, input.envelope(), origin.appendedAt()), key);
        }
    }

    private PendingWrites work(SourceRecord origin, OfferState before, Entry entry, OutputKey key) {
        PendingWrites work = work(new Transition(Optional.of(origin), before, entry, OfferEvolver.apply(before, entry)), key);
        observer.decided(entry, origin.appendedAt());
        return work;
    }

    private PendingWrites work(Transition moment, OutputKey key) {
        return new PendingWrites(stores.writes(moment.before(), moment.after()), outbox.encode(moment, key));
    }

    private void write(PendingWrites work) {
        if (!policyRecorded && !work.letters().isEmpty()) {
            policyRecorded = true;
            recordPolicy(work);
        }
        for (StoreWrite write : work.writes()) {
            write.value().ifPresentOrElse(value -> write.store().put(write.key(), value),
                    () -> write.store().delete(write.key()));
        }
        for (OutputRecord letter : work.letters()) {
            context.forward(letter.record(), TopologyNames.sink(letter.topic()));
        }
    }

    /** Helps offers nobody speaks to over their due times. */
    private void advanceDue(long wallClock) {
        Instant until = horizon.at(wallClock);
        for (Timers.Timer timer : stores.timers().upTo(until, settings.duePerTick())) {
            OutputKey key = new OutputKey(context.taskId().partition(),
                    Optional.of(StateCodec.key(timer.offer())));
            write(advanced(timer, until, key));
        }
    }

    private PendingWrites advanced(Timers.Timer timer, Instant until, OutputKey key) {
        OfferState before = stores.load(timer.offer());
        try {
            PendingWrites work = engine.advance(before, until).map(entry -> work(new Transition(Optional.empty(), before, entry,
                    OfferEvolver.apply(before, entry)), key)).orElse(new PendingWrites(List.of(), List.of()));
            OfferEngine.nextDue(before.header()).filter(at -> !work.letters().isEmpty()).ifPresent(at ->
                    observer.advanced(Duration.between(at, Instant.ofEpochMilli(context.currentSystemTimeMs()))));
            return with(stores.timers().done(timer), work);
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            return putOff(timer, before, until, key, e);
        }
    }

    /** A due time that cannot be met waits 1, 2, 4 … minutes, is journalled, and never holds up the next one. */
    private PendingWrites putOff(Timers.Timer timer, OfferState before, Instant until, OutputKey key, RuntimeException e) {
        int failures = Math.min(timer.failures() + 1, 16);
        LOG.error("cannot advance offer {} because of a fault in this release; put off for the {}. time",
                timer.offer(), failures, e);
        observer.putOff();
        Entry entry = new Entry(before.header().sequence(), until, Optional.empty(), List.of(),
                Decision.reject(Rule.V34, Reason.INTERNAL_ERROR, "Expected to advance the offer to %s, but a fault in "
                        + "this release prevented it. Nothing was changed; it is tried again.", until));
        PendingWrites journalled = work(new Transition(Optional.empty(), before, entry, before), key);
        return with(stores.timers().done(timer), with(stores.timers().set(
                until.plusSeconds(60L << (failures - 1)), timer.offer(), failures), journalled));
    }

    private static PendingWrites with(StoreWrite first, PendingWrites rest) {
        return new PendingWrites(Stream.concat(Stream.of(first), rest.writes().stream()).toList(), rest.letters());
    }

    private SourceRecord origin(Record<byte[], byte[]> record, RecordMetadata where) {
        Long before = taken.put(where.topic(), where.offset());
        List<SourceRecord.SourceHeader> headers = new ArrayList<>();
        record.headers().forEach(header ->
                headers.add(new SourceRecord.SourceHeader(header.key(), Optional.ofNullable(header.value()))));
        return new SourceRecord(where.topic(), where.partition(), where.offset(), Instant.ofEpochMilli(record.timestamp()),
                Optional.ofNullable(record.key()), Optional.ofNullable(record.value()), headers,
                before == null ? 0 : where.offset() - before);
    }
}
