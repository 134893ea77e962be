package io.offerflow.faults.corruption;

import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.util.Optional;

/** A broker and a registry, whose files are in a directory. */
record SandboxProgram(Path directory, int brokerPort, int registryPort, int partitions) implements ForkedProgram {

    @Override
    public void run() {
        try (Sandbox sandbox = Sandbox.start(
                new SandboxOptions(brokerPort, registryPort, Optional.of(directory)))) {
            sandbox.createTopics(partitions);
            Signals.readyUntilStopped(sandbox.bootstrapServers());
        }
    }
}
