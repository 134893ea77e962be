package io.offerflow.cli.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.contract.json.JsonMismatchException;
import io.offerflow.contract.json.JsonTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a file has been sent, kept beside it while it is not done.
 *
 * <p>All lines up to {@code line} are done. A later one may have been sent, too; if so, it lies at or behind the offset
 * that is kept for its partition, where it is found again by its command id.
 *
 * @param cluster id of the cluster it was sent to
 * @param answers whether the lines were waited for
 * @param line number of the last line up to which all is done
 * @param hash of the lines up to there
 * @param next first offset of each partition of an input that may hold a later line
 */
record Checkpoint(String cluster, boolean answers, int line, int hash, SendCounts tally,
        TreeMap<String, Long> next) {

    /** Beside the file that is sent. */
    static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".sending");
    }

    static String name(TopicPartition partition) {
        return partition.topic() + "/" + partition.partition();
    }

    static TopicPartition partition(String name) {
        int slash = name.lastIndexOf('/');
        return new TopicPartition(name.substring(0, slash), Integer.parseInt(name.substring(slash + 1)));
    }

    void write(Path target) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("cluster", cluster).put("answers", answers)
                .put("line", line).put("hash", hash);
        tally.write(json.putObject("tally"));
        ObjectNode offsets = json.putObject("next");
        next.forEach(offsets::put);
        Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
        Files.writeString(temporary, JsonTrees.text(json) + "\n");
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What is kept there, if it can be read. */
    static Optional<Checkpoint> read(Path source) throws IOException {
        if (!Files.exists(source)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JsonTrees.parse(Files.readString(source).strip());
            TreeMap<String, Long> next = new TreeMap<>();
            json.path("next").properties().forEach(offset -> next.put(offset.getKey(), offset.getValue().asLong()));
            return Optional.of(new Checkpoint(json.path("cluster").asText(), json.path("answers").asBoolean(),
                    json.path("line").asInt(), json.path("hash").asInt(), SendCounts.read(json.path("tally")), next));
        } catch (JsonMismatchException e) {
            throw new IOException(source + " is not what a send leaves behind: " + e.getMessage(), e);
        }
    }
}
