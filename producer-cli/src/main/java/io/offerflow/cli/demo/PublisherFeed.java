package io.offerflow.cli.demo;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Notification;
import io.offerflow.cli.cluster.Sender;
import io.offerflow.cli.feed.Feed;
import io.offerflow.cli.feed.FeedLine;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.feed.WaitCondition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Simulates the system of one publisher: sends the lines of a feed, each after what the line waits for. */
final class PublisherFeed {

    /** How a feed ended. */
    sealed interface FeedEnd {
        /** Everything was sent and everything awaited was seen. */
        record Finished() implements FeedEnd {
        }

        /** The feed could not continue. */
        record Failed(String sentence) implements FeedEnd {
        }

        /** The demo ended first. */
        record Unfinished(String sentence) implements FeedEnd {
        }
    }

    private final Feed feed;
    private final ObservedState observed;
    private final Sender sender;
    private final Duration pace;
    private final AtomicInteger sent = new AtomicInteger();
    private Optional<Message> previous = Optional.empty();
    private int notificationsUsed;
    private int rowsBefore;

    PublisherFeed(Feed feed, ObservedState observed, Sender sender, Duration pace) {
        this.feed = feed;
        this.observed = observed;
        this.sender = sender;
        this.pace = pace;
    }

    /** The number of commands that the broker has so far. */
    int sent() {
        return sent.get();
    }

    FeedEnd run() throws InterruptedException {
        for (FeedLine line : feed.lines()) {
            Optional<FeedEnd> end = awaitCondition(line);
            if (end.isPresent()) {
                return end.get();
            }
            if (line.message().isPresent()) {
                Thread.sleep(pace);
                Optional<FeedEnd> failed = send(line, line.message().get());
                if (failed.isPresent()) {
                    return failed.get();
                }
            }
        }
        FeedLine last = feed.lines().getLast();
        return awaitCondition(new FeedLine(last.number(), new WaitCondition.AnyOutcome(), Optional.empty()))
                .orElse(new FeedEnd.Finished());
    }

    private Optional<FeedEnd> send(FeedLine line, Message message) {
        rowsBefore = observed.read(message.key(), offer -> offer.rows().size());
        Sender.SentRecord result = sender.send(line, message);
        if (!result.delivered()) {
            return Optional.of(new FeedEnd.Failed(place(line) + " could not be sent: " + result.problem()));
        }
        sent.incrementAndGet();
        previous = Optional.of(message);
        return Optional.empty();
    }

    /** Waits for the condition of a line; returns an end if the condition cannot be met, or was not met in time. */
    private Optional<FeedEnd> awaitCondition(FeedLine line) throws InterruptedException {
        if (previous.isEmpty()) {
            return Optional.empty();
        }
        Message before = previous.get();
        Optional<CommandOutcome> outcome = observed.await(before.key(),
                offer -> offer.outcome(before.commandId().toString()));
        if (outcome.isEmpty()) {
            return unfinished(line, "the outcome of " + before.command());
        }
        boolean met = switch (line.after()) {
            case WaitCondition.Nothing nothing -> true;
            case WaitCondition.AnyOutcome any -> true;
            case WaitCondition.Outcome wanted -> wanted.result() == outcome.get().getResult();
            case WaitCondition.Notified wanted -> notified(before.key(), wanted);
            case WaitCondition.InStatus wanted -> observed.await(before.key(), offer -> offer.rows().stream()
                    .flatMap(Optional::stream).filter(row -> row.getStatus() == wanted.status()
                            && row.getSequence() >= outcome.get().getSequence()).findFirst()).isPresent();
            case WaitCondition.Deleted deleted -> observed.await(before.key(), offer -> offer.rows().stream()
                    .skip(rowsBefore).filter(Optional::isEmpty).findFirst()).isPresent();
        };
        if (met) {
            return Optional.empty();
        }
        return line.after() instanceof WaitCondition.Outcome
                ? Optional.of(new FeedEnd.Failed(otherOutcome(line, outcome.get())))
                : unfinished(line, line.after().toString());
    }

    /** Each notification is used once: the next line that waits for the same template waits for another one. */
    private boolean notified(String key, WaitCondition.Notified wanted) throws InterruptedException {
        Optional<Integer> at = observed.await(key, offer -> {
            List<Notification> all = offer.notifications();
            for (int i = notificationsUsed; i < all.size(); i++) {
                if (all.get(i).getTemplate() == wanted.template()) {
                    return Optional.of(i);
                }
            }
            return Optional.empty();
        });
        at.ifPresent(index -> notificationsUsed = index + 1);
        return at.isPresent();
    }

    private Optional<FeedEnd> unfinished(FeedLine line, String awaited) {
        return Optional.of(new FeedEnd.Unfinished(place(line) + " waits for " + awaited));
    }

    private String otherOutcome(FeedLine line, CommandOutcome outcome) {
        return place(line) + " waits for " + line.after() + ", but " + outcome.getCommand() + " was "
                + outcome.getResult()
                + Optional.ofNullable(outcome.getDetail()).map(detail -> ": " + detail).orElse("");
    }

    private String place(FeedLine line) {
        return feed.name() + ":" + line.number();
    }
}
