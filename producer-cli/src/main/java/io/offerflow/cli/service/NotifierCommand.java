package io.offerflow.cli.service;

import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.notifier.Notifier;
import io.offerflow.notifier.NotifierConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the notifier against any cluster until it is interrupted. */
@Command(name = "notifier", description = "Send notifications as e-mails, and events to webhooks, until Ctrl-C.",
        footer = {"", "Settings: docs/notifier.md. A file, then OFFERFLOW_NOTIFIER_... variables, then --set; the later"
            + " wins.", "For example: offerflow notifier --set bootstrap.servers=localhost:9092"
            + " --set schema.registry.url=http://localhost:8081 --set mail.folder=mails"})
public final class NotifierCommand implements Callable<Integer> {

    @Mixin
    private SettingOptions options;

    @Override
    public Integer call() throws Exception {
        NotifierConfig config = options.read(NotifierConfig::read);
        PrintWriter err = options.progress();
        err.println("offerflow: starting with " + config.summary());
        Notifier notifier = Notifier.start(config);
        notifier.httpPort().ifPresent(port -> err.printf("offerflow: health and metrics at port %d%n", port));
        err.flush();
        UntilInterrupted.run(notifier::awaitEnd, notifier::close);
        return ExitCode.DONE;
    }
}
