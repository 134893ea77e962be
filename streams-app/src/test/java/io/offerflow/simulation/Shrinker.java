package io.offerflow.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a story that ends in a difference shorter: drops moves, in halves and then one by one, while it still does. */
final class Shrinker {

    private Shrinker() {
    }

    static List<Move> shrink(long seed, List<Move> moves) {
        List<Move> kept = upToDifference(seed, moves);
        for (int size = Math.max(1, kept.size() / 2); size >= 1; size = size == 1 ? 0 : size / 2) {
            boolean shorter = true;
            while (shorter) {
                shorter = false;
                for (int from = 0; from < kept.size(); from += size) {
                    List<Move> fewer = new ArrayList<>(kept.subList(0, from));
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
    private static List<Move> upToDifference(long seed, List<Move> moves) {
        Optional<Simulation.Difference> found = Simulation.repeat(seed, moves);
        return found.map(difference -> List.copyOf(moves.subList(0, difference.move() + 1))).orElse(moves);
    }
}
