package io.offerflow.bench.http;

import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.gateway.Gateway;
import io.offerflow.gateway.GatewayConfig;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import java.util.Map;

/** A gateway under load, started as its own command starts it; reports its port. */
record GatewayProgram(SubjectConfig config) implements ForkedProgram {

    private static final int RETRY_MILLIS = 20;

    @Override
    public void run() throws InterruptedException {
        try (Gateway gateway = Gateway.start(GatewayConfig.of(Map.of("bootstrap.servers", config.bootstrapServers(),
                "schema.registry.url", config.registryUrl(), "http.port", "0",
                "requests.per.second", "1000000", "delivery.timeout.ms", "60000")))) {
            while (!gateway.isReady()) {
                Thread.sleep(RETRY_MILLIS);
            }
            Signals.readyUntilStopped(gateway.port());
        }
    }
}
