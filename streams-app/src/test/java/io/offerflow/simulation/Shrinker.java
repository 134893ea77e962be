package io.offerflow.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shortens a trace that ends in a difference: drops halves, then single actions, while the difference remains. */
final class Shrinker {

    private Shrinker() {
    }

    static List<Action> shrink(long seed, List<Action> actions) {
        List<Action> kept = upToDifference(seed, actions);
        for (int size = Math.max(1, kept.size() / 2); size >= 1; size = size == 1 ? 0 : size / 2) {
            boolean shorter = true;
            while (shorter) {
                shorter = false;
                for (int from = 0; from < kept.size(); from += size) {
                    List<Action> fewer = new ArrayList<>(kept.subList(0, from));
                    fewer.addAll(kept.subList(Math.min(kept.size(), from + size), kept.size()));
                    if (Simulation.repeat(seed, fewer).isPresent()) {
                        kept = upToDifference(seed, fewer);
                        shorter = size == 1;
                        from -= size;
                    }
                }
            }
        }
        return kept;
    }

    /** What comes after the difference does not matter. */
    private static List<Action> upToDifference(long seed, List<Action> actions) {
        Optional<Simulation.Difference> found = Simulation.repeat(seed, actions);
        return found.map(difference -> List.copyOf(actions.subList(0, difference.step() + 1))).orElse(actions);
    }
}
