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
import io.offerflow.http.Json;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** An entry of the journal as JSON: the command, the decision and the events. */
final class HistoryJson {

    /** Longer fields of a command are omitted: a whole section would hide the timeline. */
    private static final int MAX_SHOWN_CHARACTERS = 2_000;

    private HistoryJson() {
    }

    static ObjectNode of(long offset, JournalEntry entry, AvroDecoder decoder) {
        ObjectNode node = Json.object().put("offset", offset).put("sequence", entry.getSequence())
                .put("at", Json.time(entry.getNow())).put("kind", entry.getKind().name());
        Optional<JournalInput> input = Optional.ofNullable(entry.getInput());
        command(node, input.flatMap(value -> envelope(value, decoder)));
        node.set("source", Json.record(input.map(JournalInput::getSource)));
        node.put("result", entry.getResult().name());
        node.set("reason", Json.text(Optional.ofNullable(entry.getReason()).map(Enum::name)));
        node.put("rule", entry.getRule());
        node.set("detail", Json.text(Optional.ofNullable(entry.getDetail())));
        node.set("problems", Json.records(entry.getProblems()));
        node.set("events", events(entry));
        return node;
    }

    /** Whether an entry records a dry run, before which nothing fell due. */
    static boolean isDryRun(JournalEntry entry, AvroDecoder decoder) {
        return entry.getDue().isEmpty() && Optional.ofNullable(entry.getInput())
                .flatMap(input -> envelope(input, decoder)).filter(HistoryJson::validatesOnly).isPresent();
    }

    private static boolean validatesOnly(JsonNode envelope) {
        return envelope.path("validateOnly").asBoolean();
    }

    /** The command envelope in the JSON form of its topic; empty if it cannot be read. */
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
                envelope.flatMap(fields -> fields.path("payload").properties().stream().findFirst());
        node.set("actor", Json.text(envelope.map(fields -> fields.path("actor").asText())));
        node.set("command", Json.text(payload.map(Map.Entry::getKey)));
        node.set("commandId", Json.text(envelope.map(fields -> fields.path("commandId").asText())));
        node.put("validateOnly", envelope.filter(HistoryJson::validatesOnly).isPresent());
        ArrayNode omitted = Json.array(List.of());
        node.set("payload", payload.<JsonNode>map(command -> shown(command.getValue(), omitted))
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

    private static ArrayNode events(JournalEntry entry) {
        List<ObjectNode> events = new ArrayList<>();
        for (DueEvent due : entry.getDue()) {
            events.add(event(due.getEvent(), due.getAt(), true, due.getRule()));
        }
        entry.getEvents().forEach(event -> events.add(event(event, entry.getNow(), false, entry.getRule())));
        return Json.array(events);
    }

    private static ObjectNode event(Object event, Instant at, boolean due, String rule) {
        IndexedRecord avro = (IndexedRecord) event;
        return Json.object().put("type", avro.getSchema().getName()).put("at", Json.time(at)).put("due", due)
                .put("rule", rule).set("data", AvroJson.write(avro));
    }
}
