package io.offerflow.bench.load;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.bench.load.Footprint.StoreChange;
import io.offerflow.bench.load.Footprint.StoreLookup;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.topology.OfferTopology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;

/** The service's processors on stores in memory: the outcome of a command, and what the service does for it. */
final class ServiceModel {

    private final List<ProcessorHarness> partitions;
    private final List<StoreLookup> reads = new ArrayList<>();
    private final List<StoreChange> writes = new ArrayList<>();

    /** @param folder that Kafka Streams asks for; stays empty */
    ServiceModel(SchemaRegistry registry, int partitions, Path folder) {
        this.partitions = IntStream.range(0, partitions).mapToObj(partition ->
                new ProcessorHarness(partition, partitions, folder, registry, name ->
                        new StoreOf(new ObservedStore(name)))).toList();
    }

    record ModelledCommand(CommandOutcome outcome, int partition, Footprint footprint) {
    }

    OfferHeader facts(OfferKey offer) {
        return partitions.get(partition(StateCodec.key(offer))).facts(offer);
    }

    private int partition(byte[] key) {
        return WorkloadCommand.partition(key, partitions.size());
    }

    ModelledCommand take(Topic topic, byte[] key, byte[] value) {
        int partition = partition(key);
        ProcessorHarness processor = partitions.get(partition);
        reads.clear();
        writes.clear();
        processor.process(topic, key, value);
        Footprint footprint = new Footprint(List.copyOf(reads), List.copyOf(writes), processor.drain());
        return new ModelledCommand(processor.outcome(footprint.sent()), partition, footprint);
    }

    private record StoreOf(KeyValueStore<Bytes, byte[]> get) implements KeyValueBytesStoreSupplier {

        @Override
        public String name() {
            return get.name();
        }

        @Override
        public String metricsScope() {
            return "in-memory";
        }
    }

    /** A store that takes note of each look-up and each change of one key. */
    private final class ObservedStore extends InMemoryKeyValueStore {

        private final int number;

        ObservedStore(String name) {
            super(name);
            number = OfferTopology.stores().indexOf(name);
        }

        @Override
        public synchronized byte[] get(Bytes key) {
            reads.add(new StoreLookup(number, key.get()));
            return super.get(key);
        }

        @Override
        public synchronized void put(Bytes key, byte[] value) {
            writes.add(new StoreChange(number, key.get(), Optional.ofNullable(value)));
            super.put(key, value);
        }

        @Override
        public synchronized byte[] delete(Bytes key) {
            writes.add(new StoreChange(number, key.get(), Optional.empty()));
            return super.delete(key);
        }
    }
}
