package io.offerflow.bench.peer;

import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.Sample;
import io.offerflow.bench.result.Spread;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One subject against another, round by round: the two runs of a round had the machine in the same mood.
 *
 * @param rate commands a second, as a multiple of the other's
 * @param cpu processor time a command, broker included, as a multiple of the other's
 */
public record Ratio(Spread rate, Spread cpu) {

    /** Of two subjects that have as many rounds. */
    public static Ratio of(Result result, String one, String other) {
        List<Sample> ones = result.of(one);
        List<Sample> others = result.of(other);
        return new Ratio(spread(ones, others, Sample::perSecond), spread(ones, others, Sample::cpu));
    }

    private static Spread spread(List<Sample> ones, List<Sample> others, ToDoubleFunction<Sample> what) {
        return Spread.of(IntStream.range(0, ones.size()).mapToObj(round ->
                what.applyAsDouble(ones.get(round)) / what.applyAsDouble(others.get(round))).toList());
    }
}
