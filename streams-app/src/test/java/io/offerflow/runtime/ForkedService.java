package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.offerflow.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service as a process of its own that can be killed without warning and started again on the same state. */
public final class ForkedService implements AutoCloseable {

    private final Sandbox sandbox;
    private final Path folder;
    private final String name;
    private final Map<String, String> settings;
    private Optional<Process> process = Optional.empty();
    private int starts;

    ForkedService(Sandbox sandbox, Path folder) {
        this(sandbox, folder, "one", Map.of());
    }

    /**
     * An instance among others.
     *
     * @param settings beside the addresses of broker and registry, its name and its state's folder
     */
    public ForkedService(Sandbox sandbox, Path folder, String name, Map<String, String> settings) {
        this.sandbox = sandbox;
        this.folder = folder;
        this.name = name;
        this.settings = settings;
    }

    public void start() {
        starts++;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + folder, // a killed JVM leaves its native libraries
                "-cp", System.getProperty("java.class.path"), ServiceUnderTest.class.getName(),
                "bootstrap.servers=" + sandbox.bootstrapServers(), "schema.registry.url=" + sandbox.registryUrl(),
                "group.instance.id=" + name, "state.dir=" + folder.resolve(name)));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        try {
            process = Optional.of(new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(log().toFile()).start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a JVM for the service", e);
        }
    }

    public void awaitReady() {
        await("the service is ready, see " + log()).atMost(Duration.ofSeconds(60)).until(this::saysItIsReady);
    }

    private boolean saysItIsReady() {
        assertThat(process.orElseThrow().isAlive()).as("the service runs; it logged:%n%s", logged()).isTrue();
        return logged().contains(ServiceUnderTest.READY);
    }

    /** Ends it as a power cut does. */
    public void kill() {
        process.ifPresent(running -> running.destroyForcibly().onExit().join());
    }

    /** Ends it as an orchestrator does; its stores are on disk afterwards. */
    void stop() {
        process.ifPresent(running -> {
            running.destroy();
            running.onExit().join();
        });
    }

    /** Folder of the stores of a task. */
    Path stores(int partition) {
        return folder.resolve(name).resolve("offerflow").resolve("0_" + partition).resolve("rocksdb");
    }

    /** The port of its query API. */
    public int httpPort() {
        return logged().lines().filter(line -> line.startsWith(ServiceUnderTest.READY)).findFirst()
                .map(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1))).orElseThrow();
    }

    /** What the newest start logged. */
    public String logged() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log(), e);
        }
    }

    private Path log() {
        return folder.resolve("%s-%d.log".formatted(name, starts));
    }

    @Override
    public void close() {
        kill();
    }
}
