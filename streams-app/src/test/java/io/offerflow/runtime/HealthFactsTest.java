package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.query.HealthReport;
import io.offerflow.runtime.ThreadFailureHandler.ThreadFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

/** What live and ready depend on. */
class HealthFactsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration POLL_LIMIT = Duration.ofMinutes(5);

    private State state = State.RUNNING;
    private Instant runningSince = NOW.minusSeconds(3600);
    private Optional<String> fatal = Optional.empty();
    private Optional<ThreadFailure> failure = Optional.empty();
    private Optional<String> topics = Optional.empty();
    private Optional<String> brokers = Optional.empty();
    private List<String> stalls = List.of();
    private Instant checkedAt = NOW.minusSeconds(3);
    private Duration sincePoll = Duration.ofMillis(100);

    private HealthReport report() {
        return new HealthFacts(state, runningSince, fatal, failure, topics, brokers, stalls, checkedAt, sincePoll,
                POLL_LIMIT, 1200).report(NOW);
    }

    private void isLiveButNotReady(String... parts) {
        assertThat(report()).matches(HealthReport::live).matches(report -> !report.ready());
        assertThat(report().message()).contains(parts).hasLineCount(1);
    }

    private void isNotLive(String... parts) {
        assertThat(report()).matches(report -> !report.live() && !report.ready());
        assertThat(report().message()).contains(parts).hasLineCount(1);
    }

    @Test
    void anInstanceThatTakesItsInputsIsLiveAndReady() {
        assertThat(report()).isEqualTo(new HealthReport("RUNNING", true, true, "The service works on its inputs."));
    }

    @Test
    void aStalledPartitionIsNotReadyAndNamed() {
        stalls = List.of("Partition offer-commands-1 has taken nothing.", "Partition step-results-1 has taken nothing.",
                "C.", "D.", "E.");
        isLiveButNotReady("offer-commands-1", "step-results-1", "C. 2 more partitions take nothing.");
    }

    @Test
    void anInstanceThatRestoresIsLive() {
        state = State.REBALANCING;
        isLiveButNotReady("1200 records are to be restored");
    }

    @Test
    void aFailedThreadIsToldUntilItsReplacementHasRunForAWhile() {
        failure = Optional.of(new ThreadFailure("the disk is full", NOW.minusSeconds(2), NOW.plusSeconds(2)));
        isLiveButNotReady("stopped at 2026-11-28T11:59:58Z because the disk is full; processing resumes at "
                + "2026-11-28T12:00:02Z.");

        failure = Optional.of(new ThreadFailure("the disk is full", NOW.minusSeconds(20), NOW.minusSeconds(12)));
        runningSince = NOW.minusSeconds(4);
        isLiveButNotReady("the disk is full");

        runningSince = NOW.minusSeconds(6);
        assertThat(report().ready()).isTrue();
    }

    @Test
    void aRebalanceLongAfterAFailureHasAnotherCause() {
        failure = Optional.of(new ThreadFailure("the disk is full", NOW.minusSeconds(900), NOW.minusSeconds(899)));
        runningSince = NOW.minusSeconds(1);
        assertThat(report().ready()).isTrue();
    }

    @Test
    void brokersThatDoNotAnswerAreToldWithSinceWhen() {
        brokers = Optional.of("the brokers at kafka:9092 do not answer");
        checkedAt = NOW.minusSeconds(10);
        assertThat(report().ready()).isTrue();

        checkedAt = NOW.minusSeconds(11);
        isLiveButNotReady("not known since 2026-11-28T11:59:49Z: the brokers at kafka:9092 do not answer.");
    }

    @Test
    void topicsThatDifferAreToldBeforeTheServiceStops() {
        topics = Optional.of("topic offer-commands has 3 partitions");
        isLiveButNotReady("topic offer-commands has 3 partitions");
    }

    @Test
    void anEndByAnErrorIsNotLiveAndSaysTheSentence() {
        fatal = Optional.of("the service stops, because topic offer-commands has 3 partitions");
        state = State.PENDING_SHUTDOWN;
        isNotLive("topic offer-commands has 3 partitions");

        fatal = Optional.empty();
        isNotLive("ending or has ended");

        state = State.ERROR;
        isNotLive("restart this instance");
    }

    @Test
    void aThreadThatLeavesItsGroupSinceItDoesNotPollIsNotLive() {
        sincePoll = POLL_LIMIT;
        assertThat(report().live()).isTrue();

        sincePoll = POLL_LIMIT.plusSeconds(1);
        isNotLive("has not polled for 301 s", "restart this instance");
    }
}
