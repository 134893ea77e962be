package io.offerflow.runtime;

import io.offerflow.avro.JournalEntry;
import io.offerflow.codec.StoredPosition;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.runtime.TaskTopics.ChangelogState;
import io.offerflow.runtime.TaskTopics.InputState;
import io.offerflow.runtime.TaskTopics.JournalEnd;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.StartCheck;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers about the topics of a task, and compares them with its state. Brokers that do not answer are a
 * failure that passes: the stream thread is replaced.
 */
final class BrokerStartCheck implements StartCheck {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerStartCheck.class);
    /** Longer than the transaction of a former owner of the task can stay open. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);
    /** Offsets at the end of the journal whose offers are compared with the stores. */
    private static final long RECENT = 64;
    private static final long FIRST_CHUNK = 16;
    private static final int CHUNK_GROWTH = 8;

    private final String applicationId;
    private final Admin admin;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final SchemaRegistry registry;
    private final StateComparison states;

    /**
     * A check.
     *
     * @param consumers makes consumers of committed records without a group
     * @param stateDir for messages
     */
    BrokerStartCheck(String applicationId, Admin admin, Supplier<Consumer<byte[], byte[]>> consumers,
            SchemaRegistry registry, String stateDir) {
        this.applicationId = applicationId;
        this.admin = admin;
        this.consumers = consumers;
        this.registry = registry;
        this.states = new StateComparison(applicationId, stateDir);
    }

    @Override
    public StartPoint check(int partition, StoredPosition stored) {
        return check(partition, stored, offer -> Long.MAX_VALUE);
    }

    @Override
    public StartPoint check(int partition, StoredPosition stored, ToLongFunction<OfferKey> sequences) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            TaskTopics topics = new TaskTopics(journal(consumer, partition, stored.position().number(), deadline),
                    changelogs(partition), inputs(partition));
            states.check(partition, stored, topics);
            states.check(partition, recent(consumer, partition, deadline), sequences);
            StartPoint start = InputComparison.compare(stored, topics, (input, from, until) -> last(consumer,
                    new TopicPartition(input.topicName(), partition), from, until, deadline).isPresent());
            start.repeated().forEach(input -> LOG.warn("group {} begins to read {}-{} at offset {}, but its "
                    + "inputs were taken up to {}; they are not taken again", applicationId, input.topicName(),
                    partition, topics.inputs().get(input).start(), start.position().next().get(input) - 1));
            return start;
        }
    }

    @Override
    public CompletableFuture<Map<Topic, Long>> firstOffsets(int partition, Set<Topic> inputs) {
        Map<Topic, TopicPartition> partitions = partitions(inputs, Topic::topicName, partition);
        return admin.listOffsets(specs(partitions.values(), OffsetSpec.earliest())).all().toCompletionStage()
                .thenApply(found -> partitions.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                        input -> found.get(input.getValue()).offset()))).toCompletableFuture();
    }

    /**
     * The end of the journal. A transaction that is open there may be one that is just committed, so the end is not
     * final while the state seems to be ahead of it.
     */
    private JournalEnd journal(Consumer<byte[], byte[]> consumer, int partition, long written, long deadline) {
        TopicPartition journal = new TopicPartition(Topic.OFFER_JOURNAL.topicName(), partition);
        AvroDecoder decoder = new AvroDecoder(registry);
        while (true) {
            long end = offsets(List.of(journal), OffsetSpec.latest()).get(journal).offset();
            long committed = consumer.endOffsets(List.of(journal)).get(journal);
            long first = consumer.beginningOffsets(List.of(journal)).get(journal);
            long number = newest(consumer, journal, first, committed, deadline).map(record ->
                    ((JournalEntry) decoder.decode(Topic.OFFER_JOURNAL, record.value())).getNumber()).orElse(0L);
            if (number >= written || committed >= end) {
                return new JournalEnd(number, first);
            }
            sleep(deadline, "a transaction of another instance is still open in %s".formatted(journal));
        }
    }

    /** The last committed record of a range; looks back from its end. */
    private static Optional<ConsumerRecord<byte[], byte[]>> newest(Consumer<byte[], byte[]> consumer,
            TopicPartition partition, long first, long end, long deadline) {
        Optional<ConsumerRecord<byte[], byte[]>> found = Optional.empty();
        for (long back = FIRST_CHUNK; found.isEmpty() && end > first; back *= CHUNK_GROWTH) {
            long from = Math.max(first, end - back);
            found = last(consumer, partition, from, end, deadline);
            if (from == first) {
                return found;
            }
        }
        return found;
    }

    /** The newest entries that are about an offer, by offer; the last one of each. */
    private Map<OfferKey, JournalEntry> recent(Consumer<byte[], byte[]> consumer, int partition, long deadline) {
        TopicPartition journal = new TopicPartition(Topic.OFFER_JOURNAL.topicName(), partition);
        long end = consumer.endOffsets(List.of(journal)).get(journal);
        long first = consumer.beginningOffsets(List.of(journal)).get(journal);
        AvroDecoder decoder = new AvroDecoder(registry);
        Map<OfferKey, JournalEntry> entries = new HashMap<>();
        read(consumer, journal, Math.max(first, end - RECENT), end, deadline, record ->
                Optional.ofNullable(record.key()).flatMap(key -> OfferKey.parse(
                        new String(key, StandardCharsets.UTF_8))).ifPresent(offer -> entries.merge(offer,
                                (JournalEntry) decoder.decode(Topic.OFFER_JOURNAL, record.value()),
                                BrokerStartCheck::later)));
        return entries;
    }

    /** An input that could not be read has no number in the history of its offer. */
    private static JournalEntry later(JournalEntry one, JournalEntry next) {
        return next.getSequence() >= one.getSequence() ? next : one;
    }

    /** The last committed record from one offset up to before another. */
    private static Optional<ConsumerRecord<byte[], byte[]>> last(Consumer<byte[], byte[]> consumer,
            TopicPartition partition, long from, long until, long deadline) {
        List<ConsumerRecord<byte[], byte[]>> last = new ArrayList<>();
        read(consumer, partition, from, until, deadline, record -> {
            last.clear();
            last.add(record);
        });
        return last.stream().findFirst();
    }

    /** Reads the committed records from one offset up to before another. */
    private static void read(Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, long until,
            long deadline, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        while (consumer.position(partition) < until) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
                if (record.offset() < until) {
                    reader.accept(record);
                }
            }
            checkDeadline(deadline, "the brokers return no record of %s from offset %d on".formatted(partition,
                    consumer.position(partition)));
        }
    }

    private Map<String, ChangelogState> changelogs(int partition) {
        List<String> names = OfferTopology.stores().stream()
                .map(store -> "%s-%s-changelog".formatted(applicationId, store)).toList();
        Map<String, TopicDescription> described = get(admin.describeTopics(names).allTopicNames());
        Map<String, TopicPartition> partitions = partitions(names, Function.identity(), partition);
        Map<TopicPartition, ListOffsetsResultInfo> first = offsets(partitions.values(), OffsetSpec.earliest());
        Map<String, ChangelogState> states = new TreeMap<>();
        partitions.forEach((name, changelog) -> states.put(name,
                new ChangelogState(described.get(name).topicId().toString(), first.get(changelog).offset())));
        return states;
    }

    private Map<Topic, InputState> inputs(int partition) {
        Map<Topic, TopicPartition> partitions = partitions(Topic.inputs(), Topic::topicName, partition);
        Map<String, TopicDescription> described = get(admin.describeTopics(partitions.keySet().stream()
                .map(Topic::topicName).toList()).allTopicNames());
        Map<TopicPartition, ListOffsetsResultInfo> first = offsets(partitions.values(), OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> end = offsets(partitions.values(), OffsetSpec.latest());
        Map<TopicPartition, OffsetAndMetadata> committed = get(admin.listConsumerGroupOffsets(Map.of(applicationId,
                new ListConsumerGroupOffsetsSpec().topicPartitions(partitions.values())),
                new ListConsumerGroupOffsetsOptions().requireStable(true))
                .partitionsToOffsetAndMetadata(applicationId));
        Map<Topic, InputState> states = new EnumMap<>(Topic.class);
        partitions.forEach((topic, input) -> states.put(topic, new InputState(
                described.get(topic.topicName()).topicId().toString(), first.get(input).offset(),
                end.get(input).offset(), Stream.ofNullable(committed.get(input))
                        .mapToLong(OffsetAndMetadata::offset).findFirst())));
        return states;
    }

    private static <T> Map<T, TopicPartition> partitions(Collection<T> topics, Function<T, String> name,
            int partition) {
        return topics.stream().collect(Collectors.toMap(Function.identity(),
                topic -> new TopicPartition(name.apply(topic), partition)));
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Collection<TopicPartition> partitions,
            OffsetSpec spec) {
        return get(admin.listOffsets(specs(partitions, spec)).all());
    }

    private static Map<TopicPartition, OffsetSpec> specs(Collection<TopicPartition> partitions, OffsetSpec spec) {
        return partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        }
    }

    private static void sleep(long deadline, String why) {
        checkDeadline(deadline, why);
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static void checkDeadline(long deadline, String why) {
        if (System.nanoTime() > deadline) {
            throw new TimeoutException("the state cannot be compared with the journal: " + why);
        }
    }
}
