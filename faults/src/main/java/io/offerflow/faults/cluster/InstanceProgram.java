package io.offerflow.faults.cluster;

import io.offerflow.runtime.OfferService;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import java.time.Duration;
import java.util.Map;

/** An instance of the service; its process ends when the service does. */
record InstanceProgram(Map<String, String> settings) implements ForkedProgram {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

    @Override
    public void run() throws InterruptedException {
        try (OfferService service = OfferService.start(ServiceConfig.of(settings))) {
            if (!service.awaitReady(START_TIMEOUT)) {
                throw new IllegalStateException(service.failure().orElse("it was not ready in five minutes"));
            }
            Thread.ofPlatform().daemon().name("end").start(() -> exitAtTheEnd(service));
            Signals.readyUntilStopped(ProcessHandle.current().pid());
        }
    }

    private static void exitAtTheEnd(OfferService service) {
        try {
            service.awaitEnd();
            service.failure().ifPresent(failure -> {
                Signals.fail(new IllegalStateException(failure));
                Runtime.getRuntime().halt(1);
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
