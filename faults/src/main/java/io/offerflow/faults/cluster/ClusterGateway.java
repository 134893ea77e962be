package io.offerflow.faults.cluster;

import io.offerflow.gateway.Gateway;
import io.offerflow.gateway.GatewayConfig;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import java.util.Map;

/** A gateway of the cluster. */
record ClusterGateway(Map<String, String> settings) implements ForkedProgram {

    private static final int RETRY_MILLIS = 50;

    @Override
    public void run() throws InterruptedException {
        try (Gateway gateway = Gateway.start(GatewayConfig.of(settings))) {
            while (!gateway.isReady()) {
                Thread.sleep(RETRY_MILLIS);
            }
            Signals.readyUntilStopped(gateway.port());
        }
    }
}
