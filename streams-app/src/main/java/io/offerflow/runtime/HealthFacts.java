package io.offerflow.runtime;

import io.offerflow.query.HealthReport;
import io.offerflow.runtime.ThreadFailureHandler.ThreadFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * All that the health of this instance depends on, at one time. It is ready if every input partition that it owns is
 * taken. It is live unless the service has ended or a restart can help: not while it waits for brokers or registry.
 *
 * @param runningSince when Kafka Streams became {@code RUNNING} for the last time
 * @param fatal why the service ends
 * @param failure the last failure of a stream thread
 * @param topics how the topics differ from those of the start
 * @param brokers why the last check of the offsets had no answer
 * @param stalls a sentence for each partition that takes nothing although there is something to take
 * @param checkedAt when the offsets were checked for the last time
 * @param sincePoll longest time since the last poll of a stream thread
 * @param maxPollInterval time after which the group gives the partitions of a thread without a poll away
 * @param toRestore number of records to restore
 */
record HealthFacts(State state, Instant runningSince, Optional<String> fatal, Optional<ThreadFailure> failure,
        Optional<String> topics, Optional<String> brokers, List<String> stalls, Instant checkedAt, Duration sincePoll,
        Duration maxPollInterval, long toRestore) {

    /** A thread that failed counts as healthy again after this time. */
    private static final Duration SETTLES_IN = Duration.ofSeconds(5);
    /** A rebalance after this time has another cause. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    /** Longest time without an answer of the brokers about the offsets. */
    private static final Duration UNCHECKED = Duration.ofSeconds(10);
    private static final int MAX_NAMED = 3;

    HealthReport report(Instant now) {
        Optional<String> dead = Stream.of(fatal.map("The service stops: %s."::formatted), ended(), stuck())
                .flatMap(Optional::stream).findFirst();
        Optional<String> waiting = Stream.of(dead, failed(now), moving(),
                topics.map("The topics are not as they were at the start: %s."::formatted), unchecked(now), stalled())
                .flatMap(Optional::stream).findFirst();
        return new HealthReport(state.name(), dead.isEmpty(), waiting.isEmpty(),
                waiting.orElse("The service works on its inputs."));
    }

    private Optional<String> ended() {
        return switch (state) {
            case PENDING_ERROR, ERROR -> Optional.of("Kafka Streams ended with an error; restart this instance.");
            case PENDING_SHUTDOWN, NOT_RUNNING -> Optional.of("The service is ending or has ended.");
            case CREATED, REBALANCING, RUNNING -> Optional.empty();
        };
    }

    private Optional<String> stuck() {
        return sincePoll.compareTo(maxPollInterval) <= 0 ? Optional.empty() : Optional.of(
                ("A stream thread has not polled for %d s, so the group gives its partitions to others; restart this "
                        + "instance.").formatted(sincePoll.toSeconds()));
    }

    private Optional<String> failed(Instant now) {
        return failure.filter(last -> !settled(last, now)).map(last ->
                "A stream thread stopped at %s because %s; processing resumes at %s.".formatted(shown(last.at()),
                        last.reason(), shown(last.resumesAt())));
    }

    private Optional<String> moving() {
        return state == State.RUNNING ? Optional.empty() : Optional.of(
                "Partitions are on the move; %d records are to be restored.".formatted(toRestore));
    }

    private Optional<String> unchecked(Instant now) {
        return Duration.between(checkedAt, now).compareTo(UNCHECKED) <= 0 ? Optional.empty() : Optional.of(
                "The offsets of the inputs are not known since %s%s.".formatted(shown(checkedAt),
                        brokers.map(": "::concat).orElse("")));
    }

    private Optional<String> stalled() {
        if (stalls.isEmpty()) {
            return Optional.empty();
        }
        String more = stalls.size() > MAX_NAMED ? " %d more partitions take nothing.".formatted(
                stalls.size() - MAX_NAMED) : "";
        return Optional.of(String.join(" ", stalls.subList(0, Math.min(MAX_NAMED, stalls.size()))) + more);
    }

    /** A thread that fails again and again is healthy for a moment each time. */
    private boolean settled(ThreadFailure last, Instant now) {
        boolean startsAgain = now.isBefore(last.resumesAt().plus(REMEMBERED))
                && now.isBefore(runningSince.plus(SETTLES_IN));
        return !startsAgain && !now.isBefore(last.resumesAt().plus(SETTLES_IN));
    }

    static Instant shown(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
