package io.offerflow.simulation;

import java.util.function.LongFunction;

/** Tells one story and says how engine and paper differ, or nothing; callable across class loaders. */
public final class Probe implements LongFunction<String> {

    private static final int STEPS = 300;

    @Override
    public String apply(long seed) {
        return Simulation.tell(seed, STEPS).difference().map(Simulation.Difference::what).orElse("");
    }
}
