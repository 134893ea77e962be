package io.offerflow.cli.send;

import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.feed.FeedLines;
import io.offerflow.cli.render.OutputOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends the lines of a file: all of them, or none if one is not valid. */
@Command(name = "send", description = {"Send commands from a file of JSON Lines, after checking all of them.",
    "Shows each record in the order of the file: line, command id, command, key, partition, offset; with --wait also"
    + " result and reason."},
        footer = {"", "A line:",
            "  {\"topic\": \"offer-commands\", \"value\": {\"publisherId\": \"contoso\", \"offerId\": \"shifts\",",
            "   \"actor\": \"catalogue\", \"payload\": {\"SubmitOffer\": {}}}}",
            "commandId and issuedAt may be left out. The id is then made from the name of the file, the number of the"
            + " line and its content, so that sending the file again has no second effect while the service remembers"
            + " the id.",
            "",
            "If it is interrupted, the file FILE.sending records the progress, and the same command continues from"
            + " there: what was sent is found on the topics and not sent twice. Standard input is kept in a temporary"
            + " file first and cannot be continued.",
            "",
            "The exit code is 0 if all lines were sent (with --wait: accepted), 3 if all were rejected, 5 if some were,"
            + " 4 if an answer did not come, and 2 if lines are not valid: then nothing was sent."})
public final class SendCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private WaitOptions waiting;

    @Mixin
    private OutputOption output;

    @Parameters(paramLabel = "FILE", description = "The file; - for standard input.")
    private String file;

    @Option(names = "--ignore-after", description = "Send all lines at once, including those that say what to wait"
            + " for (\"after\").")
    private boolean ignoreAfter;

    @Option(names = "--start-over", description = "Do not continue an interrupted send of this file.")
    private boolean startOver;

    @Option(names = {"-q", "--quiet"}, description = "Show only lines that were refused or not delivered.")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        if (file.equals("-")) {
            Path kept = Files.createTempFile("offerflow-stdin", ".jsonl");
            try {
                Files.copy(System.in, kept, StandardCopyOption.REPLACE_EXISTING);
                return send("-", kept, false);
            } finally {
                Files.delete(kept);
            }
        }
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw new CliFailure(ExitCode.USAGE, file + " is a directory; name a file of JSON Lines in it.");
        }
        return send(path.getFileName().toString(), path, true);
    }

    private int send(String name, Path path, boolean resumable) throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        Instant now = Instant.now();
        FileCheck check;
        try (FeedLines lines = new FeedLines(name, Files.newInputStream(path), now)) {
            check = FileCheck.of(name, lines, ignoreAfter);
        } catch (IOException e) {
            throw CliFailure.unreadable(file, e);
        }
        if (check.messages() == 0) {
            err.println(name + " has no records; nothing was sent.");
            return ExitCode.DONE;
        }
        if (waiting.dryRun()) {
            check.commands().forEach((command, count) ->
                    spec.commandLine().getOut().printf("%d\t%s%n", count, command));
            spec.commandLine().getOut().flush();
            err.printf("%s: %,d record%s valid; nothing was sent.%n", name, check.messages(),
                    check.messages() == 1 ? " is" : "s are");
            err.flush();
            return ExitCode.DONE;
        }
        FileSend.Request request = new FileSend.Request(name, path, now, check,
                resumable && !waiting.validateOnly() && check.messages() > 1, startOver, quiet);
        return new FileSend(request, connection, waiting, output, spec.commandLine().getOut(), err).run();
    }
}
