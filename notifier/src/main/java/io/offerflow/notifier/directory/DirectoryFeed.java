package io.offerflow.notifier.directory;

import io.offerflow.avro.Recipients;
import io.offerflow.avro.Subscription;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows recipients and subscriptions: every instance of the notifier reads all of them. */
public final class DirectoryFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryFeed.class);
    private static final List<Topic> TOPICS = List.of(Topic.RECIPIENTS, Topic.SUBSCRIPTIONS);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final DirectoryTable<Recipients> recipients;
    private final DirectoryTable<Subscription> subscriptions;
    private final Thread thread;
    private volatile Directory current;
    private volatile boolean closed;

    /** Reads everything that there is, and follows from there on. */
    public DirectoryFeed(Supplier<Consumer<byte[], byte[]>> consumers, SchemaRegistry registry) {
        this.consumer = consumers.get();
        this.recipients = new DirectoryTable<>(Topic.RECIPIENTS, Recipients.class, DirectoryRules::check, registry);
        this.subscriptions = new DirectoryTable<>(Topic.SUBSCRIPTIONS, Subscription.class, DirectoryRules::check,
                registry);
        List<TopicPartition> partitions = DirectoryTable.partitions(consumer, TOPICS);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        DirectoryTable.readToEnd(consumer, List.of(recipients, subscriptions));
        this.current = snapshot();
        this.thread = Thread.ofPlatform().name("notifier-directory").daemon().start(this::follow);
    }

    /** The newest state; the same object as long as nothing changes. */
    public Directory current() {
        return current;
    }

    private Directory snapshot() {
        return new Directory(recipients.rows(), subscriptions.rows());
    }

    private void follow() {
        try (consumer) {
            while (!closed) {
                read();
            }
        } catch (WakeupException | InterruptedException e) {
            // it is closed
        }
    }

    private void read() throws InterruptedException {
        try {
            boolean changed = false;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                changed |= taken(record);
            }
            current = changed ? snapshot() : current;
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            pause(e);
        }
    }

    /** A row whose schema is not known waits for the registry. */
    private boolean taken(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        while (!closed) {
            try {
                return recipients.take(record) | subscriptions.take(record);
            } catch (RegistryUnavailableException e) {
                pause(e);
            }
        }
        return false;
    }

    private static void pause(RuntimeException failure) throws InterruptedException {
        LOG.warn("recipients and subscriptions cannot be read now: {}", failure.getMessage());
        TimeUnit.SECONDS.sleep(1);
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
