package io.offerflow.bench.subject;

import io.offerflow.bench.run.Signals;
import io.offerflow.runtime.OfferService;
import java.time.Duration;

/** Main class of the service under load, started as its own command starts it; says how long its stores took. */
final class ServiceProcess {

    private ServiceProcess() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (OfferService service = OfferService.start(ServiceSettings.of(arguments))) {
            long started = System.nanoTime();
            if (!service.awaitReady(Duration.ofMinutes(5))) {
                Signals.say(Signals.FAILED, "it was not ready within five minutes");
            }
            Signals.ready(System.nanoTime() - started);
            Signals.untilToldToStop();
        }
        System.exit(0);
    }
}
