package io.offerflow.topology;

import io.offerflow.avro.InputPosition;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferState;
import io.offerflow.topology.InputReader.ReadResult;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * The one stateful step of the topology: decode the input, decide, encode everything that follows, and only then write.
 *
 * <p>A failure up to the encoding becomes an answer and leaves the state unchanged. A failure after the first write
 * fails the task, and the transaction is aborted.
 */
final class OfferProcessor implements Processor<byte[], byte[], OutputKey, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(OfferProcessor.class);
    /** A due time that cannot be applied is tried again after 1, 2, 4 … minutes, at most 2^15. */
    private static final int MAX_FAILURES = 16;

    private final TopologySettings settings;
    private final OfferEngine engine;
    private final InputReader reader;
    private final OutputEncoder encoder;
    private final StartCheck check;
    private final ProcessingListener listener;
    private final RecordFaults faults;
    private final StateCodec codec = new StateCodec();
    private ProcessorContext<OutputKey, byte[]> context;
    private OfferStores stores;
    private PositionTracker position;
    private DueTimeWatermark watermark;
    private boolean begun;

    OfferProcessor(TopologySettings settings, SchemaRegistry registry, StartCheck check, ProcessingListener listener,
            RecordFaults faults) {
        this.settings = settings;
        this.check = check;
        this.engine = new OfferEngine(settings.policy());
        this.listener = listener;
        this.faults = faults;
        this.reader = new InputReader(registry, settings.partitions(), settings.inputMaxBytes());
        this.encoder = new OutputEncoder(registry,
                new JournalMapping.DecidedBy(settings.build(), settings.policy().id()),
                Projection.all(settings.notificationLocale()));
    }

    /** Everything that follows from one input or one due time, encoded. */
    private record PendingWrites(List<StoreWrite> writes, List<OutputRecord> records) {

        static final PendingWrites NONE = new PendingWrites(List.of(), List.of());

        PendingWrites and(StoreWrite write) {
            return new PendingWrites(Stream.concat(Stream.of(write), writes.stream()).toList(), records);
        }
    }

    @Override
    public void init(ProcessorContext<OutputKey, byte[]> processorContext) {
        context = processorContext;
        stores = new OfferStores(processorContext, codec);
        int partition = context.taskId().partition();
        position = new PositionTracker(check.check(partition, stores.position(),
                offer -> stores.load(offer).header().sequence()),
                new DeletedInputs(inputs -> check.firstOffsets(partition, inputs)));
        report(position.changes());
        begun = false; // an aborted transaction may have undone the entries
        watermark = new DueTimeWatermark(settings.dueGrace(), processorContext.currentSystemTimeMs());
        processorContext.schedule(settings.tick(), PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        SourceRecord source = source(record, context.recordMetadata().orElseThrow());
        if (!position.take(Topic.named(source.topic()).orElseThrow(), source.offset())) {
            return;
        }
        OutputKey key = new OutputKey(source.partition(), source.key());
        watermark.observe(source.appendedAt(), context.currentSystemTimeMs());
        begin(source.appendedAt());
        try {
            switch (decode(source)) {
                case ReadResult.Undecodable cause -> write(quarantine(source, cause, key));
                case ReadResult.Decoded input -> write(decide(source, input, key));
            }
        } catch (KafkaException | RegistryUnavailableException e) {
            throw e; // not a fault of this record
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw faults.count(source, e);
        }
    }

    /** Wall-clock punctuator. */
    private void tick(long wallClock) {
        List<InputPosition> deleted = position.deleted();
        if (!deleted.isEmpty()) {
            report(deleted);
            begin(Instant.ofEpochMilli(wallClock));
            write(positions(deleted, Instant.ofEpochMilli(wallClock)));
        }
        advanceDue(wallClock);
    }

    /** Tells about inputs that are missing; a position without any is only where an input begins. */
    private void report(List<InputPosition> positions) {
        for (InputPosition input : positions) {
            Optional.ofNullable(input.getMissing()).ifPresent(missing -> {
                LOG.warn("inputs of {}-{} are missing from offset {} to {}: {}; the journal records it, and the next "
                        + "one has offset {}", input.getTopic(), context.taskId().partition(), missing.getFrom(),
                        missing.getUntil() == null ? "the end of the former topic" : missing.getUntil() - 1,
                        missing.getCause(), input.getOffset());
                listener.missing(input.getTopic(), missing.getCause());
            });
        }
    }

    private PendingWrites positions(List<InputPosition> positions, Instant at) {
        return new PendingWrites(List.of(stores.record(position.topics())), List.of(encoder.encode(
                position.nextNumber(), positions, at, context.taskId().partition())));
    }

    /** Advances idle offers past their due times. */
    private void advanceDue(long wallClock) {
        Instant until = watermark.at(wallClock);
        for (Timers.Timer timer : stores.timers().upTo(until, settings.duePerTick())) {
            begin(until);
            write(advance(timer, until, new OutputKey(context.taskId().partition(),
                    Optional.of(StateCodec.key(timer.offer())))));
        }
    }

    private ReadResult decode(SourceRecord source) {
        Optional<String> exhausted = faults.exhausted(source);
        if (exhausted.isPresent()) {
            return ReadResult.Undecodable.fault(exhausted.get());
        }
        try {
            return reader.read(source);
        } catch (RegistryUnavailableException e) {
            throw e; // not a fault of the record: the thread stops and is replaced
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("cannot read {} because of a fault in this release", source, e);
            return ReadResult.Undecodable.fault("a fault in this release: " + e);
        }
    }

    private PendingWrites quarantine(SourceRecord source, ReadResult.Undecodable cause, OutputKey key) {
        LOG.warn("quarantined {}: {}, {}", source, cause.reason(), cause.detail());
        listener.quarantined(cause.reason());
        return new PendingWrites(List.of(), encoder.encode(position.nextNumber(), source, cause, key));
    }

    private PendingWrites decide(SourceRecord source, ReadResult.Decoded input, OutputKey key) {
        OfferState before = stores.load(input.key());
        try {
            return apply(source, before, engine.decide(before, input.envelope(), source.appendedAt()), key);
        } catch (OutputEncoder.TooLargeException e) {
            return apply(source, before, FallbackEntries.tooLarge(before, input.envelope(), source.appendedAt(), e),
                    key);
        } catch (KafkaException e) {
            throw e; // a store that cannot be read is not a fault of the command
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("cannot decide {} because of a fault in this release; the offer is unchanged", source, e);
            return apply(source, before, FallbackEntries.internal(before, input.envelope(), source.appendedAt()), key);
        }
    }

    private PendingWrites apply(SourceRecord source, OfferState before, Entry entry, OutputKey key) {
        PendingWrites encoded = encode(
                new Transition(Optional.of(source), before, entry, OfferEvolver.apply(before, entry)), key);
        listener.decided(entry, source.appendedAt());
        return encoded;
    }

    private PendingWrites advance(Timers.Timer timer, Instant until, OutputKey key) {
        Optional<OfferState> loaded = Optional.empty();
        try {
            OfferState before = stores.load(timer.offer());
            loaded = Optional.of(before);
            return engine.advance(before, until).map(entry -> advanced(before, entry, key))
                    .orElse(PendingWrites.NONE).and(stores.timers().done(timer));
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            return postpone(timer, loaded, until, key, e);
        }
    }

    private PendingWrites advanced(OfferState before, Entry entry, OutputKey key) {
        OfferState after = OfferEvolver.apply(before, entry);
        PendingWrites encoded = encode(new Transition(Optional.empty(), before, entry, after), key);
        entry.dueEvents().stream().findFirst().ifPresent(first -> listener.advanced(
                Duration.between(first.at(), Instant.ofEpochMilli(context.currentSystemTimeMs()))));
        // the timer that fired is deleted: a due time that stays is set again
        Optional<Instant> next = OfferEngine.nextDue(after.header());
        return next.filter(at -> next.equals(OfferEngine.nextDue(before.header())))
                .map(at -> encoded.and(stores.timers().set(at, after.key(), 0))).orElse(encoded);
    }

    /**
     * A due time that cannot be applied is journalled and tried again later, so that it does not block the next one.
     * There is no entry if the offer itself cannot be read.
     */
    private PendingWrites postpone(Timers.Timer timer, Optional<OfferState> loaded, Instant until, OutputKey key,
            Throwable e) {
        int failures = Math.min(timer.failures() + 1, MAX_FAILURES);
        LOG.error("cannot advance offer {} because of a fault in this release; postponed (attempt {})", timer.offer(),
                failures, e);
        listener.postponed();
        return loaded.map(before -> encode(new Transition(Optional.empty(), before,
                FallbackEntries.postponed(before, until), before), key)).orElse(PendingWrites.NONE)
                .and(stores.timers().set(until.plusSeconds(60L << (failures - 1)), timer.offer(), failures))
                .and(stores.timers().done(timer));
    }

    private PendingWrites encode(Transition transition, OutputKey key) {
        return new PendingWrites(stores.writes(transition.before(), transition.after()),
                encoder.encode(position.nextNumber(), transition, key));
    }

    private void write(PendingWrites pending) {
        pending.writes().forEach(OfferProcessor::write);
        if (!pending.records().isEmpty()) {
            write(stores.record(position.written())); // one entry and what follows from it
        }
        for (OutputRecord output : pending.records()) {
            context.forward(output.record(), TopologyNames.sink(output.topic()));
        }
    }

    private static void write(StoreWrite write) {
        write.value().ifPresentOrElse(value -> write.store().put(write.key(), value),
                () -> write.store().delete(write.key()));
    }

    /**
     * Writes the entries that are not about an offer, before the first one that is: the positions that are new, and the
     * settings of the policy if it is another one than before, because entries refer to it by its id.
     */
    private void begin(Instant at) {
        if (begun) {
            return;
        }
        begun = true;
        if (!position.changes().isEmpty()) {
            write(positions(position.changes(), at));
        }
        stores.record(settings.policy()).ifPresent(write -> write(new PendingWrites(List.of(write), List.of(
                encoder.encode(position.nextNumber(), settings.policy(), at, context.taskId().partition())))));
    }

    private SourceRecord source(Record<byte[], byte[]> record, RecordMetadata metadata) {
        List<SourceRecord.SourceHeader> headers = new ArrayList<>();
        record.headers().forEach(header ->
                headers.add(new SourceRecord.SourceHeader(header.key(), Optional.ofNullable(header.value()))));
        return SourceRecord.received(metadata.topic(), metadata.partition(), metadata.offset(),
                Instant.ofEpochMilli(record.timestamp()), Optional.ofNullable(record.key()),
                Optional.ofNullable(record.value()), headers);
    }
}
