package io.offerflow.notifier;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A notifier in a JVM of its own, which can be killed. */
final class NotifierProcess implements AutoCloseable {

    private final Process process;

    private NotifierProcess(Process process) {
        this.process = process;
    }

    static NotifierProcess start(Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp", System.getProperty("java.class.path"), Program.class.getName()));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        return new NotifierProcess(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** What runs in the other JVM; it ends with the one that started it. */
    static final class Program {

        private Program() {
        }

        public static void main(String[] settings) throws Exception {
            Notifier notifier = Notifier.start(NotifierConfig.read(Optional.empty(), Map.of(), List.of(settings)));
            ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
            while (parent.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(Duration.ofMillis(500).toMillis());
            }
            notifier.close();
        }
    }
}
