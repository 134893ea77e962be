package io.offerflow.bench.result;

/**
 * One recovery.
 *
 * @param kind what was done: {@code kill, state kept} or {@code kill, state wiped}
 * @param seconds from the kill to the next committed outcome
 * @param restored records that were read back into stores; 0 where none were
 * @param restoredPerSecond of them
 * @param harnessShare what neither the service nor the broker took of the processor time until all was answered
 */
public record RecoverySample(String kind, int round, double seconds, long restored, double restoredPerSecond,
        double harnessShare) {
}
