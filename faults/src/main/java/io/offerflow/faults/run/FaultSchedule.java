package io.offerflow.faults.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The faults of a run, in an order that depends on the seed alone. */
final class FaultSchedule {

    private FaultSchedule() {
    }

    /** Faults of the possible kinds, as many of each as its share says, and one of each if the number allows that. */
    static List<FaultKind> of(long seed, int count, Set<FaultKind> possible) {
        int shares = possible.stream().mapToInt(FaultKind::share).sum();
        Map<FaultKind, Double> due = new EnumMap<>(FaultKind.class);
        possible.forEach(kind -> due.put(kind, (double) kind.share() * count / shares));
        List<FaultKind> faults = new ArrayList<>();
        if (count >= possible.size()) {
            faults.addAll(possible);
            possible.forEach(kind -> due.merge(kind, -1.0, Double::sum));
        }
        while (faults.size() < count) {
            FaultKind next = due.entrySet().stream().max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                    .orElseThrow().getKey();
            due.merge(next, -1.0, Double::sum);
            faults.add(next);
        }
        Collections.shuffle(faults, new Random(seed));
        return faults;
    }
}
