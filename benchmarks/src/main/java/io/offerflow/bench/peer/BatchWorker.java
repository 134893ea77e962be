package io.offerflow.bench.peer;

import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.run.HostedProcessor;
import io.offerflow.codec.SourceRecord;
import io.offerflow.codec.StateCodec;
import io.offerflow.codec.StoredPosition;
import io.offerflow.codec.TaskPosition;
import io.offerflow.codec.TopicIds;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.topology.InputReader.ReadResult;
import io.offerflow.topology.InputReader;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.StartCheck;
import io.offerflow.topology.TopologySettings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.commons.dbutils.handlers.ScalarHandler;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Takes a batch of inputs in one transaction: loads the offers of the batch, lets the service's own processor take the
 * inputs in order, and writes state, outbox and offsets with statements of many rows.
 */
final class BatchWorker {

    /** First and last kinds of rows that are loaded for an offer: all but those of customers, who can be many. */
    private static final byte[][] KINDS = {{'a', 'b'}, {'e', 'f'}, {'m', 'v'}};
    /** The next offsets of the inputs, written in the transaction that takes the inputs. */
    private static final String OFFSETS = """
            create table if not exists offsets (topic text, partition int, next bigint not null,
                primary key (topic, partition))""";

    private final Connection database;
    private final TopologySettings settings;
    private final SchemaRegistry registry;
    private final Path folder;
    private final LongSupplier wallClock;
    private final InputReader reader;
    private final OutboxTable outbox;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<String, BatchTable> tables = new LinkedHashMap<>();
    private final Map<Integer, HostedProcessor> processors = new TreeMap<>();

    /**
     * @param database without auto-commit, and used by this worker alone
     * @param folder that Kafka Streams asks for; stays empty
     * @param wallClock in ms
     */
    BatchWorker(Connection database, TopologySettings settings, SchemaRegistry registry, Path folder,
            LongSupplier wallClock) {
        this.database = database;
        this.settings = settings;
        this.registry = registry;
        this.folder = folder;
        this.wallClock = wallClock;
        this.reader = new InputReader(registry, settings.partitions(), settings.inputMaxBytes());
        this.outbox = new OutboxTable(database);
        OfferTopology.stores().forEach(store -> tables.put(store, new BatchTable(store, database)));
    }

    /** Creates the tables that do not exist yet. */
    static void createTables(Connection database) throws SQLException {
        for (String store : OfferTopology.stores()) {
            Sql.RUNNER.update(database, BatchTable.schema(store));
        }
        Sql.RUNNER.update(database, OutboxTable.SCHEMA);
        Sql.RUNNER.update(database, OFFSETS);
        database.commit();
    }

    /** Time between two calls of {@link #punctuate}. */
    Duration tick() {
        return settings.tick();
    }

    /** The next offset of an input, whose processor starts again. */
    long open(TopicPartition partition) throws SQLException {
        next.put(partition, Sql.RUNNER.query(database, """
                insert into offsets (topic, partition, next) values (?, ?, 0)
                on conflict (topic, partition) do update set next = offsets.next returning next""",
                new ScalarHandler<Long>(), partition.topic(), partition.partition()));
        open(partition.partition());
        database.commit();
        return next.get(partition);
    }

    private void open(int partition) throws SQLException {
        StoredPosition position = tables.get(OfferTopology.POSITIONS)
                .read(BatchTable.key(partition, TaskPosition.KEY))
                .map(row -> new StoredPosition(TaskPosition.decode(row), TopicIds.NONE)).orElse(StoredPosition.NONE);
        processors.put(partition, new HostedProcessor(settings, registry,
                (task, empty) -> StartCheck.NONE.check(task, position), partition, folder,
                tables.values().stream().map(table -> table.newStore(partition)).toList(),
                wallClock.getAsLong()));
    }

