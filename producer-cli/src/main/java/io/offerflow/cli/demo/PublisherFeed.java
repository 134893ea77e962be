package io.offerflow.cli.demo;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Notification;
import io.offerflow.avro.Result;
import io.offerflow.cli.cluster.Sender;
import io.offerflow.cli.feed.Feed;
import io.offerflow.cli.feed.FeedLine;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.feed.WaitCondition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One publisher's system: sends the lines of its feed, each after what the line waits for. */
final class PublisherFeed {

    /** How a feed came to its end. */
    sealed interface FeedEnd {
        /** Everything was sent and everything awaited was seen. */
        record Finished() implements FeedEnd {
        }

        /** The feed could not go on. */
        record Failed(String sentence) implements FeedEnd {
        }

        /** The demo ended first. */
        record Unfinished(String awaited) implements FeedEnd {
        }
    }

    private final Feed feed;
    private final ObservedState sightings;
    private final Sender sender;
    private final Duration pace;
    private final AtomicInteger sent = new AtomicInteger();
    private Optional<Message> previous = Optional.empty();
    private int notificationsUsed;
    private int rowsBefore;

    PublisherFeed(Feed feed, ObservedState sightings, Sender sender, Duration pace) {
        this.feed = feed;
        this.sightings = sightings;
        this.sender = sender;
        this.pace = pace;
    }

    /** How many commands the broker has taken so far. */
    int sent() {
        return sent.get();
    }

    Feed feed() {
        return feed;
    }

    FeedEnd play() throws InterruptedException {
        for (FeedLine line : feed.lines()) {
            Optional<FeedEnd> hindered = awaitTurn(line);
            if (hindered.isPresent()) {
                return hindered.get();
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
        return awaitTurn(new FeedLine(last.number(), new WaitCondition.AnyOutcome(), Optional.empty()))
                .orElse(new FeedEnd.Finished());
    }

    private Optional<FeedEnd> send(FeedLine line, Message message) {
        rowsBefore = sightings.look(message.key(), trail -> trail.rows().size());
        Sender.SentRecord result = sender.send(line, message);
        if (!result.delivered()) {
            return Optional.of(new FeedEnd.Failed(place(line) + " could not be sent: " + result.problem()));
        }
        sent.incrementAndGet();
        previous = Optional.of(message);
        return Optional.empty();
    }

    /** Waits for what a line waits for; an end, if it cannot come or did not come in time. */
    private Optional<FeedEnd> awaitTurn(FeedLine line) throws InterruptedException {
        if (previous.isEmpty()) {
            return Optional.empty();
        }
        Message before = previous.get();
        Optional<CommandOutcome> outcome = sightings.await(before.key(),
                trail -> trail.outcome(before.commandId().toString()));
        if (outcome.isEmpty()) {
            return unfinished(line, "the outcome of " + before.command());
        }
        boolean came = switch (line.after()) {
            case WaitCondition.Nothing nothing -> true;
            case WaitCondition.AnyOutcome any -> true;
            case WaitCondition.Outcome wanted -> wanted.result() == outcome.get().getResult();
            case WaitCondition.Notified wanted -> notified(before.key(), wanted);
            case WaitCondition.InStatus wanted -> sightings.await(before.key(), trail -> trail.rows().stream()
                    .flatMap(Optional::stream).filter(row -> row.getStatus() == wanted.status()
                            && row.getSequence() >= outcome.get().getSequence()).findFirst()).isPresent();
            case WaitCondition.Deleted deleted -> sightings.await(before.key(), trail -> trail.rows().stream()
                    .skip(rowsBefore).filter(Optional::isEmpty).findFirst()).isPresent();
        };
        if (came) {
            return Optional.empty();
        }
        return line.after() instanceof WaitCondition.Outcome ? Optional.of(new FeedEnd.Failed(otherOutcome(line, outcome.get())))
                : unfinished(line, line.after().toString());
    }

    /** A notification counts once: the next line that waits for the same kind waits for another. */
    private boolean notified(String key, WaitCondition.Notified wanted) throws InterruptedException {
        Optional<Integer> at = sightings.await(key, trail -> {
            List<Notification> all = trail.notifications();
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

    private String otherOutcome(FeedLine line, CommandOutcome met) {
        Result result = met.getResult();
        return place(line) + " waits for " + line.after() + ", but " + met.getCommand() + " was " + result
                + Optional.ofNullable(met.getDetail()).map(detail -> ": " + detail).orElse("");
    }

    private String place(FeedLine line) {
        return feed.name() + ":" + line.number();
    }
}
