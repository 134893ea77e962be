package io.offerflow.bench.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Measured values by name; the name gives the unit.
 *
 * @param group what the points differ in, for example the number of offers
 * @param point one subject, rate or size; one that is measured several times has several figures
 */
public record Figure(String group, String point, Map<String, Double> values) {

    /** Keeps two decimal places, and no number that is not known. */
    public Figure {
        Map<String, Double> kept = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                kept.put(name, Math.round(value * 100) / 100.0);
            }
        });
        values = Collections.unmodifiableMap(kept);
    }

    /** Values in order: a name, a number, a name, a number … */
    public static Map<String, Double> named(Object... namesAndNumbers) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndNumbers.length; i += 2) {
            values.put((String) namesAndNumbers[i], ((Number) namesAndNumbers[i + 1]).doubleValue());
        }
        return values;
    }

    @Override
    public String toString() {
        return values.entrySet().stream().map(value -> value.getKey() + " " + MarkdownTable.number(value.getValue()))
                .collect(Collectors.joining(", ", point + ": ", ""));
    }
}
