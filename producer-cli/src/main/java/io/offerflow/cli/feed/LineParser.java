package io.offerflow.cli.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.contract.NameBasedId;
import io.offerflow.contract.Topic;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.contract.json.JsonTrees;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.IndexedRecord;

/** Parses the lines of one file. */
final class LineParser {

    private static final String COMMAND_ID = "commandId";
    private static final String ISSUED_AT = "issuedAt";

    /** {@code key}, {@code partition}, {@code offset} and {@code time} are what {@code tail} adds. */
    private static final List<String> KNOWN =
            List.of("topic", "value", "after", "headers", "key", "partition", "offset", "time");
    private static final List<String> INPUTS = Topic.inputs().stream().map(Topic::topicName).toList();

    private final String fileName;
    private final Instant now;

    LineParser(String fileName, Instant now) {
        this.fileName = fileName;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    FeedLine parse(int number, String text, boolean first) {
        JsonNode line = JsonTrees.parse(text);
        if (!line.isObject()) {
            throw new LineException("expected an object such as {\"topic\": \"offer-commands\", \"value\": {...}}");
        }
        line.fieldNames().forEachRemaining(LineParser::requireKnown);
        WaitCondition after = line.has("after") ? WaitConditionParser.parse(line.get("after"))
                : first ? new WaitCondition.Nothing() : new WaitCondition.AnyOutcome();
        boolean onlyWaits = line.has("after") && line.size() == 1;
        return new FeedLine(number, after, onlyWaits ? Optional.empty() : Optional.of(message(line, number)));
    }

    private static void requireKnown(String name) {
        if (name.equals("unreadable")) {
            throw new LineException("the value could not be read when this line was written, so it cannot be sent");
        }
        if (!KNOWN.contains(name)) {
            throw new LineException("%s: expected a field of a line (%s), but met an unknown one%s"
                    .formatted(name, String.join(", ", KNOWN), WaitConditionParser.meant(name, KNOWN)));
        }
    }

    Message message(JsonNode line, int number) {
        Topic topic = topic(line.path("topic"));
        if (!(line.get("value") instanceof ObjectNode given)) {
            throw new LineException("value: expected an object (" + topic.schema().getName() + ")");
        }
        ObjectNode value = given.deepCopy();
        if (!value.has(COMMAND_ID)) {
            value.put(COMMAND_ID, derivedId(topic, given, number).toString());
        }
        if (!value.has(ISSUED_AT)) {
            value.put(ISSUED_AT, now.toString());
        }
        IndexedRecord record = AvroJson.read(topic.schema(), value);
        String key = idPart(value, "publisherId") + "/" + idPart(value, "offerId");
        requireSameKey(line, key);
        return new Message(topic, key, commandId(value), command(record), record,
                HeadersJson.read(line.path("headers")));
    }

    private static Topic topic(JsonNode node) {
        return Topic.named(node.asText()).filter(topic -> topic.direction() == Topic.Direction.INPUT)
                .orElseThrow(() -> new LineException("topic: expected one of %s, but met %s%s".formatted(
                        String.join(", ", INPUTS), node.isMissingNode() ? "nothing" : "\"" + node.asText() + "\"",
                        WaitConditionParser.meant(node.asText(), INPUTS))));
    }

    /** The same for the same file name, line number and value; another one if any of them changes. */
    private UUID derivedId(Topic topic, JsonNode value, int number) {
        return NameBasedId.of(fileName, topic.topicName() + " " + JsonTrees.text(value), Integer.toString(number));
    }

    private static UUID commandId(JsonNode value) {
        String text = value.get(COMMAND_ID).textValue();
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException notAnId) {
            // reported below, together with short forms of UUIDs, which Java accepts
        }
        throw new LineException("value.commandId: expected a UUID, but met \"" + text + "\"");
    }

    private static String idPart(JsonNode value, String field) {
        String part = value.get(field).textValue();
        if (part.isEmpty() || part.contains("/")) {
            throw new LineException("value.%s: expected an id without \"/\", but met \"%s\"".formatted(field, part));
        }
        return part;
    }

    private static void requireSameKey(JsonNode line, String key) {
        JsonNode given = line.path("key");
        if (!given.isMissingNode() && !key.equals(given.textValue())) {
            throw new LineException("key: expected \"%s\", as in the value, but met %s".formatted(key, given));
        }
    }

    private static String command(IndexedRecord record) {
        Object payload = record.get(record.getSchema().getField("payload").pos());
        return ((GenericContainer) payload).getSchema().getName();
    }
}
