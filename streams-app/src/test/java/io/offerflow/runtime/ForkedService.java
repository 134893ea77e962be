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
import java.util.Optional;

/** The service as a process of its own that can be killed without warning and started again on the same state. */
final class ForkedService implements AutoCloseable {

    private final Sandbox sandbox;
    private final Path folder;
    private Optional<Process> process = Optional.empty();
    private int starts;

    ForkedService(Sandbox sandbox, Path folder) {
        this.sandbox = sandbox;
        this.folder = folder;
    }

    void start() {
        starts++;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), ServiceUnderTest.class.getName(),
                "bootstrap.servers=" + sandbox.bootstrapServers(), "schema.registry.url=" + sandbox.registryUrl(),
                "instance.id=one", "state.dir=" + folder.resolve("state")));
        try {
            process = Optional.of(new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(log().toFile()).start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a JVM for the service", e);
        }
    }

    void awaitReady() {
        await("the service is ready, see " + log()).atMost(Duration.ofSeconds(60)).until(this::saysItIsReady);
    }

    private boolean saysItIsReady() {
        assertThat(process.orElseThrow().isAlive()).as("the service runs; it logged:%n%s", logged()).isTrue();
        return logged().contains(ServiceUnderTest.READY);
    }

    /** Ends it as a power cut would. */
    void kill() {
        process.ifPresent(running -> running.destroyForcibly().onExit().join());
    }

    /** What the newest start logged. */
    String logged() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log(), e);
        }
    }

    private Path log() {
        return folder.resolve("service-%d.log".formatted(starts));
    }

    @Override
    public void close() {
        kill();
    }
}
