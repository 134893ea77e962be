package io.offerflow.cli.service;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.LogFormat;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.runtime.OfferService;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.runtime.SettingSources;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the service against any cluster until it is interrupted. */
@Command(name = "service", description = "Run the service against any Kafka cluster until Ctrl-C.",
        footer = {"", "Settings: docs/configuration.md. A file, then OFFERFLOW_... variables, then --set; the later"
            + " wins.", "For example: offerflow service --set bootstrap.servers=localhost:9092"
            + " --set schema.registry.url=http://localhost:8081 --set http.port=8080"})
public final class ServiceCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Lines of name=value.")
    private Optional<Path> file;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "One setting; may be given several times.")
    private List<String> settings = List.of();

    @Override
    public Integer call() throws Exception {
        ServiceConfig config = ServiceConfig.of(SettingSources.read(file, System.getenv(), settings));
        PrintWriter err = LogFormat.isJson() ? new PrintWriter(Writer.nullWriter()) : spec.commandLine().getErr();
        err.println("offerflow: starting with " + config.summary()); // with JSON, the service logs it
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
