package io.offerflow.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The engine against a reference model of the same tables, with the same random actions.
 *
 * <p>{@code -Dsimulation.seed=N} runs one trace; {@code -Dsimulation.seeds=N} so many, {@code -Dsimulation.minutes=M}
 * as many as fit, {@code -Dsimulation.steps=N} longer or shorter ones.
 */
class SimulationTest {

    private static final int STEPS = Integer.getInteger("simulation.steps", 300);
    /** On a busy machine fewer traces run, so that the tests after this one have their turn. */
    private static final long MOST_MINUTES = 5;
    private static final long SEEDS = Long.getLong("simulation.seeds", 2_000);

    @Test
    void engineAndModelAgreeAfterEveryStep() throws Exception {
        Optional<Long> only = Optional.ofNullable(Long.getLong("simulation.seed"));
        Instant end = Instant.now().plus(Duration.ofMinutes(Long.getLong("simulation.minutes", MOST_MINUTES)));
        long seeds = Long.getLong("simulation.minutes") != null && Long.getLong("simulation.seeds") == null
                ? Long.MAX_VALUE : SEEDS;
        AtomicLong next = new AtomicLong(only.orElse(0L));
        long last = only.map(one -> one + 1).orElse(seeds);
        AtomicLong wentLive = new AtomicLong();
        AtomicLong ran = new AtomicLong();
        int workers = Runtime.getRuntime().availableProcessors();
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            List<Future<Optional<String>>> all = new ArrayList<>();
            Callable<Optional<String>> worker = () -> {
                for (long seed = next.getAndIncrement(); seed < last && Instant.now().isBefore(end);
                        seed = next.getAndIncrement()) {
                    Simulation.Trace trace = Simulation.run(seed, STEPS, Rules::of);
                    ran.incrementAndGet();
                    wentLive.addAndGet(trace.wentLive());
                    if (trace.difference().isPresent()) {
                        next.set(last);
                        return Optional.of(report(seed, trace));
                    }
                }
                return Optional.empty();
            };
            for (int i = 0; i < workers; i++) {
                all.add(pool.submit(worker));
            }
            for (Future<Optional<String>> one : all) {
                one.get().ifPresent(report -> {
                    throw new AssertionError(report);
                });
            }
        }
        System.out.printf("simulation: %,d seeds of %d steps, %,d offers went live%n", ran.get(), STEPS,
                wentLive.get());
        assertThat(only.isPresent() || wentLive.get() > ran.get() / 2).as("the traces reach the interesting states")
                .isTrue();
    }

    /** The difference, the shortest trace that leads to it, and how to repeat it. */
    private static String report(long seed, Simulation.Trace trace) {
        List<Action> actions = Shrinker.shrink(seed, trace.actions());
        Simulation.Difference difference = Simulation.repeat(seed, actions).orElseThrow();
        StringBuilder report = new StringBuilder("seed %d: %s%n".formatted(seed, trace.difference().get().what()));
        report.append("repeat it with: ./mvnw -pl streams-app -am -Dtest=SimulationTest -Dsimulation.seed=%d%s "
                .formatted(seed, STEPS == 300 ? "" : " -Dsimulation.steps=" + STEPS)
                + "-Dsurefire.failIfNoSpecifiedTests=false test\n");
        report.append("%d of its %d steps are enough:%n".formatted(actions.size(), trace.actions().size()));
        for (int i = 0; i < actions.size(); i++) {
            report.append("%4d  offer %d  %s%n".formatted(i + 1, actions.get(i).offer(), actions.get(i)));
        }
        return report.append("then ").append(difference.what()).toString();
    }
}
