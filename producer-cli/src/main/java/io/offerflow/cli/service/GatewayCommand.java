package io.offerflow.cli.service;

import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.LogFormat;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.gateway.Gateway;
import io.offerflow.gateway.GatewayConfig;
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

/** Runs a gateway until it is interrupted. */
@Command(name = "gateway", description = "Run a gateway until Ctrl-C: commands and reads over HTTP, for clients without"
        + " Kafka.",
        footer = {"", "Settings: docs/gateway.md. A file, then OFFERFLOW_GATEWAY_... variables, then --set; the later"
            + " wins.", "For example: offerflow gateway --set bootstrap.servers=localhost:9092"
            + " --set schema.registry.url=http://localhost:8081 --set query.url=http://localhost:8080"})
public final class GatewayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Lines of name=value.")
    private Optional<Path> file;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "One setting; may be given several times.")
    private List<String> settings = List.of();

    @Override
    public Integer call() throws Exception {
        GatewayConfig config = GatewayConfig.read(file, System.getenv(), settings);
        PrintWriter err = LogFormat.isJson() ? new PrintWriter(Writer.nullWriter()) : spec.commandLine().getErr();
        err.println("offerflow: starting with " + config.summary()); // with JSON, the gateway logs it
        Gateway gateway = Gateway.start(config);
        err.printf("offerflow: gateway at http://%s:%d%n", config.host(), gateway.port());
        gateway.operationsPort().ifPresent(port -> err.printf("offerflow: health and metrics at port %d%n", port));
        err.flush();
        UntilInterrupted.run(gateway::awaitEnd, gateway::close);
        return ExitCode.DONE;
    }
}
