package io.offerflow.bench.scale;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Processor time of single commands by name: medians, since one collection of garbage must not decide. */
final class Laps {

    private final Map<String, List<Long>> nanos = new LinkedHashMap<>();

    void add(String name, long took) {
        nanos.computeIfAbsent(name, first -> new ArrayList<>()).add(took);
    }

    /** What was measured until now only warmed up. */
    void forget() {
        nanos.clear();
    }

    void forgetOnly(String name) {
        nanos.remove(name);
    }

    /** In µs, by name. */
    Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        nanos.forEach((name, all) -> values.put(name + " µs",
                Meter.round(all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow() / 1e3)));
        return values;
    }
}
