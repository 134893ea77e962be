package io.offerflow.replay.journal;

import io.offerflow.domain.model.RootLocaleText;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * Whether a schema says more than this release understands. Avro would pass over what it does not know, and a state
 * that was made without it would be wrong.
 */
final class UnknownSchemaCheck {

    private UnknownSchemaCheck() {
    }

    /** The first field, symbol or type of the writer's schema that the reader's does not have. */
    static Optional<String> than(Schema writer, Schema reader) {
        return than(writer, reader, new HashSet<>());
    }

    private static Optional<String> than(Schema writer, Schema reader, Set<String> seen) {
        if (reader.getType() == Schema.Type.UNION) {
            List<Schema> branches = writer.getType() == Schema.Type.UNION ? writer.getTypes() : List.of(writer);
            return first(branches.stream().map(branch -> reader.getTypes().stream()
                    .filter(known -> known.getFullName().equals(branch.getFullName())).findFirst()
                    .map(known -> than(branch, known, seen))
                    .orElseGet(() -> Optional.of("this release does not know " + branch.getName()))));
        }
        return switch (writer.getType()) {
            case RECORD -> reader.getType() != Schema.Type.RECORD || !seen.add(writer.getFullName())
                    ? Optional.empty() : fields(writer, reader, seen);
            case ENUM -> reader.getType() != Schema.Type.ENUM ? Optional.empty() : writer.getEnumSymbols().stream()
                    .filter(symbol -> !reader.hasEnumSymbol(symbol)).findFirst()
                    .map(symbol -> RootLocaleText.format("this release does not know %s %s", writer.getName(), symbol));
            case ARRAY -> reader.getType() != Schema.Type.ARRAY ? Optional.empty()
                    : than(writer.getElementType(), reader.getElementType(), seen);
            default -> Optional.empty();
        };
    }

    private static Optional<String> fields(Schema writer, Schema reader, Set<String> seen) {
        return first(writer.getFields().stream().map(field -> Optional.ofNullable(reader.getField(field.name()))
                .map(known -> than(field.schema(), known.schema(), seen))
                .orElseGet(() -> Optional.of(RootLocaleText.format("this release does not know the field %s of %s", field.name(),
                        writer.getName())))));
    }

    private static Optional<String> first(Stream<Optional<String>> findings) {
        return findings.flatMap(Optional::stream).findFirst();
    }
}
