package io.offerflow.cli.send;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.HarmlessText;
import io.offerflow.cli.console.ProgressLine;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.cli.feed.FeedLines.Next;
import io.offerflow.cli.feed.FeedLines;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.render.StatusText;
import io.offerflow.cli.send.InFlightSender.SendEnd;
import io.offerflow.cli.send.MessageSource.SourceItem;
import io.offerflow.contract.Topic;
import io.offerflow.contract.answer.AnswerDecoder;
import io.offerflow.contract.file.FeedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends a checked file: continues where an earlier run stopped, and reports the result. */
final class FileSend {

    private static final int WORTH_A_FIGURE = 100;

    /**
     * The file and how it is sent.
     *
     * @param name of the file, part of the command ids
     * @param resumable whether a checkpoint is kept
     */
    record Request(String name, Path path, Instant now, FileCheck check, boolean resumable, boolean startOver,
            boolean quiet) {
    }

    private final Request request;
    private final Connection connection;
    private final WaitOptions waiting;
    private final OutputOption output;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Terminal terminal = Terminal.detect();

    FileSend(Request request, Connection connection, WaitOptions waiting, OutputOption output, PrintWriter out,
            PrintWriter err) {
        this.request = request;
        this.connection = connection;
        this.waiting = waiting;
        this.output = output;
        this.out = out;
        this.err = err;
    }

    int run() throws Exception {
        List<Topic> topics = new ArrayList<>(request.check().topics());
        if (waiting.answerTimeout().isPresent()) {
            topics.addAll(AnswerDecoder.topics());
        }
        Cluster cluster = connection.connect(topics);
        SendSession session = SendSession.begin(request, cluster, waiting.answerTimeout().isPresent(), err);
        long startedAt = System.nanoTime();
        long before = session.counts().settled();
        AtomicInteger exitCode = new AtomicInteger();
        ProgressLine progress = progress(before);
        try (FeedLines lines = new FeedLines(request.name(), Files.newInputStream(request.path()), request.now());
                InFlightSender sender = new InFlightSender(cluster, waiting.answerTimeout(), session.alreadySent(),
                        sent -> {
                            session.finished(sent);
                            show(sent);
                            progress.advanced(1);
                        })) {
            // includes the report: after Ctrl-C the process ends when this task returns
            UntilInterrupted.run(() -> {
                SendEnd end;
                try (progress) {
                    end = sender.run(() -> session.skipDone(lines, this::message));
                    output.end(out);
                    session.end(end);
                }
                exitCode.set(report(session, end, sender, before, System.nanoTime() - startedAt));
            }, sender::stop);
        }
        return exitCode.get();
    }

    /** A line only for a person, for many messages, and where no rows are shown between its updates. */
    private ProgressLine progress(long done) {
        boolean rows = terminal.colour() && !request.quiet();
        long messages = request.check().messages();
        return Terminal.personAtErr() && !rows && messages >= WORTH_A_FIGURE
                ? ProgressLine.on(err, HarmlessText.of(request.name()), "", done, messages) : ProgressLine.none();
    }

    private Message message(Message message) {
        return waiting.validateOnly() ? message.validateOnly() : message;
    }

    private void show(InFlightMessage sent) {
        boolean refused = sent.answer().filter(answer -> !answer.accepted()).isPresent();
        if (request.quiet() && !refused) {
            return;
        }
        output.show(out, () -> List.of(MessageFormat.row(sent, terminal)), () -> MessageFormat.json(sent));
    }

    private int report(SendSession session, SendEnd end, InFlightSender sender, long before, long nanos) {
        sender.unfinished().forEach(sent -> {
            if (sent.failed()) {
                err.printf("%s:%d: not delivered: %s%n", request.name(), sent.line(), sent.problem());
            }
        });
        SendCounts counts = session.counts();
        long settled = counts.settled() - before;
        double seconds = Math.max(0.001, nanos / 1e9);
        String answers = counts.answers().isEmpty() ? "" : ": " + counts.answers();
        err.printf("%s: %,d of %s sent%s%s.%n", request.name(), counts.delivered(),
                StatusText.count(request.check().messages(), "record"),
                settled >= WORTH_A_FIGURE ? " in %.1f s, %,.0f/s".formatted(seconds, settled / seconds) : "", answers);
        if (end != SendEnd.DONE && request.resumable()) {
            err.printf("It is not done; the same command continues from there (%s).%n",
                    Checkpoint.fileFor(request.path()).getFileName());
        }
        err.flush();
        return switch (end) {
            case DONE -> counts.exitCode();
            case TIMED_OUT -> {
                err.printf("offerflow: no answer for %d s.%n", waiting.timeout().toSeconds());
                yield ExitCode.TIMED_OUT;
            }
            case STOPPED -> counts.delivered() == 0 ? ExitCode.FAILURE : ExitCode.PARTLY_FAILED;
        };
    }

    /** The next message; all lines were valid when the file was checked. */
    static Optional<SourceItem> next(FeedLines lines, String name) throws IOException {
        for (Optional<Next> next = lines.next(); next.isPresent(); next = lines.next()) {
            switch (next.get()) {
                case Next.Bad bad -> throw new CliFailure(ExitCode.FAILURE, "%s changed while it was sent:"
                        .formatted(name) + " line %d: %s".formatted(bad.problem().line(), bad.problem().sentence()),
                        new FeedException(name, List.of(bad.problem()), 1));
                case Next.Good good -> {
                    Optional<Message> message = good.line().message();
                    if (message.isPresent()) {
                        return Optional.of(new SourceItem(good.line().number(), message.get(), good.text().hashCode()));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
