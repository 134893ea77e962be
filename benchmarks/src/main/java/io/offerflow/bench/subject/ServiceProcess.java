package io.offerflow.bench.subject;

import io.offerflow.bench.run.Signals;
import io.offerflow.runtime.OfferService;
import java.time.Duration;

/** Main class of the service under load: started as its own command starts it. */
final class ServiceProcess {

    private ServiceProcess() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (OfferService service = OfferService.start(ServiceSettings.of(arguments))) {
            if (!service.awaitReady(Duration.ofSeconds(60))) {
                Signals.say(Signals.FAILED, "it was not ready within a minute");
            }
            Signals.ready();
            Signals.untilToldToStop();
        }
        System.exit(0);
    }
}
