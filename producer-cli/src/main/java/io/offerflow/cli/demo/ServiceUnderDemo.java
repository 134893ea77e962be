package io.offerflow.cli.demo;

import io.offerflow.cli.CliFailure;
import io.offerflow.cli.ExitCode;
import io.offerflow.runtime.OfferService;
import io.offerflow.runtime.ServiceConfig;
import java.time.Duration;
import java.util.Map;

/** The one place where the demo meets the service. */
@FunctionalInterface
public interface ServiceUnderDemo {

    /** How long the service may take to begin. */
    Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * Starts the service and returns when it is ready.
     *
     * @param settings {@code bootstrap.servers}, {@code schema.registry.url}, {@code application.id} and
     *     {@code state.dir}
     */
    AutoCloseable start(Map<String, String> settings) throws Exception;

    /** The real service, in this process. */
    static AutoCloseable offerService(Map<String, String> settings) throws InterruptedException {
        OfferService service = OfferService.start(ServiceConfig.of(settings));
        if (!service.awaitReady(PATIENCE)) {
            service.close();
            throw new CliFailure(ExitCode.FAILURE,
                    "The service did not begin to work within %d s.".formatted(PATIENCE.toSeconds()));
        }
        return service;
    }
}
