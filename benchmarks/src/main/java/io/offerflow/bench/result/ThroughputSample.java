package io.offerflow.bench.result;

/**
 * One run of one subject, without its warm-up.
 *
 * @param round pass over all subjects, from 1
 * @param commands number of measured commands
 * @param seconds the measured commands took
 * @param perSecond commands per second, by the outcomes that a {@code read_committed} consumer reads
 */
public record ThroughputSample(String subject, int round, int commands, double seconds, double perSecond, CpuUse cpu) {

    /** For process clocks that count in hundredths of a second. */
    private static final double TOLERANCE = 1.02;
    /** Processor time is read shortly before and after the outcomes, in s; this matters for short runs. */
    private static final double AROUND = 0.5;

    /**
     * Returns this sample if its rate is possible at its cost.
     *
     * @throws BenchException if the processors have no time for so many commands
     */
    public ThroughputSample checked(int cores) {
        double most = cores * 1e6 / (cpu.measured() + cpu.of(CpuUse.CHECKER));
        if (seconds > 0 && commands / (seconds * TOLERANCE + AROUND) > most) {
            throw new BenchException("measuring error: %s, round %d: %,.0f commands/s, but %d processors have time for "
                    .formatted(subject, round, perSecond, cores) + "%,.0f at that cost".formatted(most));
        }
        return this;
    }
}
