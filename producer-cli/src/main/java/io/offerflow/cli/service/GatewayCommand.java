package io.offerflow.cli.service;

import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.gateway.Gateway;
import io.offerflow.gateway.GatewayConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a gateway until it is interrupted. */
@Command(name = "gateway", description = "Run a gateway until Ctrl-C: commands and reads over HTTP, for clients without"
        + " Kafka.",
        footer = {"", "Settings: docs/gateway.md. A file, then OFFERFLOW_GATEWAY_... variables, then --set; the later"
            + " wins.", "For example: offerflow gateway --set bootstrap.servers=localhost:9092"
            + " --set schema.registry.url=http://localhost:8081 --set query.url=http://localhost:8080"})
public final class GatewayCommand implements Callable<Integer> {

    @Mixin
    private SettingOptions options;

    @Override
    public Integer call() throws Exception {
        GatewayConfig config = options.read(GatewayConfig::read);
        PrintWriter err = options.progress();
        err.println("offerflow: starting with " + config.summary());
        Gateway gateway = Gateway.start(config);
        err.printf("offerflow: gateway at http://%s:%d%n", config.host(), gateway.port());
        gateway.operationsPort().ifPresent(port -> err.printf("offerflow: health and metrics at port %d%n", port));
        err.flush();
        UntilInterrupted.run(gateway::awaitEnd, gateway::close);
        return ExitCode.DONE;
    }
}
