package io.offerflow.sandbox.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility;

/** How a new version of a schema has to be compatible with older ones; the names are those of Confluent's registry. */
enum CompatibilityLevel {
    NONE(false, false, false),
    /** The new schema reads what the last one wrote. */
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    /** The last schema reads what the new one writes. */
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    static CompatibilityLevel named(String name) {
        return Arrays.stream(values()).filter(level -> level.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst().orElseThrow(RegistryError::invalidLevel);
    }

    /**
     * Why the new schema may not follow the earlier ones; empty if it may.
     *
     * @param earlier oldest first
     */
    List<String> objections(Schema candidate, List<Schema> earlier) {
        List<Schema> compared = transitive || earlier.isEmpty() ? earlier : List.of(earlier.getLast());
        List<String> objections = new ArrayList<>();
        for (Schema old : compared) {
            if (backward) {
                objections.addAll(readWith(candidate, old, "the new schema cannot read what an earlier one wrote"));
            }
            if (forward) {
                objections.addAll(readWith(old, candidate, "an earlier schema cannot read what the new one writes"));
            }
        }
        return objections.stream().distinct().toList();
    }

    private List<String> readWith(Schema reader, Schema writer, String meaning) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult().getIncompatibilities()
                .stream().map(found -> describe(found, meaning)).toList();
    }

    private String describe(Incompatibility found, String meaning) {
        return "%s: %s: %s at %s: %s".formatted(name(), meaning, found.getType(), found.getLocation(),
                found.getMessage());
    }
}
