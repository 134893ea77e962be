package io.offerflow.cli.service;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.runtime.OfferService;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.runtime.SettingSources;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the service against any cluster until it is interrupted. */
@Command(name = "service", description = "Run the service against any Kafka cluster until Ctrl-C.",
        footer = {"", "Settings: docs/configuration.md. A file, then OFFERFLOW_... variables, then --set; the later"
            + " wins.", "For example: offerflow service --set bootstrap.servers=localhost:9092"
            + " --set schema.registry.url=http://localhost:8081 --set http.port=8080"})
public final class ServiceCommand implements Callable<Integer> {

    @Mixin
    private SettingOptions options;

    @Override
    public Integer call() throws Exception {
        ServiceConfig config = ServiceConfig.of(options.<SettingSources>read(SettingSources::read));
        PrintWriter err = options.progress();
        err.println("offerflow: starting with " + config.summary());
        OfferService service = OfferService.start(config);
        service.httpPort().ifPresent(port -> err.printf("offerflow: query API at http://%s:%d%n",
                config.http().orElseThrow().host(), port));
        err.flush();
        UntilInterrupted.run(() -> {
            service.awaitEnd();
            if (service.failure().isPresent()) {
                throw new CliFailure(ExitCode.FAILURE, service.failure().get());
            }
        }, service::close);
        return ExitCode.DONE;
    }
}
