package io.offerflow.bench.result;

/**
 * One recovery.
 *
 * @param kind {@code kill, state kept} or {@code kill, state wiped}
 * @param seconds from the kill to the next committed outcome
 * @param restored number of records restored into stores
 * @param restoredPerSecond their rate
 * @param harnessShare share of the harness in all processor time until every command has its outcome
 */
public record RecoverySample(String kind, int round, double seconds, long restored, double restoredPerSecond,
        double harnessShare) {
}
