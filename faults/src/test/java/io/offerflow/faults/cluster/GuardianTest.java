package io.offerflow.faults.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.process.ChildJvm;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processes and the folder of a run end with the process that started them. */
class GuardianTest {

    /** Does nothing until it is told to end, and cannot be told when it is stopped. */
    record IdleProgram() implements ForkedProgram {

        @Override
        public void run() {
            Signals.readyUntilStopped("idle");
        }
    }

    @Test
    void aStoppedProcessAndTheFolderAreRemoved(@TempDir Path parent) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(parent.resolve("run").resolve("logs")).getParent();
        Guardian guardian = new Guardian(folder);
        ChildJvm jvm = new ChildJvm("idle", folder.resolve("logs"), List.of("-Xmx64m", "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder), new IdleProgram());
        guardian.watch(jvm);
        assertThat(jvm.ready(String.class)).isEqualTo("idle");
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(jvm.handle().pid())).start().waitFor()).isZero();
        guardian.close();
        assertThat(jvm.handle().onExit()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(folder).doesNotExist();
    }
}
