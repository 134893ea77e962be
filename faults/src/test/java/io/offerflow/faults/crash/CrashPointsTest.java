package io.offerflow.faults.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The state and the records of a transaction do not depend on crashes. {@code -Dcrash.seed=N} runs one seed,
 * {@code -Dcrash.seeds=N} this number of seeds; {@code ./offerflow faults crash-points} runs many.
 */
class CrashPointsTest {

    private static final int TRANSACTIONS = 40;
    private static final long SEEDS = Long.getLong("crash.seeds", 8);
    private static final long FIRST = Long.getLong("crash.seed", 0);

    @Test
    void aTransactionIsWrittenOnceWhereverTheProcessEnds() {
        AtomicLong crashes = new AtomicLong();
        long seeds = Long.getLong("crash.seed") == null ? SEEDS : 1;
        LongStream.range(FIRST, FIRST + seeds).forEach(seed -> {
            CrashPoints.Result result = CrashPoints.run(seed, TRANSACTIONS);
            assertThat(result.violation()).as("seed %d; repeat it with -Dcrash.seed=%1$d", seed).isEmpty();
            crashes.addAndGet(result.crashPoints());
        });
        assertThat(crashes).hasValueGreaterThan(500 * seeds);
    }

    @Test
    void aStoreThatKeepsAnAbortedTransactionIsFound() {
        assertThat(CrashPoints.run(1, TRANSACTIONS, store -> {
            if (store.name().equals("contents")) {
                store.commit();
            } else {
                store.abort();
            }
        }).violation()).isPresent();
    }
}
