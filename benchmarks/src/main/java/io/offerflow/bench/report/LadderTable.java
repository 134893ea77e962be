package io.offerflow.bench.report;

import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.Sample;
import io.offerflow.bench.result.Spread;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The ladder as a Markdown table. */
public final class LadderTable {

    private static final double NOISY_SPREAD = 0.15;
    private static final double NOISY_OTHERS = 0.05;

    private LadderTable() {
    }

    /** One run, while it goes on. */
    public static String line(Sample sample) {
        return text("%-14s round %d: %,9.0f commands/s, CPU µs app %.1f broker %.1f checker %.1f, others %s",
                sample.subject(), sample.round(), sample.perSecond(), part(sample, Sample.APP),
                part(sample, Sample.BROKER), part(sample, Sample.CHECKER), share(sample.othersShare()));
    }

    /** All rungs of a result. */
    public static String of(Result result) {
        StringBuilder table = new StringBuilder("""
                | rung | commands/s, median (min–max) | CPU a command: app + broker, median | app | broker \
                | harness | others |
                |---|---|---|---|---|---|---|
                """);
        for (String subject : result.subjects()) {
            List<Sample> samples = result.of(subject);
            Spread rate = spread(samples, Sample::perSecond);
            table.append(text("| %s%s | %,.0f (%,.0f–%,.0f) | %.1f µs | %.1f µs | %.1f µs | %.0f %% | %s |%n", subject,
                    noisy(samples) ? " (noisy)" : "", rate.median(), rate.min(), rate.max(),
                    spread(samples, Sample::cpu).median(), spread(samples, sample -> part(sample, Sample.APP)).median(),
                    spread(samples, sample -> part(sample, Sample.BROKER)).median(),
                    100 * spread(samples, Sample::harnessShare).median(), others(samples)));
        }
        return table.toString();
    }

    static boolean noisy(List<Sample> samples) {
        return spread(samples, Sample::perSecond).share() > NOISY_SPREAD
                || spread(samples, Sample::othersShare).median() > NOISY_OTHERS;
    }

    private static String others(List<Sample> samples) {
        return share(spread(samples, Sample::othersShare).median());
    }

    static String share(double share) {
        return share < 0 ? "?" : text("%.0f %%", 100 * share);
    }

    static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> of) {
        return Spread.of(samples.stream().map(of::applyAsDouble).toList());
    }

    private static double part(Sample sample, String part) {
        return sample.cpuMicros().getOrDefault(part, 0.0);
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
