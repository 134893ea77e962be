package io.offerflow.notifier;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Coordinates;
import io.offerflow.avro.DeadLetter;
import io.offerflow.avro.Delivery;
import io.offerflow.avro.DeliveryRecord;
import io.offerflow.avro.Notification;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.Result;
import io.offerflow.avro.Subscription;
import io.offerflow.avro.SubscriptionState;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.notifier.directory.DirectoryEditor;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/** A broker with the topics of the catalogue, to which a test writes events as the service does. */
final class EventTopics implements AutoCloseable {

    static final int PARTITIONS = 3;

    private final Sandbox sandbox = Sandbox.start(SandboxOptions.temporary());
    private final RegistryClient registry;
    private final AvroEncoder encoder;
    private final Producer<byte[], byte[]> producer;
    private final Map<Integer, Integer> entries = new HashMap<>();

    EventTopics() {
        sandbox.createTopics(PARTITIONS);
        registry = new RegistryClient(RegistryOptions.at(sandbox.registryUrl())
                .withPatience(Duration.ofSeconds(60)));
        encoder = new AvroEncoder(registry, Topic.outputs());
        producer = producer();
    }

    String bootstrapServers() {
        return sandbox.bootstrapServers();
    }

    String registryUrl() {
        return sandbox.registryUrl();
    }

    /** The settings of a notifier with a group of its own. */
    Map<String, String> settings(String group) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("bootstrap.servers", bootstrapServers());
        settings.put("schema.registry.url", registryUrl());
        settings.put("group.id", "notifier-" + group);
        settings.put("webhooks.allow", "127.0.0.0/8");
        settings.put("kafka.session.timeout.ms", "6000");
        return settings;
    }

    DirectoryEditor editor() {
        return new DirectoryEditor(this::consumer, this::producer, registry, InstantSource.system());
    }

    Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers()), new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    Consumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers(), "isolation.level", "read_committed",
                "auto.offset.reset", "earliest", "enable.auto.commit", "false", "fetch.max.wait.ms", 20),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Writes a notification and returns the id of its event. */
    String notify(String offer, NotificationTemplate template) {
        return write(Topic.NOTIFICATIONS, offer, notification(offer, template), Map.of());
    }

    static Notification notification(String offer, NotificationTemplate template) {
        return Notification.newBuilder().setTemplate(template).setPublisherId(publisher(offer))
                .setOfferId(offer.substring(offer.indexOf('/') + 1)).setAlias("Shift planner")
                .setOccurredAt(Instant.parse("2026-03-01T09:30:00Z")).setSubmission(3L).build();
    }

    /** Writes an outcome and returns the id of its event. */
    String outcome(String offer, Result result) {
        return write(Topic.COMMAND_OUTCOMES, offer, CommandOutcome.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setCommand("SubmitOffer").setResult(result).setCause(new Coordinates("offer-commands", 0, 1L))
                .setDecidedAt(Instant.parse("2026-03-01T09:30:00Z")).setSequence(1).setDraftVersion(1)
                .setSubmission(1).setLiveVersion(0).build(), Map.of());
    }

    /** Writes an event with the headers of the service and some others. */
    String write(Topic topic, String offer, IndexedRecord value, Map<String, String> more) {
        int partition = Utils.toPositive(Utils.murmur2(bytes(offer))) % PARTITIONS;
        String id = "%d-%d-1".formatted(partition, entries.merge(partition, 1, Integer::sum));
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic.topicName(), partition, bytes(offer),
                encoder.encode(topic, value));
        Map<String, String> headers = new LinkedHashMap<>(Map.of("ce_specversion", "1.0", "ce_id", id,
                "ce_source", "/offerflow", "ce_type", value.getSchema().getFullName(),
                "ce_time", "2026-03-01T09:30:00Z"));
        headers.putAll(more);
        headers.forEach((name, text) -> record.headers().add(name, bytes(text)));
        producer.send(record);
        return id;
    }

    void flush() {
        producer.flush();
    }

    /** The newest deliveries by destination and event. */
    Map<String, Delivery> deliveries() {
        Map<String, Delivery> rows = new LinkedHashMap<>();
        AvroDecoder decoder = new AvroDecoder(registry);
        all(Topic.DELIVERIES).forEach(record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            rows.remove(key);
            if (record.value() != null && ((DeliveryRecord) decoder.decode(Topic.DELIVERIES, record.value()))
                    .getContent() instanceof Delivery delivery) {
                rows.put(key, delivery);
            }
        });
        return rows;
    }

    List<DeadLetter> deadLetters() {
        AvroDecoder decoder = new AvroDecoder(registry);
        return all(Topic.DEAD_LETTERS).stream().map(record ->
                (DeadLetter) decoder.decode(Topic.DEAD_LETTERS, record.value())).toList();
    }

    /** Number of members of a consumer group that have partitions. */
    int members(String group) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            return (int) admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                    .filter(member -> !member.assignment().topicPartitions().isEmpty()).count();
        } catch (InterruptedException | ExecutionException e) {
            return 0;
        }
    }

    /** All committed records of a topic. */
    List<ConsumerRecord<byte[], byte[]>> all(Topic topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.add(new TopicPartition(topic.topicName(), partition));
        }
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(20)).forEach(records::add);
            }
        }
        return records;
    }

    /** A subscription to notifications and outcomes, to be changed and set. */
    static Subscription subscription(String id, String url) {
        return Subscription.newBuilder().setSubscriptionId(id).setUrl(url)
                .setTopics(List.of(Topic.NOTIFICATIONS.topicName())).setSecret("file:first").setSince(Instant.EPOCH)
                .setState(SubscriptionState.ACTIVE).build();
    }

    private static String publisher(String offer) {
        return offer.substring(0, offer.indexOf('/'));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        registry.close();
        sandbox.close();
    }
}
