package io.offerflow.cli.demo;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.runtime.OfferService;
import io.offerflow.runtime.ServiceConfig;
import java.time.Duration;
import java.util.Map;

/** The one place where the demo meets the service. */
@FunctionalInterface
public interface ServiceUnderDemo {

    /** How long the service may take until it works on its inputs. */
    Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * Starts the service and returns when it is ready.
     *
     * @param settings {@code bootstrap.servers}, {@code schema.registry.url}, {@code application.id} and
     *     {@code state.dir}
     */
    AutoCloseable start(Map<String, String> settings) throws Exception;

    /** The real service, in this process. */
    static AutoCloseable offerService(Map<String, String> settings) throws Exception {
        OfferService service = OfferService.start(ServiceConfig.of(settings));
        if (service.awaitReady(PATIENCE)) {
            return service;
        }
        service.close();
        throw new CliFailure(ExitCode.FAILURE,
                "The service was not ready within %d s; what it logged is above.".formatted(PATIENCE.toSeconds()));
    }
}
