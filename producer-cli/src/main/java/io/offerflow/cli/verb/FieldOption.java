package io.offerflow.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.offerflow.contract.json.JsonMismatchException;
import io.offerflow.contract.json.JsonTrees;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** One field of a record as an option of the command line. */
record FieldOption(Schema.Field field) {

    /** Fields whose values are symbols of a closed list; users may type them in lower case and with hyphens. */
    private static final Set<String> SYMBOLS = Set.of("offerType", "section", "step", "pricingModel", "visibility",
            "term", "type", "problemType", "category", "callToAction", "testDriveType");

    private Schema type() {
        return CommandVerb.branches(field.schema()).findFirst().orElseThrow();
    }

    boolean isList() {
        return type().getType() == Schema.Type.ARRAY;
    }

    private boolean isConfirmation() {
        return field.name().equals("confirmed");
    }

    private boolean isSwitch() {
        return type().getType() == Schema.Type.BOOLEAN;
    }

    /** The name of the option: {@code --seats-min} for {@code seatsMin}. */
    String name() {
        return isConfirmation() ? "--yes" : "--" + kebab(field.name());
    }

    static String kebab(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    OptionSpec spec() {
        OptionSpec.Builder builder = OptionSpec.builder(name()).description(help());
        if (isSwitch() && !isConfirmation()) {
            return builder.type(String.class).arity("0..1").fallbackValue("true").paramLabel("true|false").build();
        }
        if (isSwitch()) {
            return builder.type(boolean.class).arity("0").build();
        }
        boolean required = !field.hasDefaultValue();
        return isList() ? builder.type(List.class).auxiliaryTypes(String.class).paramLabel(label()).required(required)
                .build() : builder.type(String.class).paramLabel(label()).required(required).build();
    }

    String help() {
        String doc = String.valueOf(field.doc()).replaceAll("\\s+", " ").strip();
        return doc.replace("%", "%%") + (isList() ? isText(type().getElementType())
                ? " Separated by commas, or given several times." : " May be given several times."
                : "");
    }

    private String label() {
        Schema type = isList() ? type().getElementType() : type();
        return switch (type.getType()) {
            case RECORD -> twoTexts(type) ? type.getFields().stream().map(part -> part.name().toUpperCase(Locale.ROOT))
                    .reduce((a, b) -> a + "=" + b).orElseThrow() : "JSON";
            case INT -> "N";
            case LONG -> type.getLogicalType() instanceof LogicalTypes.TimestampMillis ? "INSTANT" : "N";
            default -> isSymbol() ? "NAME" : "TEXT";
        };
    }

    private boolean isSymbol() {
        return SYMBOLS.contains(field.name());
    }

    /** The given value as JSON; the schema is checked later. */
    JsonNode json(Object given, picocli.CommandLine command) {
        if (given instanceof Boolean flag) {
            return BooleanNode.valueOf(flag);
        }
        if (given instanceof List<?> items) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> add(list, item.toString(), command));
            return list;
        }
        return one(type(), given.toString(), command);
    }

    private void add(ArrayNode list, String text, picocli.CommandLine command) {
        Schema element = type().getElementType();
        if (isText(element)) {
            for (String part : text.split(",")) {
                list.add(part.strip());
            }
        } else {
            list.add(one(element, text, command));
        }
    }

    private JsonNode one(Schema type, String text, picocli.CommandLine command) {
        return switch (type.getType()) {
            case RECORD -> record(type, text, command);
            case INT, LONG, BOOLEAN -> type.getLogicalType() == null ? scalar(text) : TextNode.valueOf(text);
            default -> TextNode.valueOf(isSymbol() ? symbol(text) : text);
        };
    }

    static String symbol(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** A number or a boolean; the schema check reports anything else. */
    private static JsonNode scalar(String text) {
        return text.matches("-?[0-9]{1,18}|true|false") ? JsonTrees.parse(text) : TextNode.valueOf(text);
    }

    private JsonNode record(Schema type, String text, picocli.CommandLine command) {
        if (text.startsWith("{")) {
            try {
                return JsonTrees.parse(text);
            } catch (JsonMismatchException e) {
                throw new ParameterException(command, name() + ": " + e.getMessage(), e);
            }
        }
        int equals = text.indexOf('=');
        if (!twoTexts(type) || equals < 1) {
            throw new ParameterException(command, "%s: expected %s, but met \"%s\"".formatted(name(),
                    twoTexts(type) ? label() + " or a JSON object" : "a JSON object with "
                            + String.join(", ", type.getFields().stream().map(Schema.Field::name).toList()), text));
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Schema.Field first = type.getFields().getFirst();
        String key = text.substring(0, equals);
        object.put(first.name(), SYMBOLS.contains(first.name()) ? symbol(key) : key);
        return object.put(type.getFields().get(1).name(), text.substring(equals + 1));
    }

    private static boolean isText(Schema type) {
        return type.getType() == Schema.Type.STRING;
    }

    /** Records with two texts can be written as {@code A=B}. */
    private static boolean twoTexts(Schema type) {
        return type.getType() == Schema.Type.RECORD && type.getFields().size() == 2 && type.getFields().stream()
                .allMatch(part -> CommandVerb.branches(part.schema()).allMatch(FieldOption::isText));
    }
}
