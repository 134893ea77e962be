package io.offerflow.cli.read;

import io.offerflow.avro.OfferStatus;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader.Start;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.cli.render.RecordFormat;
import io.offerflow.cli.render.StatusText;
import io.offerflow.cli.render.TargetStatus;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Follows one offer until it reaches a status, or cannot reach it any more. */
public final class StatusWaiter {

    private static final int NOT_YET = -1;

    private final AvroDecoder decoder;
    private final String key;
    private final TargetStatus target;
    private final long after;
    private final PrintWriter states;
    private final PrintWriter err;
    private String shown = "";

    private StatusWaiter(Cluster cluster, String key, TargetStatus target, long after, PrintWriter states,
            PrintWriter err) {
        this.decoder = new AvroDecoder(cluster.registry());
        this.key = key;
        this.target = target;
        this.after = after;
        this.states = states;
        this.err = err;
    }

    /**
     * Follows an offer.
     *
     * @param after rows with a smaller sequence number are ignored
     * @param timeout the longest wait
     * @param states receives each state on the way
     * @return an exit code
     */
    public static int await(Cluster cluster, String key, TargetStatus target, long after, Duration timeout,
            PrintWriter states, PrintWriter err) throws Exception {
        StatusWaiter waiter = new StatusWaiter(cluster, key, target, after, states, err);
        AtomicInteger exitCode = new AtomicInteger(NOT_YET);
        try (TopicReader reader = new TopicReader(cluster, List.of(Topic.OFFER_STATUS), new Start.Beginning(),
                        Optional.of(key));
                ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().factory())) {
            clock.schedule(reader::stop, timeout.toMillis(), TimeUnit.MILLISECONDS);
            UntilInterrupted.run(() -> reader.run(record -> {
                exitCode.compareAndSet(NOT_YET, waiter.see(record));
                return exitCode.get() == NOT_YET;
            }), reader::stop);
            clock.shutdownNow();
        }
        if (exitCode.get() == NOT_YET) {
            err.printf("offerflow: %s was not %s within %s.%n", key, target, StatusText.span(timeout));
            err.flush();
            return ExitCode.TIMED_OUT;
        }
        return exitCode.get();
    }

    private int see(ConsumerRecord<byte[], byte[]> record) {
        if (!Optional.of(key).equals(RecordFormat.key(record))) {
            return NOT_YET;
        }
        Optional<OfferStatus> row = Optional.ofNullable(record.value())
                .map(bytes -> (OfferStatus) decoder.decode(Topic.OFFER_STATUS, bytes));
        if (row.isPresent() && row.get().getSequence() < after) {
            return NOT_YET;
        }
        show(row);
        if (target.reached(row)) {
            return ExitCode.DONE;
        }
        Optional<String> missed = row.isEmpty() && after > 0 ? Optional.empty() : target.missed(row);
        missed.ifPresent(why -> {
            err.printf("offerflow: %s will not be %s: %s.%n", key, target, why);
            row.map(OfferStatus::getRun).ifPresent(run -> run.getMessages().forEach(message ->
                    err.printf("  %s  %s%n", message.getCode(), message.getText())));
            err.flush();
        });
        return missed.isPresent() ? ExitCode.FAILURE : NOT_YET;
    }

    private void show(Optional<OfferStatus> row) {
        String now = row.map(status -> StatusText.status(status.getStatus()) + StatusText.currentStep(status)
                .map(step -> ", " + step).orElse("")).orElse("Deleted");
        if (!now.equals(shown)) {
            shown = now;
            states.println(key + ": " + now);
            states.flush();
        }
    }
}
