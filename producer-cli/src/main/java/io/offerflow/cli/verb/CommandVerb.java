package io.offerflow.cli.verb;

import io.offerflow.cli.render.CommandHelp;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
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
 * @param topic the topic that it is sent to
 * @param payload the name of the record, such as {@code CreatePlan}
 * @param positional fields that are given as arguments after the offer
 * @param fixed fields whose values follow from the verb
 * @param content the record whose fields become options, by the field that holds it
 * @param help rules, reasons and an example
 */
record CommandVerb(List<String> path, Topic topic, String payload, List<String> positional, Map<String, String> fixed,
        Optional<ContentOption> content, CommandHelp help) {

    /**
     * A record inside the payload.
     *
     * @param field the field of the payload
     * @param type the name of the record, for fields with several types
     */
    record ContentOption(String field, String type) {
    }

    static CommandVerb of(String path, Topic topic, String payload, String... positional) {
        return new CommandVerb(List.of(path.split(" ")), topic, payload, List.of(positional), Map.of(),
                Optional.empty(), CommandHelp.EMPTY);
    }

    CommandVerb fixing(String field, String value) {
        Map<String, String> all = new LinkedHashMap<>(fixed);
        all.put(field, value);
        return new CommandVerb(path, topic, payload, positional, all, content, help);
    }

    CommandVerb holding(String field, String type) {
        Optional<ContentOption> held = Optional.of(new ContentOption(field, type));
        return new CommandVerb(path, topic, payload, positional, fixed, held, help);
    }

    CommandVerb meets(Rule... rules) {
        return with(help.meets(rules));
    }

    CommandVerb refusedAs(Reason... reasons) {
        return with(help.refusedAs(reasons));
    }

    CommandVerb example(String arguments) {
        return with(help.example(arguments));
    }

    private CommandVerb with(CommandHelp changed) {
        return new CommandVerb(path, topic, payload, positional, fixed, content, changed);
    }

    /** The words of the verb, as they are typed. */
    String words() {
        return String.join(" ", path);
    }

    String name() {
        return path.getLast();
    }

    /** Schema of the payload. */
    Schema schema() {
        return topic.schema().getField("payload").schema().getTypes().stream()
                .filter(type -> type.getName().equals(payload)).findFirst()
                .orElseThrow(() -> new IllegalStateException(topic.topicName() + " has no command " + payload));
    }

    /** Schema of the record whose fields become options. */
    Optional<Schema> contentSchema() {
        return content.map(inner -> branches(schema().getField(inner.field()).schema())
                .filter(type -> type.getName().equals(inner.type())).findFirst()
                .orElseThrow(() -> new IllegalStateException(payload + " has no " + inner.type())));
    }

    /** Whether the record is one of several types of a union. */
    boolean contentIsNamed() {
        return content.map(inner -> branches(schema().getField(inner.field()).schema()).count() > 1).orElse(false);
    }

    /** What it does, escaped for a format string. */
    String doc() {
        String doc = contentIsNamed() ? contentSchema().orElseThrow().getDoc() + " " + schema().getDoc()
                : schema().getDoc();
        return doc.replace("%", "%%");
    }

    /** The fields of the payload that are options: those that are not given in another way. */
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
