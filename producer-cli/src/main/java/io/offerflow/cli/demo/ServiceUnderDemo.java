package io.offerflow.cli.demo;

import io.offerflow.cli.CliFailure;
import io.offerflow.cli.ExitCode;
import java.util.Map;

/** The one place where the demo meets the service. */
@FunctionalInterface
public interface ServiceUnderDemo {

    /**
     * Starts the service and returns when it is ready.
     *
     * @param settings {@code bootstrap.servers}, {@code schema.registry.url}, {@code application.id} and
     *     {@code state.dir}
     */
    AutoCloseable start(Map<String, String> settings) throws Exception;

    /** The real service, in this process. */
    static AutoCloseable offerService(Map<String, String> settings) {
        throw new CliFailure(ExitCode.FAILURE, "This build has no service yet, so there is nothing to demonstrate.");
    }
}
