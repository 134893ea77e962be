package io.offerflow.bench.load;

/**
 * What determines a workload, byte by byte.
 *
 * @param seed of all chance
 * @param commands how many
 * @param offers among which they are spread, Zipf-distributed
 * @param zipf exponent of the distribution; 0 spreads them evenly
 * @param duplicates share that is sent a second time under the same id
 * @param illegal share that asks for what the offer's state does not allow
 * @param gap at least so many commands lie between two of one offer that go to different topics, whose order among each
 *     other Kafka does not promise
 */
public record WorkloadSpec(long seed, int commands, int offers, double zipf, double duplicates, double illegal,
        int gap) {

    /** Enough where a loader lets the broker take one stretch of commands before it sends the next. */
    public static final int SHORT_GAP = 500;

    /** As the published figures use it: exponent 0.99, 3 % sent twice, 5 % against the rules. */
    public static WorkloadSpec standard(int commands, int offers) {
        return new WorkloadSpec(1, commands, offers, 0.99, 0.03, 0.05, SHORT_GAP);
    }
}
