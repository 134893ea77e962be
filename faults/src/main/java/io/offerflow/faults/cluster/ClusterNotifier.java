package io.offerflow.faults.cluster;

import io.offerflow.notifier.Notifier;
import io.offerflow.notifier.NotifierConfig;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import java.time.Duration;
import java.util.Map;

/** A notifier of the cluster. */
record ClusterNotifier(Map<String, String> settings) implements ForkedProgram {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

    @Override
    public void run() throws InterruptedException {
        try (Notifier notifier = Notifier.start(NotifierConfig.of(settings))) {
            if (!notifier.awaitReady(START_TIMEOUT)) {
                throw new IllegalStateException("the notifier was not ready in five minutes");
            }
            Signals.readyUntilStopped(ProcessHandle.current().pid());
        }
    }
}
