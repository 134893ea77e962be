package io.offerflow.cli.render;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Notification;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Storefront;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes the records that tell what happens to offers, and passes each to the handlers in their order. */
public final class OutputDispatcher {

    /** The topics that are dispatched; records of the same time are read in this order. */
    public static final List<Topic> TOPICS = List.of(Topic.COMMAND_OUTCOMES, Topic.OFFER_STATUS, Topic.PLAN_STATUS,
            Topic.STOREFRONT, Topic.NOTIFICATIONS, Topic.QUARANTINE);

    private final AvroDecoder decoder;
    private final List<OutputHandler> handlers;

    public OutputDispatcher(SchemaRegistry registry, List<OutputHandler> handlers) {
        this.decoder = new AvroDecoder(registry);
        this.handlers = handlers;
    }

    public void dispatch(ConsumerRecord<byte[], byte[]> record) {
        Topic topic = Topic.named(record.topic()).orElseThrow();
        String key = RecordFormat.key(record).orElse("(no key)");
        Optional<IndexedRecord> value = Optional.ofNullable(record.value()).map(bytes -> decoder.decode(topic, bytes));
        handlers.forEach(handler -> dispatch(handler, topic, key, value));
    }

    private static void dispatch(OutputHandler handler, Topic topic, String key, Optional<IndexedRecord> value) {
        switch (topic) {
            case COMMAND_OUTCOMES -> value.ifPresent(outcome -> handler.outcome(key, (CommandOutcome) outcome));
            case OFFER_STATUS -> handler.status(key, value.map(OfferStatus.class::cast));
            case PLAN_STATUS -> handler.plan(key, value.map(PlanStatus.class::cast));
            case STOREFRONT -> handler.storefront(key, value.map(Storefront.class::cast));
            case NOTIFICATIONS -> value.ifPresent(sent -> handler.notification(key, (Notification) sent));
            case QUARANTINE -> value.ifPresent(record -> handler.quarantined(key, (QuarantinedRecord) record));
            case OFFER_COMMANDS, STEP_RESULTS, CUSTOMER_REQUESTS, SUPPORT_DECISIONS, OFFER_JOURNAL, AUDIENCE_MEMBERS,
                    ENTITLEMENTS, STEP_REQUESTS, RECIPIENTS, SUBSCRIPTIONS, DELIVERIES, DEAD_LETTERS ->
                throw new IllegalArgumentException("not dispatched: " + topic);
        }
    }
}
