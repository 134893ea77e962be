package io.offerflow.cli.demo;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Notification;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Storefront;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.cli.render.EventNarrator;
import io.offerflow.cli.render.StorefrontCache;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads what the service says and passes it to the story, the count and those who wait, in this order. */
final class OutputWatcher implements AutoCloseable {

    private static final List<Topic> TOPICS = List.of(Topic.COMMAND_OUTCOMES, Topic.OFFER_STATUS, Topic.PLAN_STATUS,
            Topic.STOREFRONT, Topic.NOTIFICATIONS, Topic.QUARANTINE);

    private final TopicReader reader;
    private final AvroDecoder decoder;
    private final EventNarrator story;
    private final DemoCounts tally;
    private final ObservedState sightings;
    private final StorefrontCache shelf = new StorefrontCache();

    OutputWatcher(Cluster cluster, EventNarrator story, DemoCounts tally, ObservedState sightings) {
        this.reader = new TopicReader(cluster, TOPICS, new TopicReader.Start.Beginning());
        this.decoder = new AvroDecoder(cluster.registry());
        this.story = story;
        this.tally = tally;
        this.sightings = sightings;
    }

    void run() {
        reader.run(record -> {
            see(record);
            return true;
        }, this::tellOfPlans);
    }

    /** Going live changes all plans of an offer at once, one row each: they are told of together. */
    private void tellOfPlans() {
        shelf.news().forEach((offer, sentence) -> {
            story.plans(offer, sentence);
            tally.plans(offer, sentence);
        });
    }

    /** Makes {@link #run} return when it has seen everything that is there now. */
    void finish() {
        reader.stopAtEnd();
    }

    @Override
    public void close() {
        reader.close();
    }

    private void see(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "(no key)" : new String(record.key(), StandardCharsets.UTF_8);
        Topic topic = Topic.named(record.topic()).orElseThrow();
        if (record.value() == null) {
            gone(topic, key);
            return;
        }
        switch (decoder.decode(topic, record.value())) {
            case CommandOutcome outcome -> {
                story.outcome(key, outcome);
                tally.outcome(outcome);
                sightings.outcome(key, outcome);
            }
            case OfferStatus row -> {
                story.status(key, Optional.of(row));
                tally.row(key, Optional.of(row));
                sightings.row(key, Optional.of(row));
            }
            case PlanStatus plan -> shelf.plan(key, Optional.of(plan));
            case Storefront shown -> {
                story.storefront(key, Optional.of(shown));
                tally.storefront(key, Optional.of(shown));
            }
            case Notification mail -> {
                story.notification(key, mail);
                tally.notification(mail);
                sightings.notification(key, mail);
            }
            case QuarantinedRecord bad -> {
                story.quarantined(key, bad);
                tally.quarantined();
            }
            default -> throw new IllegalStateException("not watched: " + topic);
        }
    }

    private void gone(Topic topic, String key) {
        switch (topic) {
            case OFFER_STATUS -> {
                story.status(key, Optional.empty());
                tally.row(key, Optional.empty());
                sightings.row(key, Optional.empty());
            }
            case PLAN_STATUS -> shelf.plan(key, Optional.empty());
            case STOREFRONT -> {
                story.storefront(key, Optional.empty());
                tally.storefront(key, Optional.empty());
            }
            default -> throw new IllegalStateException("not compacted: " + topic);
        }
    }
}
