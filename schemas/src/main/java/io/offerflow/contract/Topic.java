package io.offerflow.contract;

import io.offerflow.avro.AudienceMember;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.DeadLetter;
import io.offerflow.avro.DeliveryRecord;
import io.offerflow.avro.Entitlement;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.Notification;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Recipients;
import io.offerflow.avro.StepRequest;
import io.offerflow.avro.StepResult;
import io.offerflow.avro.Storefront;
import io.offerflow.avro.Subscription;
import io.offerflow.avro.SupportDecision;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topic catalogue: every topic of the service and of the notifier with its content, retention, writers and readers.
 *
 * <p>Keys are UTF-8. Murmur2 of {@code publisherId/offerId} determines the partition of an input, and all outputs
 * go to the same partition number. Values are in the Confluent wire format under the subject {@code <topic>-value}.
 */
public enum Topic {
    OFFER_COMMANDS("offer-commands", OfferCommand.getClassSchema(), Direction.INPUT, Cleanup.days(7),
            List.of(Role.PUBLISHER), List.of(Role.SERVICE), "commands of publishers"),
    STEP_RESULTS("step-results", StepResult.getClassSchema(), Direction.INPUT, Cleanup.days(7),
            List.of(Role.VALIDATOR), List.of(Role.SERVICE), "results of validation and certification"),
    CUSTOMER_REQUESTS("customer-requests", CustomerRequest.getClassSchema(), Direction.INPUT, Cleanup.days(7),
            List.of(Role.COMMERCE), List.of(Role.SERVICE), "requests of customers to buy and download"),
    SUPPORT_DECISIONS("support-decisions", SupportDecision.getClassSchema(), Direction.INPUT, Cleanup.days(7),
            List.of(Role.SUPPORT), List.of(Role.SERVICE), "decisions of the support desk about removals"),

    OFFER_JOURNAL("offer-journal", JournalEntry.getClassSchema(), Direction.OUTPUT, Cleanup.FOR_EVER,
            List.of(Role.SERVICE), List.of(Role.REPLAYER),
            "every input with its decision and events: the source of truth"),
    COMMAND_OUTCOMES("command-outcomes", CommandOutcome.getClassSchema(), Direction.OUTPUT, Cleanup.days(7),
            List.of(Role.SERVICE),
            List.of(Role.PUBLISHER, Role.VALIDATOR, Role.COMMERCE, Role.SUPPORT, Role.NOTIFIER),
            "one short answer per input"),
    OFFER_STATUS("offer-status", OfferStatus.getClassSchema(), Direction.OUTPUT, Cleanup.COMPACTED,
            List.of(Role.SERVICE), List.of(Role.STATUS_READER, Role.NOTIFIER),
            "one row per offer: status, sections, run"),
    PLAN_STATUS("plan-status", PlanStatus.getClassSchema(), Direction.OUTPUT, Cleanup.COMPACTED,
            List.of(Role.SERVICE), List.of(Role.STATUS_READER, Role.COMMERCE, Role.NOTIFIER),
            "one row per plan: state, problems"),
    AUDIENCE_MEMBERS("audience-members", AudienceMember.getClassSchema(), Direction.OUTPUT, Cleanup.COMPACTED,
            List.of(Role.SERVICE), List.of(Role.COMMERCE, Role.NOTIFIER),
            "one row per customer in the private audience of a plan"),
    ENTITLEMENTS("entitlements", Entitlement.getClassSchema(), Direction.OUTPUT, Cleanup.COMPACTED,
            List.of(Role.SERVICE), List.of(Role.COMMERCE, Role.NOTIFIER),
            "one row per customer and plan, written when it was bought"),
    STOREFRONT("storefront", Storefront.getClassSchema(), Direction.OUTPUT, Cleanup.COMPACTED,
            List.of(Role.SERVICE), List.of(Role.STATUS_READER, Role.COMMERCE, Role.NOTIFIER),
            "what customers can see and buy"),
    NOTIFICATIONS("notifications", Notification.getClassSchema(), Direction.OUTPUT, Cleanup.days(30),
            List.of(Role.SERVICE), List.of(Role.STATUS_READER, Role.NOTIFIER),
            "messages that a portal would send by e-mail"),
    STEP_REQUESTS("step-requests", StepRequest.getClassSchema(), Direction.OUTPUT, Cleanup.days(30),
            List.of(Role.SERVICE), List.of(Role.VALIDATOR, Role.NOTIFIER),
            "requests for the next step of validation and certification"),
    QUARANTINE("quarantine", QuarantinedRecord.getClassSchema(), Direction.OUTPUT, Cleanup.days(30),
            List.of(Role.SERVICE), List.of(Role.REPLAYER, Role.SUPPORT),
            "inputs that could not be read, with the reason and what to do"),

