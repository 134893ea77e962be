package io.offerflow.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** What every schema of the contract must hold; each rule answers with the places that break it. */
final class ContractRules {

    private ContractRules() {
    }

    /** Records, enums and fields without a doc comment: the comments are the users' manual. */
    static List<String> undocumented(Schema schema) {
        List<String> found = new ArrayList<>();
        named(schema).forEach(type -> {
            if (isBlank(type.getDoc())) {
                found.add(type.getName());
            }
            fields(type).filter(field -> isBlank(field.doc())).map(field -> type.getName() + "." + field.name())
                    .forEach(found::add);
        });
        return found;
    }

    /** Enums without a default symbol: a reader of an older release fails at a symbol that it does not know. */
    static List<String> withoutDefaultSymbol(Schema schema) {
        return named(schema).stream().filter(type -> type.getType() == Schema.Type.ENUM)
                .filter(type -> Optional.ofNullable(type.getEnumDefault()).isEmpty()).map(Schema::getName).toList();
    }

    /** Types that contain themselves: bytes of a few kilobytes could overflow the stack of whoever reads them. */
    static List<String> recursive(Schema schema) {
        List<String> found = new ArrayList<>();
        recursive(schema, new LinkedHashSet<>(), found);
        return found;
    }

    private static void recursive(Schema schema, Set<String> around, List<String> found) {
        if (schema.getType() == Schema.Type.RECORD && !around.add(schema.getFullName())) {
            found.add(String.join(" > ", around) + " > " + schema.getFullName());
            return;
        }
        parts(schema).forEach(part -> recursive(part, around, found));
        if (schema.getType() == Schema.Type.RECORD) {
            around.remove(schema.getFullName());
        }
    }

    /** Names that stand for two things, in one schema or in two; two that differ in case alone would be one file. */
    static Collection<String> clashes(Collection<Schema> schemas) {
        Map<String, Schema> known = new HashMap<>();
        Map<String, String> found = new TreeMap<>();
        schemas.stream().flatMap(schema -> named(schema).stream()).forEach(type -> {
            Schema first = known.putIfAbsent(type.getFullName().toLowerCase(Locale.ROOT), type);
            if (first != null && !first.toString().equals(type.toString())) {
                found.put(type.getFullName(), "%s and %s".formatted(first.getFullName(), type.getFullName()));
            }
        });
        return found.values();
    }

    /** All records, enums and fixed types inside a schema, itself included. */
    static List<Schema> named(Schema schema) {
        Map<String, Schema> types = new TreeMap<>();
        List<Schema> open = new ArrayList<>(List.of(schema));
        while (!open.isEmpty()) {
            Schema next = open.removeLast();
            boolean named = switch (next.getType()) {
                case RECORD, ENUM, FIXED -> true;
                default -> false;
            };
            if (!named || types.putIfAbsent(next.getFullName(), next) == null) {
                open.addAll(parts(next).toList());
            }
        }
        return List.copyOf(types.values());
    }

    private static Stream<Schema> parts(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> fields(schema).map(Schema.Field::schema);
            case UNION -> schema.getTypes().stream();
            case ARRAY -> Stream.of(schema.getElementType());
            case MAP -> Stream.of(schema.getValueType());
            default -> Stream.empty();
        };
    }

    private static Stream<Schema.Field> fields(Schema type) {
        return type.getType() == Schema.Type.RECORD ? type.getFields().stream() : Stream.empty();
    }

    private static boolean isBlank(String doc) {
        return Optional.ofNullable(doc).filter(text -> !text.isBlank()).isEmpty();
    }
}
