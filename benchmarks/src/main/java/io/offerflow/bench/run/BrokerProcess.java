package io.offerflow.bench.run;

import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.util.Map;

/** Main class of the broker's process. */
final class BrokerProcess {

    private BrokerProcess() {
    }

    public static void main(String[] arguments) {
        Map<String, String> given = Site.settings(arguments);
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.keptIn(Path.of(given.get("folder"))))) {
            sandbox.createTopics(Integer.parseInt(given.get("partitions")));
            Signals.ready(sandbox.bootstrapServers(), sandbox.registryUrl());
            Signals.untilToldToStop();
        }
        System.exit(0);
    }
}
