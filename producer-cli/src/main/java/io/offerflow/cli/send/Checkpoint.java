package io.offerflow.cli.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.contract.file.TextFiles;
import io.offerflow.contract.file.WholeFile;
import io.offerflow.contract.json.JsonMismatchException;
import io.offerflow.contract.json.JsonTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a file has been sent, kept in a file next to it until all lines are done.
 *
 * <p>All lines up to {@code line} are done. A later line may have been sent, too; its record then has at least the
 * offset that is kept for its partition, and is found again by its command id.
 *
 * @param cluster id of the cluster that the file is sent to
 * @param answers whether the lines need answers
 * @param line number of the last line up to which all lines are done
 * @param hash of these lines
 * @param next first offset of each partition of an input that may have a later line
 */
record Checkpoint(String cluster, boolean answers, int line, int hash, SendCounts counts,
        TreeMap<String, Long> next) {

    /** The file of the checkpoint, next to the file that is sent. */
    static Path fileFor(Path file) {
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
        counts.write(json.putObject("counts"));
        ObjectNode offsets = json.putObject("next");
        next.forEach(offsets::put);
        WholeFile.write(target, JsonTrees.text(json) + "\n");
    }

    /** Reads the checkpoint, if there is one. */
    static Optional<Checkpoint> read(Path source) throws IOException {
        if (!Files.exists(source)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JsonTrees.parse(TextFiles.read(source).strip());
            TreeMap<String, Long> next = new TreeMap<>();
            json.path("next").properties().forEach(offset -> next.put(offset.getKey(), offset.getValue().asLong()));
            return Optional.of(new Checkpoint(json.path("cluster").asText(), json.path("answers").asBoolean(),
                    json.path("line").asInt(), json.path("hash").asInt(), SendCounts.read(json.path("counts")), next));
        } catch (JsonMismatchException e) {
            throw new IOException(source + " is not a checkpoint of a send: " + e.getMessage(), e);
        }
    }
}