    void take(List<ConsumerRecord<byte[], byte[]>> batch) throws SQLException {
        Map<TopicPartition, Long> after = new HashMap<>();
        transaction(() -> {
            load(batch);
            for (ConsumerRecord<byte[], byte[]> record : batch) {
                HostedProcessor processor = processors.get(record.partition());
                processor.process(record.topic(), record.partition(), record.offset(), new Record<>(record.key(),
                        record.value(), record.timestamp(), record.headers()), wallClock.getAsLong());
                outbox.add(processor.drain());
                after.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
            for (Map.Entry<TopicPartition, Long> input : after.entrySet()) {
                advance(input.getKey(), input.getValue());
            }
        });
        next.putAll(after);
    }

    /** Fails if another worker has taken inputs since, so that no input is taken a second time. */
    private void advance(TopicPartition partition, long to) throws SQLException {
        if (Sql.RUNNER.update(database, "update offsets set next = ? where topic = ? and partition = ? and next = ?",
                to, partition.topic(), partition.partition(), next.get(partition)) != 1) {
            throw new BenchException("Expected to go on with %s at %d, but another worker has; this one ends."
                    .formatted(partition, next.get(partition)));
        }
    }

    /** Applies the due times of idle offers. */
    void punctuate() throws SQLException {
        transaction(() -> {
            Set<Bytes> offers = new LinkedHashSet<>();
            for (int partition : processors.keySet()) {
                for (byte[] timer : tables.get(OfferTopology.TIMERS).loadFirst(partition, wallClock.getAsLong(),
                        settings.duePerTick())) {
                    offers.add(BatchTable.key(partition, Arrays.copyOfRange(timer, Long.BYTES, timer.length)));
                }
            }
            loadOffers(offers);
            for (HostedProcessor processor : processors.values()) {
                processor.punctuate(wallClock.getAsLong());
                outbox.add(processor.drain());
            }
        });
    }

    private interface DatabaseAction {
        void run() throws SQLException;
    }

    private void transaction(DatabaseAction action) throws SQLException {
        try {
            action.run();
            for (BatchTable table : tables.values()) {
                table.flush();
            }
            outbox.flush();
            database.commit();
        } catch (SQLException | RuntimeException e) {
            database.rollback();
            outbox.clear();
            for (int partition : List.copyOf(processors.keySet())) {
                open(partition); // a processor remembers what it has written
            }
            throw e;
        } finally {
            tables.values().forEach(BatchTable::clear);
        }
    }

    private void load(List<ConsumerRecord<byte[], byte[]>> batch) throws SQLException {
        Set<Bytes> offers = new LinkedHashSet<>();
        Set<Bytes> rows = new LinkedHashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            if (record.key() != null) {
                offers.add(BatchTable.key(record.partition(), record.key()));
            }
            if (record.topic().equals(Topic.CUSTOMER_REQUESTS.topicName())) {
                customer(record).ifPresent(row -> rows.add(BatchTable.key(record.partition(), row)));
            }
        }
        processors.keySet().forEach(partition -> rows.add(BatchTable.key(partition, StateCodec.POLICY)));
        tables.get(OfferTopology.CONTENTS).loadKeys(rows);
        loadOffers(offers);
    }

    private void loadOffers(Set<Bytes> offers) throws SQLException {
        List<byte[]> from = new ArrayList<>();
        List<byte[]> to = new ArrayList<>();
        for (Bytes offer : offers) {
            for (byte[] kinds : KINDS) {
                from.add(prefix(offer.get(), kinds[0]));
                to.add(prefix(offer.get(), kinds[1]));
            }
        }
        tables.get(OfferTopology.OFFERS).loadKeys(offers);
        tables.get(OfferTopology.CONTENTS).loadRanges(from, to);
    }

    private static byte[] prefix(byte[] offer, byte kind) {
        return ByteBuffer.allocate(offer.length + 2).put(offer).put((byte) 0).put(kind).array();
    }

    /** The key of the row of the customer that a request is about. */
    private Optional<byte[]> customer(ConsumerRecord<byte[], byte[]> record) {
        SourceRecord origin = SourceRecord.received(record.topic(), record.partition(), record.offset(),
                Instant.ofEpochMilli(record.timestamp()), Optional.ofNullable(record.key()),
                Optional.ofNullable(record.value()), List.of());
        return reader.read(origin) instanceof ReadResult.Decoded readable
                && readable.envelope().command() instanceof Command.ByCustomer by
                ? Optional.of(StateCodec.key(record.key(),
                        new RowKey.CustomerKey(by.planId(), by.customerId()))) : Optional.empty();
    }
}
