package io.offerflow.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The file of a state directory in which Kafka Streams keeps the id of the process, a part of its transactional ids.
 *
 * <p>An instance that has a {@code group.instance.id} gets an id that follows from it, so it has the same one after its
 * state directory is lost. Its first transaction then ends the one that its former process has left open. With a random
 * id, the partitions would wait until the broker aborts that transaction by its timeout, 10 to 20 s with Kafka's
 * defaults.
 */
final class ProcessIdFile {

    private static final String NAME = "kafka-streams-process-metadata";

    private ProcessIdFile() {
    }

    /**
     * Writes the file if it is not there and the instance has a name; otherwise Kafka Streams chooses a random id.
     *
     * @throws UncheckedIOException if the directory cannot be written
     */
    static void create(Properties properties) {
        Optional<String> instance =
                Optional.ofNullable(properties.getProperty(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
        if (instance.isEmpty()) {
            return;
        }
        String application = properties.getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
        Path folder = Path.of(properties.getProperty(StreamsConfig.STATE_DIR_CONFIG), application);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(NAME), "{\"processId\":\"%s\"}".formatted(id(application, instance.get())),
                    StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException known) {
            // it keeps its id
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The id of an instance with a name. */
    static UUID id(String application, String instance) {
        return UUID.nameUUIDFromBytes((application + "/" + instance).getBytes(StandardCharsets.UTF_8));
    }
}
