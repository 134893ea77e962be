package io.offerflow.cli;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.Sender;
import io.offerflow.cli.feed.After;
import io.offerflow.cli.feed.Feed;
import io.offerflow.cli.feed.FeedLine;
import io.offerflow.cli.feed.FeedParser;
import io.offerflow.cli.feed.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends the lines of a file, all of them or, if one is not valid, none. */
@Command(name = "send", description = {"Send commands from a file of JSON Lines, after checking all of them.",
    "Prints a line for each record: line, command id, command, key, partition, offset."},
        footer = {"", "A line:",
            "  {\"topic\": \"offer-commands\", \"value\": {\"publisherId\": \"contoso\", \"offerId\": \"shifts\",",
            "   \"actor\": \"catalogue\", \"payload\": {\"SubmitOffer\": {}}}}",
            "commandId and issuedAt may be left out. The id then comes from the file's name and the line, so that",
            "sending the file again has no second effect."})
final class SendCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions options;

    @Parameters(paramLabel = "FILE", description = "The file; - for standard input.")
    private String file;

    @Option(names = "--ignore-after", description = "Send all lines at once, also those that name something to wait"
            + " for (\"after\").")
    private boolean ignoreAfter;

    @Override
    public Integer call() throws IOException {
        Feed feed = read();
        if (!ignoreAfter) {
            feed.lines().stream().filter(SendCommand::waits).findFirst().ifPresent(line -> refuse(feed, line));
        }
        List<Message> messages = feed.messages();
        Cluster cluster = options.connect(messages.stream().map(Message::topic).distinct().toList());
        try (Sender sender = new Sender(cluster)) {
            return report(feed.name(), messages.size(), sender.sendAll(feed));
        }
    }

    private Feed read() throws IOException {
        if (file.equals("-")) {
            // not closed by the parser: it is the process's own
            return FeedParser.parse("-", new UnclosedStdin(), Instant.now());
        }
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw new CliFailure(ExitCode.USAGE, file + " is a directory; name a file of JSON Lines in it.");
        }
        try {
            return FeedParser.parse(path, Instant.now());
        } catch (NoSuchFileException e) {
            throw new CliFailure(ExitCode.USAGE, "There is no file " + file + ".", e);
        }
    }

    private static boolean waits(FeedLine line) {
        return !(line.after() instanceof After.Nothing) && !(line.after() instanceof After.AnyOutcome);
    }

    private static void refuse(Feed feed, FeedLine line) {
        throw new CliFailure(ExitCode.USAGE, ("%s:%d waits for %s, and send waits for nothing: play the file with"
                + " `offerflow demo --samples DIRECTORY`, or send all its lines at once with --ignore-after.")
                .formatted(feed.name(), line.number(), line.after()));
    }

    private int report(String name, int wanted, List<Sender.Sent> sent) {
        PrintWriter out = spec.commandLine().getOut();
        sent.stream().filter(Sender.Sent::delivered).forEach(record -> out.printf("%d\t%s\t%s\t%s\t%d\t%d%n",
                record.line(), record.message().commandId(), record.message().command(), record.message().key(),
                record.partition(), record.offset()));
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        sent.stream().filter(record -> !record.delivered()).forEach(record -> err.printf("%s:%d: not delivered: %s%n",
                name, record.line(), record.problem()));
        long delivered = sent.stream().filter(Sender.Sent::delivered).count();
        err.printf("%s: %d of %d record%s sent.%n", name, delivered, wanted, wanted == 1 ? "" : "s");
        err.flush();
        return delivered == wanted ? ExitCode.DONE : delivered == 0 ? ExitCode.FAILURE : ExitCode.PARTLY_FAILED;
    }

    /** Standard input that a reader may close without closing it for the process. */
    private static final class UnclosedStdin extends InputStream {
        @Override
        public int read() throws IOException {
            return System.in.read();
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            return System.in.read(target, from, length);
        }
    }
}