    RECIPIENTS("recipients", Recipients.getClassSchema(), Direction.NOTIFIER, Cleanup.COMPACTED,
            List.of(Role.SUPPORT), List.of(Role.NOTIFIER, Role.SUPPORT), "who receives the e-mails of a publisher"),
    SUBSCRIPTIONS("subscriptions", Subscription.getClassSchema(), Direction.NOTIFIER, Cleanup.COMPACTED,
            List.of(Role.SUPPORT, Role.NOTIFIER), List.of(Role.NOTIFIER, Role.SUPPORT),
            "webhooks: where events are sent, and which"),
    DELIVERIES("deliveries", DeliveryRecord.getClassSchema(), Direction.NOTIFIER, Cleanup.compacted(30),
            List.of(Role.NOTIFIER), List.of(Role.NOTIFIER, Role.SUPPORT),
            "one row per event and recipient or webhook: tries, last answer, state"),
    DEAD_LETTERS("dead-letters", DeadLetter.getClassSchema(), Direction.NOTIFIER, Cleanup.days(30),
            List.of(Role.NOTIFIER), List.of(Role.SUPPORT), "events that could not be delivered, with the reason");

    /** The direction of records, seen from the service, which neither reads nor writes the topics of the notifier. */
    public enum Direction { INPUT, OUTPUT, NOTIFIER }

    /** A writer or reader of topics; access rules are generated from it. */
    public enum Role { PUBLISHER, VALIDATOR, COMMERCE, SUPPORT, SERVICE, STATUS_READER, REPLAYER, NOTIFIER, GATEWAY }

    /** How long records are kept. */
    public record Cleanup(boolean compacted, Optional<Duration> retention) {
        static final Cleanup FOR_EVER = new Cleanup(false, Optional.empty());
        static final Cleanup COMPACTED = new Cleanup(true, Optional.empty());

        static Cleanup days(int days) {
            return new Cleanup(false, Optional.of(Duration.ofDays(days)));
        }

        /** The newest row per key, and no row that is older. */
        static Cleanup compacted(int days) {
            return new Cleanup(true, Optional.of(Duration.ofDays(days)));
        }

        /** Value of {@code cleanup.policy}. */
        public String cleanupPolicy() {
            if (compacted && retention.isPresent()) {
                return TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE;
            }
            return compacted ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE;
        }

        /** Value of {@code retention.ms}: milliseconds, -1 for ever. */
        public long retentionMs() {
            return retention.map(Duration::toMillis).orElse(-1L);
        }
    }

    /** Largest record batch of an input topic, in bytes: Kafka's own default. */
    public static final int INPUT_MAX_BYTES = 1_048_588;

    /** Largest record batch of an output topic, in bytes: an output may contain a whole input and more. */
    public static final int OUTPUT_MAX_BYTES = 8 * 1024 * 1024;

    static {
        GeneratedClasses.model(); // Avro refuses to build or read records of our classes before
    }

    private final String topicName;
    private final Schema schema;
    private final Direction direction;
    private final Cleanup cleanup;
    private final List<Role> writers;
    private final List<Role> readers;
    private final String purpose;

