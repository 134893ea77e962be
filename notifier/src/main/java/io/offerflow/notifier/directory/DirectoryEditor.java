package io.offerflow.notifier.directory;

import io.offerflow.avro.Recipients;
import io.offerflow.avro.Subscription;
import io.offerflow.avro.SubscriptionReplay;
import io.offerflow.avro.SubscriptionState;
import io.offerflow.avro.SubscriptionTest;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads and changes recipients and subscriptions, for the command line and other programs. */
public final class DirectoryEditor {

    private static final List<Topic> TOPICS = List.of(Topic.RECIPIENTS, Topic.SUBSCRIPTIONS);

    private interface RowChange {
        void apply(Subscription row);
    }

    private final Supplier<? extends Consumer<byte[], byte[]>> consumers;
    private final Supplier<? extends Producer<byte[], byte[]>> producers;
    private final SchemaRegistry registry;
    private final InstantSource clock;

    /**
     * An editor.
     *
     * @param consumers makes consumers of committed records, without a group
     * @param producers makes idempotent producers
     */
    public DirectoryEditor(Supplier<? extends Consumer<byte[], byte[]>> consumers,
            Supplier<? extends Producer<byte[], byte[]>> producers, SchemaRegistry registry, InstantSource clock) {
        this.consumers = consumers;
        this.producers = producers;
        this.registry = registry;
        this.clock = clock;
    }

    /** Everything that there is now. */
    public Directory read() {
        DirectoryTable<Recipients> recipients = new DirectoryTable<>(Topic.RECIPIENTS, Recipients.class,
                row -> { }, registry);
        DirectoryTable<Subscription> subscriptions = new DirectoryTable<>(Topic.SUBSCRIPTIONS, Subscription.class,
                row -> { }, registry);
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            List<TopicPartition> partitions = DirectoryTable.partitions(consumer, TOPICS);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            DirectoryTable.readToEnd(consumer, List.of(recipients, subscriptions));
        }
        return new Directory(recipients.rows(), subscriptions.rows());
    }

    /**
     * Sets the recipients of a publisher. One that had recipients before keeps the time from which on it receives.
     *
     * @param language empty for that of each notification
     * @param kinds templates; empty for all
     * @return the row that was written
     * @throws IllegalArgumentException with a sentence that says what is wrong; nothing is written
     */
    public Recipients setRecipients(String publisherId, List<String> addresses, Optional<String> language,
            List<String> kinds) {
        Recipients row = new Recipients(publisherId, addresses, language.orElse(null), kinds, now());
        DirectoryRules.check(row);
        Optional.ofNullable(read().recipients().get(publisherId)).map(Recipients::getSince).ifPresent(row::setSince);
        write(Topic.RECIPIENTS, publisherId, Optional.of(row));
        return row;
    }

    /** Removes the recipients of a publisher; events on their way are not sent any more. */
    public void removeRecipients(String publisherId) {
        write(Topic.RECIPIENTS, publisherId, Optional.empty());
    }

    /**
     * Creates a subscription, or changes one. One that exists keeps its state and the time from which on it receives.
     *
     * @param wanted {@code since}, {@code state}, {@code replay} and {@code test} do not count
     * @return the row that was written
     * @throws IllegalArgumentException with a sentence that says what is wrong; nothing is written
     */
    public Subscription setSubscription(Subscription wanted) {
        Optional<Subscription> known = Optional.ofNullable(read().subscriptions().get(wanted.getSubscriptionId()));
        Subscription row = Subscription.newBuilder(wanted)
                .setSince(known.map(Subscription::getSince).orElseGet(this::now))
                .setState(known.map(Subscription::getState).orElse(SubscriptionState.ACTIVE))
                .setEndedBecause(known.map(Subscription::getEndedBecause).orElse(null))
                .setReplay(known.map(Subscription::getReplay).orElse(null))
                .setTest(known.map(Subscription::getTest).orElse(null)).build();
        return write(row);
    }

    /** Removes a subscription; events on their way are not sent any more. */
    public void removeSubscription(String id) {
        write(Topic.SUBSCRIPTIONS, id, Optional.empty());
    }

    /** Has events wait, or has them sent again; a subscription that had ended receives events from now on. */
    public Subscription setState(String id, SubscriptionState state) {
        return change(id, row -> {
            if (row.getState() == SubscriptionState.ENDED) {
                row.setSince(now());
            }
            row.setState(state);
            row.setEndedBecause(null);
        });
    }

    /** Ends a subscription whose receiver wants no more events. */
    public Subscription end(String id, String answer) {
        return change(id, row -> {
            row.setState(SubscriptionState.ENDED);
            row.setEndedBecause(answer);
        });
    }

    /** Has the events from a time on sent again. */
    public Subscription replay(String id, Instant from) {
        return change(id, row -> row.setReplay(new SubscriptionReplay(UUID.randomUUID().toString(),
                from.truncatedTo(ChronoUnit.MILLIS), now())));
    }

    /** Has a test event sent. Its id is that of the row that tells the result on the topic deliveries. */
    public Subscription test(String id) {
        return change(id, row -> row.setTest(new SubscriptionTest("test-" + UUID.randomUUID(), now())));
    }

    private Subscription change(String id, RowChange change) {
        Subscription row = Optional.ofNullable(read().subscriptions().get(id)).map(known ->
                Subscription.newBuilder(known).build()).orElseThrow(() -> new IllegalArgumentException(
                        "there is no subscription %s".formatted(id)));
        change.apply(row);
        return write(row);
    }

    private Subscription write(Subscription row) {
        DirectoryRules.check(row);
        write(Topic.SUBSCRIPTIONS, row.getSubscriptionId(), Optional.of(row));
        return row;
    }

    private void write(Topic topic, String key, Optional<IndexedRecord> row) {
        AvroEncoder encoder = new AvroEncoder(registry, TOPICS);
        try (Producer<byte[], byte[]> producer = producers.get()) {
            producer.send(new ProducerRecord<>(topic.topicName(), key.getBytes(StandardCharsets.UTF_8),
                    row.map(value -> encoder.encode(topic, value)).orElse(null))).get();
        } catch (ExecutionException e) {
            throw new KafkaException("cannot write to %s: %s".formatted(topic.topicName(), e.getCause().getMessage()),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing to " + topic.topicName(), e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
