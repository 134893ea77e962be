package io.offerflow.cli.send;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.Sender.SentRecord;
import io.offerflow.cli.cluster.Sender;
import io.offerflow.cli.send.MessageSource.SourceItem;
import io.offerflow.cli.send.ResumeIndex.FoundMessage;
import io.offerflow.contract.answer.AnswerCorrelator;
import io.offerflow.contract.answer.AnswerReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Sends messages in order, with a bounded number of them in flight, and passes them on in the same order when they are
 * finished. Used by one thread, except for {@link #stop}.
 */
public final class InFlightSender implements AutoCloseable {

    /** How many messages may be in flight: sent, and not yet acknowledged or answered. */
    static final int WINDOW = 10_000;

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(20);
    private static final int POLL_EVERY = 200;

    /** How a run ended. */
    public enum SendEnd {
        /** Every message is finished. */
        DONE,
        /** It was told to stop, or a message was not delivered and none was sent after it. */
        STOPPED,
        /** Nothing new came within the time. */
        TIMED_OUT
    }

    private record Delivery(InFlightMessage message, SentRecord record) {
    }

    private final Sender sender;
    private final Optional<AnswerReader> answers;
    private final Duration timeout;
    private final ResumeIndex alreadySent;
    private final Consumer<InFlightMessage> whenFinished;
    private final AnswerCorrelator<InFlightMessage> correlator;
    private final Deque<InFlightMessage> unfinished = new ArrayDeque<>();
    private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
    private long lastProgress = System.nanoTime();
    private volatile boolean stopping;

    /**
     * Starts to read answers, so that none is missed.
     *
     * @param timeout how long to wait when nothing new comes; empty if no answers are needed
     * @param whenFinished receives each message, in order, when it is finished
     */
    public InFlightSender(Cluster cluster, Optional<Duration> timeout, ResumeIndex alreadySent,
            Consumer<InFlightMessage> whenFinished) {
        this.answers = timeout.map(any -> new AnswerReader(cluster.reader(), cluster.registry(), alreadySent.since()));
        this.timeout = timeout.orElse(Duration.ofMinutes(1));
        this.alreadySent = alreadySent;
        this.correlator = new AnswerCorrelator<>(WINDOW + SendSession.REACH, alreadySent.coordinates());
        this.whenFinished = whenFinished;
        this.sender = new Sender(cluster);
    }

    /** Returns when every message is finished, or cannot be finished. */
    public SendEnd run(MessageSource source) throws IOException {
        int sincePolled = 0;
        for (Optional<SourceItem> next = source.next(); next.isPresent() && !stopping; next = source.next()) {
            send(next.get());
            if (++sincePolled >= POLL_EVERY) {
                sincePolled = 0;
                poll(Duration.ZERO);
            }
            while (unfinished.size() >= WINDOW && !stopping) {
                if (!poll(POLL_TIMEOUT)) {
                    return SendEnd.TIMED_OUT;
                }
            }
        }
        sender.flush();
        while (!unfinished.isEmpty() && !stopping) {
            if (!poll(POLL_TIMEOUT)) {
                return SendEnd.TIMED_OUT;
            }
        }
        poll(Duration.ZERO);
        return unfinished.isEmpty() ? SendEnd.DONE : SendEnd.STOPPED;
    }

    /** Makes {@link #run} return soon; what was passed to Kafka's producer is still delivered. */
    public void stop() {
        stopping = true;
    }

    /** The messages that are not finished, oldest first. */
    public Iterable<InFlightMessage> unfinished() {
        return unfinished;
    }

    private void send(SourceItem item) {
        InFlightMessage message = new InFlightMessage(item.line(), item.message(), item.textHash());
        unfinished.add(message);
        Optional<FoundMessage> found = alreadySent.remove(item.message());
        if (found.isPresent()) {
            message.sentTo(found.get().coordinates());
            correlator.found(message);
        } else {
            correlator.sent(message);
            sender.send(item.line(), item.message(), record -> deliveries.add(new Delivery(message, record)));
        }
    }

    /** Takes in deliveries and answers; returns false if there were none for too long. */
    private boolean poll(Duration wait) {
        boolean progress = false;
        for (Delivery next = deliveries.poll(); next != null; next = deliveries.poll()) {
            next.message().settled(next.record());
            correlator.settled(next.message());
            stopping |= next.message().failed();
            progress = true;
        }
        progress |= answers.map(reader -> correlator.answered(reader.poll(wait)) > 0).orElse(false);
        while (!unfinished.isEmpty() && unfinished.peek().finished(answers.isPresent())
                && !unfinished.peek().failed()) {
            whenFinished.accept(unfinished.poll());
            progress = true;
        }
        long now = System.nanoTime();
        if (progress) {
            lastProgress = now;
        } else if (answers.isEmpty() && !wait.isZero()) {
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
