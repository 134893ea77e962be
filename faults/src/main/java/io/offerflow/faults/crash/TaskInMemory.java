package io.offerflow.faults.crash;

import io.offerflow.codec.TaskPosition;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.faults.crash.ForwardingContext.Forwarded;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.runtime.StreamsProperties;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.StartCheck;
import io.offerflow.topology.TopologySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;

/** A task of the service with the real processor, stores and a transaction in memory, and a process that can end. */
final class TaskInMemory {

    private static final String NOWHERE = "127.0.0.1:9";
    private static final int PARTITIONS = 1;
    private static final String JOURNAL = OfferTopology.sink(Topic.OFFER_JOURNAL);

    /** More than the grace period of due times. */
    private static final long LONG_MS = 3_600_000;

    private final Effects effects = new Effects();
    private final SchemaRegistry registry;
    private final ForwardingContext<OutputKey, byte[]> context;
    private final List<TransactionalStore> stores;
    /**
     * When the task starts, in ms. A task that has just started applies no due time by the wall clock, so that records
     * come first; with this start, that time has passed, and a crash does not change which due times a tick applies.
     */
    private final long longAgo;
    private Processor<byte[], byte[], OutputKey, byte[]> processor;
    /** The number of the last journal entry that is committed, as the check at the start reads it from the broker. */
    private long journalEnd;

    TaskInMemory(SchemaRegistry registry, long wallClock) {
        this.registry = registry;
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        context = new ForwardingContext<>(StreamsProperties.of(ServiceConfig.of(Map.of("bootstrap.servers", NOWHERE,
                "schema.registry.url", "http://" + NOWHERE, "state.dir", folder.toString()))), new TaskId(0, 0),
                folder, effects);
        longAgo = wallClock - LONG_MS;
        stores = OfferTopology.stores().stream().map(name -> new TransactionalStore(name, effects)).toList();
        stores.forEach(store -> store.init(context.getStateStoreContext(), store));
        startProcess();
    }

    Effects effects() {
        return effects;
    }

    List<TransactionalStore> stores() {
        return stores;
    }

    /** A new process takes the task. */
    void startProcess() {
        processor = OfferTopology.step(TopologySettings.defaults("crash", PARTITIONS), registry, startCheck()).get();
        revive();
    }

    /** The same process takes the task again, as Kafka Streams does with a task whose transaction was aborted. */
    void revive() {
        context.setCurrentSystemTimeMs(longAgo);
        processor.init(context);
    }

    /** A process takes the task and ends before it has read where to go on. */
    void crashAtStart(long before) {
        effects.restart(before);
        try {
            revive();
            throw new IllegalStateException("a task that starts has only %d effects".formatted(effects.count()));
        } catch (Crash e) {
            effects.restart();
        }
    }

    private StartCheck startCheck() {
        return (partition, stored) -> {
            if (stored.position().number() != journalEnd) {
                throw new IllegalStateException("the state is at entry %d, and the journal ends at %d"
                        .formatted(stored.position().number(), journalEnd));
            }
            return new StartCheck.StartPoint(new TaskPosition(journalEnd, stored.position().next()), stored.topics(),
                    List.of(), Set.of());
        };
    }

    void take(Step step) {
        switch (step) {
            case Step.Input input -> {
                context.setCurrentSystemTimeMs(input.record().timestamp());
                context.setRecordMetadata(input.topic().topicName(), 0, input.offset());
                processor.process(input.record());
            }
            case Step.Tick tick -> {
                context.setCurrentSystemTimeMs(tick.wallClock());
                context.scheduledPunctuators().getLast().getPunctuator().punctuate(tick.wallClock());
            }
        }
    }

    /** The records of the open transaction. */
    List<Forwarded> open() {
        return context.open();
    }

    /** The transaction is committed. */
    void commit() {
        journalEnd += open().stream().filter(record -> record.sink().equals(JOURNAL)).count();
        stores.forEach(TransactionalStore::commit);
        context.end();
    }

    /**
     * The transaction is aborted.
     *
     * @param restore what is done with each store
     */
    void abort(Consumer<TransactionalStore> restore) {
        stores.forEach(restore);
        context.end();
    }
}
