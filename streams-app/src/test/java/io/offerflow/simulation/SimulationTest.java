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
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The engine against a reference model of the same tables, with the same random actions.
 *
 * <p>{@code -Dsimulation.seed=N} runs one trace, {@code -Dsimulation.seeds=N} this number of traces,
 * {@code -Dsimulation.minutes=M} as many as fit; {@code -Dsimulation.steps=N} runs longer or shorter ones. The default
 * is the range of seeds in which each planted mistake shows.
 */
@Order(1) // first, since it takes long
class SimulationTest {

    private static final int STEPS = Integer.getInteger("simulation.steps", 300);
    private static final Optional<Long> ONLY = Optional.ofNullable(Long.getLong("simulation.seed"));
    private static final Optional<Long> MINUTES = Optional.ofNullable(Long.getLong("simulation.minutes"));
    private static final long SEEDS = ONLY.isPresent() ? 1
            : Long.getLong("simulation.seeds", MINUTES.isPresent() ? Long.MAX_VALUE : PlantedMistakesTest.SEEDS);

    @Test
    void engineAndModelAgreeAfterEveryStep() throws Exception {
        Instant end = MINUTES.map(minutes -> Instant.now().plus(Duration.ofMinutes(minutes))).orElse(Instant.MAX);
        AtomicLong next = new AtomicLong(ONLY.orElse(0L));
        long last = next.get() + SEEDS;
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
        assertThat(MINUTES.isPresent() || ran.get() == SEEDS).as("all %,d traces ran", SEEDS).isTrue();
        assertThat(ONLY.isPresent() || wentLive.get() > ran.get() / 2).as("the traces reach the interesting states")
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
