package io.offerflow.replay.journal;

import io.offerflow.domain.model.RootLocaleText;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * Finds parts of a writer's schema that this release does not know. Avro would skip them, and the state that is built
 * without them would be wrong.
 */
final class UnknownSchemaCheck {

    private UnknownSchemaCheck() {
    }

    /** The first field, symbol or type of the writer's schema that the reader's does not have. */
    static Optional<String> unknownPart(Schema writer, Schema reader) {
        return unknownPart(writer, reader, new HashSet<>());
    }

    private static Optional<String> unknownPart(Schema writer, Schema reader, Set<String> seen) {
        if (reader.getType() == Schema.Type.UNION) {
            List<Schema> branches = writer.getType() == Schema.Type.UNION ? writer.getTypes() : List.of(writer);
            return first(branches.stream().map(branch -> reader.getTypes().stream()
                    .filter(known -> known.getFullName().equals(branch.getFullName())).findFirst()
                    .map(known -> unknownPart(branch, known, seen))
                    .orElseGet(() -> Optional.of("this release does not know " + branch.getName()))));
        }
        return switch (writer.getType()) {
            case RECORD -> reader.getType() != Schema.Type.RECORD || !seen.add(writer.getFullName())
                    ? Optional.empty() : fields(writer, reader, seen);
            case ENUM -> reader.getType() != Schema.Type.ENUM ? Optional.empty() : writer.getEnumSymbols().stream()
                    .filter(symbol -> !reader.hasEnumSymbol(symbol)).findFirst()
                    .map(symbol -> RootLocaleText.format("this release does not know %s %s", writer.getName(), symbol));
            case ARRAY -> reader.getType() != Schema.Type.ARRAY ? Optional.empty()
                    : unknownPart(writer.getElementType(), reader.getElementType(), seen);
            default -> Optional.empty();
        };
    }

    private static Optional<String> fields(Schema writer, Schema reader, Set<String> seen) {
        return first(writer.getFields().stream().map(field -> Optional.ofNullable(reader.getField(field.name()))
                .map(known -> unknownPart(field.schema(), known.schema(), seen))
                .orElseGet(() -> Optional.of(RootLocaleText.format(
                        "this release does not know the field %s of %s", field.name(), writer.getName())))));
    }

    private static Optional<String> first(Stream<Optional<String>> findings) {
        return findings.flatMap(Optional::stream).findFirst();
    }
}
