package io.offerflow.bench.result;

/**
 * The parameters of a workload; they determine every byte of it.
 *
 * @param seed of the random numbers
 * @param commands number of commands
 * @param offers number of offers, hit with a Zipf distribution
 * @param zipf exponent of the distribution; 0 is uniform
 * @param duplicates share of commands that are sent again under the same id
 * @param illegal share of commands that the state of their offer does not allow
 * @param gap least number of commands between two of one offer on different topics, whose relative order Kafka does
 *     not guarantee
 */
public record WorkloadSpec(long seed, int commands, int offers, double zipf, double duplicates, double illegal,
        int gap) {

    /** Enough where the loader waits for the broker after each epoch. */
    public static final int SHORT_GAP = 500;

    public static final double DUPLICATES = 0.03;
    public static final double ILLEGAL = 0.05;

    /** The workload of the published figures: exponent 0.99, 3 % duplicates, 5 % illegal. */
    public static WorkloadSpec standard(int commands, int offers) {
        return new WorkloadSpec(1, commands, offers, 0.99, DUPLICATES, ILLEGAL, SHORT_GAP);
    }
}
