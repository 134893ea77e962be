package io.offerflow.cli.verb;

import io.offerflow.contract.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * One command of the contract as a verb: its options come from the fields of the payload, their help from the doc
 * comments of the schema.
 *
 * @param path the words of the verb, such as {@code plan create}
 * @param topic where it is sent
 * @param payload name of the record, such as {@code CreatePlan}
 * @param positional fields that are given by their place behind the offer
 * @param fixed fields that the verb itself says
 * @param content the record whose fields become options of their own, by the field that holds it
 * @param rule when it is taken and when it is refused
 * @param example what one would write behind the program's name
 */
record CommandVerb(List<String> path, Topic topic, String payload, List<String> positional, Map<String, String> fixed,
        Optional<ContentOption> content, String rule, String example) {

    /**
     * A record inside the payload.
     *
     * @param field that holds it
     * @param type name of the record, where there are several
     */
    record ContentOption(String field, String type) {
    }

    static CommandVerb of(String path, Topic topic, String payload, String... positional) {
        return new CommandVerb(List.of(path.split(" ")), topic, payload, List.of(positional), Map.of(), Optional.empty(), "",
                "");
    }

    CommandVerb fixing(String field, String value) {
        Map<String, String> all = new LinkedHashMap<>(fixed);
        all.put(field, value);
        return new CommandVerb(path, topic, payload, positional, all, content, rule, example);
    }

    CommandVerb holding(String field, String type) {
        return new CommandVerb(path, topic, payload, positional, fixed, Optional.of(new ContentOption(field, type)), rule, example);
    }

    CommandVerb rule(String sentences) {
        return new CommandVerb(path, topic, payload, positional, fixed, content, sentences, example);
    }

    CommandVerb example(String arguments) {
        return new CommandVerb(path, topic, payload, positional, fixed, content, rule, arguments);
    }

    String name() {
        return path.getLast();
    }

    /** Schema of the payload. */
    Schema schema() {
        return topic.schema().getField("payload").schema().getTypes().stream()
                .filter(type -> type.getName().equals(payload)).findFirst()
                .orElseThrow(() -> new IllegalStateException(topic.topicName() + " knows no " + payload));
    }

    /** Schema of the record whose fields become options. */
    Optional<Schema> contentSchema() {
        return content.map(inner -> branches(schema().getField(inner.field()).schema())
                .filter(type -> type.getName().equals(inner.type())).findFirst()
                .orElseThrow(() -> new IllegalStateException(payload + " holds no " + inner.type())));
    }

    /** Whether the record is one of several, which are told apart by their names. */
    boolean contentIsNamed() {
        return content.map(inner -> branches(schema().getField(inner.field()).schema()).count() > 1).orElse(false);
    }

    /** What it does, for a format string. */
    String doc() {
        String doc = contentIsNamed() ? contentSchema().orElseThrow().getDoc() + " " + schema().getDoc()
                : schema().getDoc();
        return doc.replace("%", "%%");
    }

    /** The fields of the payload that are options: all that are not given otherwise. */
    List<Schema.Field> options() {
        List<Schema.Field> fields = new ArrayList<>(schema().getFields());
        fields.removeIf(field -> positional.contains(field.name()) || fixed.containsKey(field.name())
                || content.filter(inner -> inner.field().equals(field.name())).isPresent());
        return fields;
    }

    /** The types that a field may have, without null. */
    static Stream<Schema> branches(Schema schema) {
        return (schema.isUnion() ? schema.getTypes().stream() : Stream.of(schema))
                .filter(type -> type.getType() != Schema.Type.NULL);
    }
}
