package io.offerflow.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaParser;

/** The schemas of earlier releases, kept in {@code src/main/released/<release>/<topic>.avsc}. */
final class ReleasedSchemas {

    static final Path DIRECTORY = Path.of("src/main/released");

    /** The schema of a topic in a release. */
    record Released(String release, Topic topic, Schema schema) {

        Path sample() {
            return DIRECTORY.resolve(release).resolve(topic.topicName() + ".samples.jsonl");
        }

        @Override
        public String toString() {
            return "%s of release %s".formatted(topic.topicName(), release);
        }
    }

    private ReleasedSchemas() {
    }

    static List<Released> all() {
        List<Released> all = new ArrayList<>();
        try (Stream<Path> releases = Files.list(DIRECTORY)) {
            for (Path release : releases.sorted(Comparator.naturalOrder()).toList()) {
                for (Topic topic : Topic.values()) {
                    Path file = release.resolve(topic.topicName() + ".avsc");
                    if (Files.exists(file)) { // a topic that is younger than the release
                        all.add(new Released(release.getFileName().toString(), topic, parse(file)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static Schema parse(Path file) throws IOException {
        return new SchemaParser().parse(file).mainSchema();
    }

    /** What keeps a schema from taking the place of a released one, in sentences that say what to do. */
    static List<String> objections(Released released, Schema now) {
        List<String> objections = new ArrayList<>();
        incompatibilities(now, released.schema()).forEach(why -> objections.add(("The schema of topic %s can no longer "
                + "read what release %s wrote: %s. Give a new field a default, keep every symbol and union branch, "
                + "never change a type or a name; see docs/handbook.md.").formatted(released.topic().topicName(),
                        released.release(), why)));
        if (released.topic().compatibility().equals("FULL_TRANSITIVE")) {
            incompatibilities(released.schema(), now).forEach(why -> objections.add(("Consumers of topic %s that were "
                    + "built with release %s can no longer read what this one writes: %s. Keep every field that has "
                    + "no default, add no union branch, and add symbols only to enums with a default; otherwise write "
                    + "a new topic; see docs/handbook.md.").formatted(released.topic().topicName(),
                            released.release(), why)));
        }
        return objections;
    }

    private static List<String> incompatibilities(Schema reader, Schema writer) {
        SchemaCompatibility.SchemaCompatibilityResult result =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
        return result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE ? List.of()
                : result.getIncompatibilities().stream().map(one ->
                        "%s at %s (%s)".formatted(one.getType(), one.getLocation(), one.getMessage())).toList();
    }
}
