package io.offerflow.notifier.sending;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Notification;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.StepRequest;
import io.offerflow.contract.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** The kind of an event, by which recipients and subscriptions choose. */
public final class EventKinds {

    /** The kind of a record without a value. */
    public static final String DELETED = "DELETED";

    /** The field whose value is the kind, for the topics that have kinds. */
    private static final Map<Topic, String> FIELDS = Map.of(Topic.NOTIFICATIONS, "template",
            Topic.COMMAND_OUTCOMES, "result", Topic.OFFER_STATUS, "status", Topic.PLAN_STATUS, "state",
            Topic.STEP_REQUESTS, "step");

    private EventKinds() {
    }

    /** The kind of a value; empty if its topic has no kinds. */
    public static Optional<String> of(Optional<IndexedRecord> value) {
        return value.map(EventKinds::of).orElse(Optional.of(DELETED));
    }

    private static Optional<String> of(IndexedRecord value) {
        return Optional.ofNullable(switch (value) {
            case Notification notification -> notification.getTemplate();
            case CommandOutcome outcome -> outcome.getResult();
            case OfferStatus offer -> offer.getStatus();
            case PlanStatus plan -> plan.getState();
            case StepRequest request -> request.getStep();
            default -> null;
        }).map(Object::toString);
    }

    /** Whether an event of this kind is wanted; without kinds, all are. */
    public static boolean wanted(Collection<String> kinds, Optional<IndexedRecord> value) {
        return kinds.isEmpty() || of(value).filter(kinds::contains).isPresent();
    }

    /** All kinds of some topics, in alphabetical order. */
    public static Set<String> of(Collection<Topic> topics) {
        Set<String> kinds = new TreeSet<>();
        topics.forEach(topic -> {
            Optional.ofNullable(FIELDS.get(topic)).map(field -> topic.schema().getField(field).schema())
                    .map(Schema::getEnumSymbols).ifPresent(kinds::addAll);
            if (topic.cleanup().compacted()) {
                kinds.add(DELETED);
            }
        });
        return kinds;
    }

    /** The topics that have kinds, with their kinds. */
    public static Map<Topic, List<String>> all() {
        Map<Topic, List<String>> all = new TreeMap<>();
        Arrays.stream(Topic.values()).filter(FIELDS::containsKey).forEach(topic ->
                all.put(topic, new ArrayList<>(of(Set.of(topic)))));
        return all;
    }
}