    Topic(String topicName, Schema schema, Direction direction, Cleanup cleanup, List<Role> writers, List<Role> readers,
            String purpose) {
        this.topicName = topicName;
        this.schema = schema;
        this.direction = direction;
        this.cleanup = cleanup;
        this.writers = writers;
        this.readers = readers;
        this.purpose = purpose;
    }

    /** Name of the topic at the broker. */
    public String topicName() {
        return topicName;
    }

    /** Schema of this release for the values. */
    public Schema schema() {
        return schema;
    }

    /** Subject of the values in the schema registry. */
    public String subject() {
        return topicName + "-value";
    }

    /** The format of keys; an input that cannot be read keeps its own key, in quarantine and journal. */
    public String key() {
        return switch (this) {
            case PLAN_STATUS -> "publisherId/offerId/planId";
            case AUDIENCE_MEMBERS -> "publisherId/offerId/planId/generation/id";
            case ENTITLEMENTS -> "publisherId/offerId/planId/customerId";
            case QUARANTINE -> "that of the input";
            case RECIPIENTS -> "publisherId";
            case SUBSCRIPTIONS -> "subscriptionId";
            case DELIVERIES -> "destination/eventId";
            case DEAD_LETTERS -> "that of the event";
            case OFFER_COMMANDS, STEP_RESULTS, CUSTOMER_REQUESTS, SUPPORT_DECISIONS, OFFER_JOURNAL, COMMAND_OUTCOMES,
                    OFFER_STATUS, STOREFRONT, NOTIFICATIONS, STEP_REQUESTS -> "publisherId/offerId";
        };
    }

    public Direction direction() {
        return direction;
    }

    public Cleanup cleanup() {
        return cleanup;
    }

    public List<Role> writers() {
        return writers;
    }

    public List<Role> readers() {
        return readers;
    }

    /** The content of the topic, in half a sentence. */
    public String purpose() {
        return purpose;
    }

    /**
     * Compatibility level of the subject. Anyone may read outputs with any release. The readers of inputs are upgraded
     * before their writers, and only the tools of this project read the journal, so these can gain commands and events.
     */
    public String compatibility() {
        return direction == Direction.INPUT || this == OFFER_JOURNAL ? "BACKWARD_TRANSITIVE" : "FULL_TRANSITIVE";
    }

    /**
     * Timestamp type of the records. Inputs have the broker's append time, which advances the offer's clock; outputs
     * keep the time that the service sets.
     */
    public String timestampType() {
        return direction == Direction.INPUT ? "LogAppendTime" : "CreateTime";
    }

    /** Largest record batch in bytes. */
    public int maxMessageBytes() {
        return direction == Direction.INPUT ? INPUT_MAX_BYTES : OUTPUT_MAX_BYTES;
    }

    /** Settings of the topic that the service relies on, by their Kafka names. */
    public Map<String, String> settings() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.cleanupPolicy(),
                TopicConfig.RETENTION_MS_CONFIG, Long.toString(cleanup.retentionMs()),
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, timestampType(),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes()));
    }

    /**
     * The topic as Kafka's admin client creates it.
     *
     * @param partitions the same number for every topic
     * @param replicas replication factor
     */
    public NewTopic newTopic(int partitions, short replicas) {
        return new NewTopic(topicName, partitions, replicas).configs(settings());
    }

    /** The topics the service reads. */
    public static List<Topic> inputs() {
        return Arrays.stream(values()).filter(topic -> topic.direction == Direction.INPUT).toList();
    }

    /** The topics the service writes. */
    public static List<Topic> outputs() {
        return Arrays.stream(values()).filter(topic -> topic.direction == Direction.OUTPUT).toList();
    }

    /** The topics that a role reads or writes. */
    public static List<Topic> of(Role role) {
        return Arrays.stream(values()).filter(topic -> topic.readers.contains(role) || topic.writers.contains(role))
                .toList();
    }

    /** The topic with this name, if it is one of ours. */
    public static Optional<Topic> named(String topicName) {
        return Arrays.stream(values()).filter(topic -> topic.topicName.equals(topicName)).findFirst();
    }
}
