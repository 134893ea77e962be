package io.offerflow.cli.send;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.Sender.SentRecord;
import io.offerflow.cli.cluster.Sender;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.send.MessageSource.SourceItem;
import io.offerflow.cli.send.ResumeIndex.FoundMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Sends messages in order, with a bounded number of them on their way, and hands them over in the same order as they
 * come to their end. Used by one thread, but {@link #stop}.
 */
public final class InFlightSender implements AutoCloseable {

    /** How many messages may be on their way: sent, and not yet taken or answered. */
    static final int WINDOW = 10_000;

    private static final Duration A_MOMENT = Duration.ofMillis(20);
    private static final int LOOK_EVERY = 200;

    /** How it came to its end. */
    public enum SendEnd {
        /** Everything was settled. */
        DONE,
        /** It was told to stop, or a message was not delivered, and nothing was sent behind that. */
        STOPPED,
        /** Nothing more came within the time. */
        TIMED_OUT
    }

    private record Delivery(InFlightMessage entry, SentRecord sent) {
    }

    private final Sender sender;
    private final Optional<AnswerReader> answers;
    private final Duration timeout;
    private final ResumeIndex alreadySent;
    private final Consumer<InFlightMessage> taker;
    private final AnswerCorrelator matching;
    private final Deque<InFlightMessage> onTheirWay = new ArrayDeque<>();
    private final Queue<Delivery> settled = new ConcurrentLinkedQueue<>();
    private long lastProgress = System.nanoTime();
    private volatile boolean stopping;

    /**
     * Begins to listen, so that no answer is missed.
     *
     * @param timeout how long to wait when nothing new comes; empty if no answers are waited for
     * @param taker gets each message, in order, when nothing more is to come for it
     */
    public InFlightSender(Cluster cluster, Optional<Duration> timeout, ResumeIndex alreadySent, Consumer<InFlightMessage> taker) {
        this.answers = timeout.map(any -> new AnswerReader(cluster, alreadySent.since()));
        this.timeout = timeout.orElse(Duration.ofMinutes(1));
        this.alreadySent = alreadySent;
        this.matching = new AnswerCorrelator(alreadySent.places());
        this.taker = taker;
        this.sender = new Sender(cluster);
    }

    /** Returns when everything has come to its end, or no end is in sight. */
    public SendEnd run(MessageSource source) throws IOException {
        int sinceLooked = 0;
        for (Optional<SourceItem> next = source.next(); next.isPresent() && !stopping; next = source.next()) {
            send(next.get());
            if (++sinceLooked >= LOOK_EVERY) {
                sinceLooked = 0;
                look(Duration.ZERO);
            }
            while (onTheirWay.size() >= WINDOW && !stopping) {
                if (!look(A_MOMENT)) {
                    return SendEnd.TIMED_OUT;
                }
            }
        }
        sender.flush();
        while (!onTheirWay.isEmpty() && !stopping) {
            if (!look(A_MOMENT)) {
                return SendEnd.TIMED_OUT;
            }
        }
        look(Duration.ZERO);
        return onTheirWay.isEmpty() ? SendEnd.DONE : SendEnd.STOPPED;
    }

    /** Makes {@link #run} return soon; what was handed to the broker's client is still delivered. */
    public void stop() {
        stopping = true;
    }

    /** The messages that have not come to their end, oldest first. */
    public Iterable<InFlightMessage> unsettled() {
        return onTheirWay;
    }

    private void send(SourceItem item) {
        Message message = item.message();
        InFlightMessage entry = new InFlightMessage(item.line(), message, item.textHash());
        onTheirWay.add(entry);
        Optional<FoundMessage> found = alreadySent.take(message);
        if (found.isPresent()) {
            entry.liesAt(found.get().place());
            matching.found(entry);
        } else {
            matching.sent(entry);
            sender.send(item.line(), message, sent -> settled.add(new Delivery(entry, sent)));
        }
    }

    /** Takes in what has happened; false if nothing did for too long. */
    private boolean look(Duration patience) {
        boolean progress = false;
        for (Delivery next = settled.poll(); next != null; next = settled.poll()) {
            next.entry().settled(next.sent());
            matching.settled(next.entry());
            stopping |= next.entry().failed();
            progress = true;
        }
        progress |= answers.map(listening -> matching.answered(listening.poll(patience)) > 0).orElse(false);
        while (!onTheirWay.isEmpty() && onTheirWay.peek().done(answers.isPresent()) && !onTheirWay.peek().failed()) {
            taker.accept(onTheirWay.poll());
            progress = true;
        }
        long now = System.nanoTime();
        if (progress) {
            lastProgress = now;
        } else if (answers.isEmpty() && !patience.isZero()) {
            sender.flush();
        }
        return now - lastProgress < timeout.toNanos();
    }

    @Override
    public void close() {
        sender.close();
        answers.ifPresent(AnswerReader::close);
    }
}
