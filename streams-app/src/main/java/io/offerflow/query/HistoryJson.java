package io.offerflow.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.DueEvent;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.JournalInput;
import io.offerflow.contract.Topic;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.contract.registry.UnknownSchemaException;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.NotWireFormatException;
import io.offerflow.contract.wire.UnreadableValueException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** A line of the journal as JSON: what was asked, what was decided, what happened. */
final class HistoryJson {

    /** Fields of a command whose JSON is longer are left out: a whole section would bury the timeline. */
    private static final int MAX_SHOWN_CHARACTERS = 2_000;

    private HistoryJson() {
    }

    static ObjectNode of(long offset, JournalEntry line, AvroDecoder decoder) {
        ObjectNode node = Json.object().put("offset", offset).put("sequence", line.getSequence())
                .put("at", Json.time(line.getNow())).put("kind", line.getKind().name());
        Optional<JournalInput> input = Optional.ofNullable(line.getInput());
        command(node, input.flatMap(given -> envelope(given, decoder)));
        node.set("source", Json.record(input.map(JournalInput::getSource)));
        node.put("result", line.getResult().name());
        node.set("reason", Json.text(Optional.ofNullable(line.getReason()).map(Enum::name)));
        node.put("rule", line.getRule());
        node.set("detail", Json.text(Optional.ofNullable(line.getDetail())));
        node.set("problems", Json.records(line.getProblems()));
        node.set("events", events(line));
        return node;
    }

    /** The envelope as the topic's own JSON; empty if it could not be read. */
    private static Optional<JsonNode> envelope(JournalInput input, AvroDecoder decoder) {
        Optional<Topic> topic = Topic.named(input.getSource().getTopic());
        if (topic.isEmpty() || input.getValue() == null) {
            return Optional.empty();
        }
        ByteBuffer value = input.getValue().duplicate();
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        try {
            return Optional.of(AvroJson.write(decoder.decode(topic.get(), bytes)));
        } catch (NotWireFormatException | UnknownSchemaException | UnreadableValueException quarantined) {
            return Optional.empty();
        }
    }

    private static void command(ObjectNode node, Optional<JsonNode> envelope) {
        Optional<Map.Entry<String, JsonNode>> payload =
                envelope.flatMap(asked -> asked.path("payload").properties().stream().findFirst());
        node.set("actor", Json.text(envelope.map(asked -> asked.path("actor").asText())));
        node.set("command", Json.text(payload.map(Map.Entry::getKey)));
        node.set("commandId", Json.text(envelope.map(asked -> asked.path("commandId").asText())));
        node.put("validateOnly", envelope.filter(asked -> asked.path("validateOnly").asBoolean()).isPresent());
        ArrayNode omitted = Json.array(List.of());
        node.set("asked", payload.<JsonNode>map(command -> shown(command.getValue(), omitted))
                .orElse(NullNode.instance));
        node.set("omitted", omitted);
    }

    private static ObjectNode shown(JsonNode fields, ArrayNode omitted) {
        ObjectNode shown = Json.object();
        fields.properties().forEach(field -> {
            if (field.getValue().toString().length() <= MAX_SHOWN_CHARACTERS) {
                shown.set(field.getKey(), field.getValue());
            } else {
                omitted.add(field.getKey());
            }
        });
        return shown;
    }

    private static ArrayNode events(JournalEntry line) {
        List<ObjectNode> events = new ArrayList<>();
        for (DueEvent due : line.getDue()) {
            events.add(event(due.getEvent(), due.getAt(), true, due.getRule()));
        }
        line.getEvents().forEach(event -> events.add(event(event, line.getNow(), false, line.getRule())));
        return Json.array(events);
    }

    private static ObjectNode event(Object event, Instant at, boolean due, String rule) {
        IndexedRecord happened = (IndexedRecord) event;
        return Json.object().put("type", happened.getSchema().getName()).put("at", Json.time(at)).put("due", due)
                .put("rule", rule).set("data", AvroJson.write(happened));
    }
}
