package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.internals.StateDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka Streams takes the id of its process from the file that the service writes. */
class ProcessIdFileTest {

    @TempDir
    private Path folder;

    @Test
    void anInstanceWithANameKeepsItsIdWhenItsStateIsLost() throws IOException {
        UUID first = start("instance-1");
        Utils.delete(folder.toFile());
        assertThat(start("instance-1")).isEqualTo(first).isEqualTo(ProcessIdFile.id("offerflow", "instance-1"));
        Utils.delete(folder.toFile());
        assertThat(start("instance-2")).isNotEqualTo(first);
    }

    @Test
    void anIdThatIsThereStays() {
        UUID random = start("");
        assertThat(start("instance-1")).isEqualTo(random);
    }

    /** The id of a process; an instance without a name has an empty one. */
    private UUID start(String instance) {
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", "localhost:9092",
                "schema.registry.url", "http://localhost:8081", "state.dir", folder.toString()));
        if (!instance.isEmpty()) {
            settings.put("group.instance.id", instance);
        }
        Properties properties = StreamsProperties.of(ServiceConfig.of(settings));
        ProcessIdFile.create(properties);
        try (StateDirectory directory = new StateDirectory(new StreamsConfig(properties), Time.SYSTEM, true, false)) {
            return directory.initializeProcessId();
        }
    }
}
