package io.offerflow.bench.peer;

import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.MedianRange;
import io.offerflow.bench.result.ThroughputSample;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One subject as a multiple of another, round by round, since the machine's speed differs less within a round.
 *
 * @param rate of commands per second
 * @param cpu of processor time per command, broker included
 */
record PairedRatio(MedianRange rate, MedianRange cpu) {

    /** Of two subjects with the same number of rounds. */
    static PairedRatio of(BenchResult result, String one, String other) {
        return new PairedRatio(range(result, one, other, ThroughputSample::perSecond),
                range(result, one, other, sample -> sample.cpu().measured()));
    }

    private static MedianRange range(BenchResult result, String one, String other,
            ToDoubleFunction<ThroughputSample> value) {
        List<ThroughputSample> ones = result.samplesOf(one);
        List<ThroughputSample> others = result.samplesOf(other);
        return MedianRange.of(IntStream.range(0, ones.size()).boxed().toList(), round ->
                value.applyAsDouble(ones.get(round)) / value.applyAsDouble(others.get(round)));
    }
}
