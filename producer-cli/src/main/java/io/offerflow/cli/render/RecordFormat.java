package io.offerflow.cli.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.feed.HeadersJson;
import io.offerflow.contract.Topic;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.contract.json.BytesText;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.registry.UnknownSchemaException;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.Framing;
import io.offerflow.contract.wire.NotWireFormatException;
import io.offerflow.contract.wire.UnreadableValueException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Shows a record of a topic, for people or as one line of JSON, even if its value cannot be read. */
public final class RecordFormat {

    private final Topic topic;
    private final AvroDecoder decoder;
    private final Terminal terminal;

    public RecordFormat(Topic topic, SchemaRegistry registry, Terminal terminal) {
        this.topic = topic;
        this.decoder = new AvroDecoder(registry);
        this.terminal = terminal;
    }

    /** The key as text, if it is text. */
    public static Optional<String> key(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.key()).flatMap(BytesText::utf8);
    }

    /** As JSON, which {@code send} accepts if the topic is an input. */
    public ObjectNode json(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("topic", record.topic());
        key(record).ifPresentOrElse(key -> line.put("key", key), () -> line.putNull("key"));
        line.put("partition", record.partition()).put("offset", record.offset())
                .put("time", Instant.ofEpochMilli(record.timestamp()).toString());
        if (record.headers().iterator().hasNext()) {
            line.set("headers", HeadersJson.write(record.headers()));
        }
        if (record.value() == null) {
            return line.putNull("value");
        }
        try {
            line.set("value", value(record));
        } catch (UnreadableValueException | NotWireFormatException | UnknownSchemaException e) {
            line.putObject("unreadable").put("why", why(record, e))
                    .put("base64", Base64.getEncoder().encodeToString(record.value()));
        }
        return line;
    }

    /** A line with key, coordinates and time, the headers, and the value without empty fields. */
    public List<String> human(ConsumerRecord<byte[], byte[]> record) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.paint(Style.STRONG, key(record).orElse("(no key)"))
                + terminal.paint(Style.FAINT, "  partition %d offset %d  %s".formatted(record.partition(),
                        record.offset(), Instant.ofEpochMilli(record.timestamp()))));
        record.headers().forEach(header -> lines.add(terminal.paint(Style.FAINT, "  %s: %s".formatted(
                header.key(), Optional.ofNullable(header.value()).flatMap(BytesText::utf8).orElse("(no text)")))));
        if (record.value() == null) {
            lines.add("  deleted (no value)");
            return lines;
        }
        try {
            lines.addAll(JsonOutline.lines(value(record)));
        } catch (UnreadableValueException | NotWireFormatException | UnknownSchemaException e) {
            lines.add(terminal.paint(Style.BAD, "  cannot be read: %s (%d bytes)".formatted(why(record, e),
                    record.value().length)));
        }
        return lines;
    }

    /** What was found, and what the sender has to configure if the schema id is elsewhere. */
    private static String why(ConsumerRecord<byte[], byte[]> record, RuntimeException e) {
        Framing framing = Framing.of(record.value(), Arrays.stream(record.headers().toArray()).map(Header::key)
                .collect(Collectors.toSet()));
        return e instanceof NotWireFormatException || e instanceof UnknownSchemaException && framing.hidesSchemaId()
                ? "%s. %s".formatted(framing.found(), framing.advice()) : e.getMessage();
    }

    private JsonNode value(ConsumerRecord<byte[], byte[]> record) {
        return AvroJson.write(decoder.decode(topic, record.value()));
    }
}
