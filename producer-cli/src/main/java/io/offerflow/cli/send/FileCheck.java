package io.offerflow.cli.send;

import io.offerflow.cli.cluster.Sender;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.feed.FeedLine;
import io.offerflow.cli.feed.FeedLines.Next;
import io.offerflow.cli.feed.FeedLines;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.feed.WaitCondition;
import io.offerflow.contract.Topic;
import io.offerflow.contract.file.FeedException.LineProblem;
import io.offerflow.contract.file.FeedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The content of a file, found by reading all of it before anything is sent.
 *
 * @param messages how many messages it has
 * @param commands how many messages it has of each command
 */
record FileCheck(long messages, EnumSet<Topic> topics, Map<String, Long> commands) {

    private static final int PROBLEMS_KEPT = 20;

    /** A line shorter than this is never too large for a topic. */
    private static final int ALWAYS_FITS = Sender.LARGEST_VALUE / 2;

    /**
     * Reads a file to its end.
     *
     * @throws FeedException if a line cannot be sent
     * @throws CliFailure if a line waits for something, unless that is ignored
     */
    static FileCheck of(String name, FeedLines lines, boolean ignoreAfter) throws IOException {
        FileCheck check = new FileCheck(0, EnumSet.noneOf(Topic.class), new TreeMap<>());
        List<LineProblem> problems = new ArrayList<>();
        long bad = 0;
        long messages = 0;
        for (Optional<Next> next = lines.next(); next.isPresent(); next = lines.next()) {
            Optional<LineProblem> problem = switch (next.get()) {
                case Next.Bad line -> Optional.of(line.problem());
                case Next.Good good -> tooLarge(good);
            };
            if (problem.isPresent()) {
                bad++;
                problem.filter(any -> problems.size() < PROBLEMS_KEPT).ifPresent(problems::add);
            } else if (next.get() instanceof Next.Good good) {
                refuseToWait(name, good.line(), ignoreAfter);
                messages += good.line().message().map(check::count).orElse(0);
            }
        }
        if (bad > 0) {
            throw new FeedException(name, problems, bad);
        }
        return new FileCheck(messages, check.topics(), check.commands());
    }

    private int count(Message message) {
        topics.add(message.topic());
        commands.merge(message.command(), 1L, Long::sum);
        return 1;
    }

    private static Optional<LineProblem> tooLarge(Next.Good good) {
        if (good.text().length() < ALWAYS_FITS) {
            return Optional.empty();
        }
        return good.line().message().map(Sender::size).filter(size -> size > Sender.LARGEST_VALUE)
                .map(size -> new LineProblem(good.line().number(), "too large: %,d bytes, but the topic takes %,d"
                        .formatted(size, Sender.LARGEST_VALUE)));
    }

    private static void refuseToWait(String name, FeedLine line, boolean ignoreAfter) {
        boolean waits = switch (line.after()) {
            case WaitCondition.Nothing nothing -> false;
            case WaitCondition.AnyOutcome any -> false;
            case WaitCondition.Outcome outcome -> true;
            case WaitCondition.Notified notified -> true;
            case WaitCondition.InStatus status -> true;
            case WaitCondition.Deleted deleted -> true;
        };
        if (waits && !ignoreAfter) {
            throw new CliFailure(ExitCode.USAGE, ("%s:%d waits for %s, but send waits for nothing between lines: run"
                    + " the file with `offerflow demo --samples DIRECTORY`, or send all of its lines at once with"
                    + " --ignore-after.").formatted(name, line.number(), line.after()));
        }
    }
}
