package io.offerflow.cli.send;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.ProgressLine;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.cli.feed.FeedException;
import io.offerflow.cli.feed.FeedLines.Next;
import io.offerflow.cli.feed.FeedLines;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.send.InFlightSender.SendEnd;
import io.offerflow.cli.send.MessageSource.SourceItem;
import io.offerflow.contract.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One run over a checked file: goes on where an earlier one stopped, and tells how far it came. */
final class FileSend {

    private static final int WORTH_A_FIGURE = 100;

    /**
     * What is sent.
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
        if (waiting.patience().isPresent()) {
            topics.addAll(AnswerReader.topics());
        }
        Cluster cluster = connection.connect(topics);
        SendSession course = SendSession.begin(request, cluster, waiting.patience().isPresent(), err);
        long startedAt = System.nanoTime();
        long before = course.tally().settled();
        AtomicInteger exitCode = new AtomicInteger();
        ProgressLine progress = progress(before);
        try (FeedLines lines = new FeedLines(request.name(), Files.newInputStream(request.path()), request.now());
                InFlightSender batch = new InFlightSender(cluster, waiting.patience(), course.alreadySent(), entry -> {
                    course.done(entry);
                    show(entry);
                    progress.advanced(1);
                })) {
            // all of it belongs to the work: after Ctrl-C the process ends as soon as the work does
            UntilInterrupted.run(() -> {
                SendEnd end;
                try (progress) {
                    end = batch.run(() -> course.skipDone(lines, this::message));
                    output.end(out);
                    course.end(end);
                }
                exitCode.set(report(course, end, batch, before, System.nanoTime() - startedAt));
            }, batch::stop);
        }
        return exitCode.get();
    }

    /** A line only for a person, for many messages, and where no rows are shown between its updates. */
    private ProgressLine progress(long done) {
        boolean rows = terminal.colour() && !request.quiet();
        long messages = request.check().messages();
        return Terminal.personAtErr() && !rows && messages >= WORTH_A_FIGURE
                ? ProgressLine.on(err, request.name(), "", done, messages) : ProgressLine.none();
    }

    private Message message(Message message) {
        return waiting.validateOnly() ? message.onlyAsked() : message;
    }

    private void show(InFlightMessage entry) {
        boolean refused = entry.answer().filter(answer -> answer.exitCode() != ExitCode.DONE).isPresent();
        if (request.quiet() && !refused) {
            return;
        }
        output.show(out, () -> MessageFormat.row(entry, terminal), () -> MessageFormat.json(entry));
    }

    private int report(SendSession course, SendEnd end, InFlightSender batch, long before, long nanos) {
        batch.unsettled().forEach(entry -> {
            if (entry.failed()) {
                err.printf("%s:%d: not delivered: %s%n", request.name(), entry.line(), entry.problem());
            }
        });
        SendCounts tally = course.tally();
        long settled = tally.settled() - before;
        double seconds = Math.max(0.001, nanos / 1e9);
        String answers = tally.answers().isEmpty() ? "" : ": " + tally.answers();
        err.printf("%s: %,d of %,d record%s sent%s%s.%n", request.name(), tally.delivered(),
                request.check().messages(), request.check().messages() == 1 ? "" : "s",
                settled >= WORTH_A_FIGURE ? " in %.1f s, %,.0f/s".formatted(seconds, settled / seconds) : "", answers);
        if (end != SendEnd.DONE && request.resumable()) {
            err.printf("It is not done; the same command goes on from there (%s).%n",
                    Checkpoint.beside(request.path()).getFileName());
        }
        err.flush();
        return switch (end) {
            case DONE -> tally.exitCode();
            case TIMED_OUT -> {
                err.printf("offerflow: nothing new came for %d s.%n", waiting.timeout().toSeconds());
                yield ExitCode.TIMED_OUT;
            }
            case STOPPED -> tally.delivered() == 0 ? ExitCode.FAILURE : ExitCode.PARTLY_FAILED;
        };
    }

    /** The next message of the lines; all of them were valid when the file was checked. */
    static Optional<SourceItem> next(FeedLines lines, String name) throws IOException {
        for (Optional<Next> next = lines.next(); next.isPresent(); next = lines.next()) {
            switch (next.get()) {
                case Next.Bad bad -> throw new CliFailure(ExitCode.FAILURE, "%s has changed while it was sent:"
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
