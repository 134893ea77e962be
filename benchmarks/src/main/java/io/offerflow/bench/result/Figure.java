package io.offerflow.bench.result;

import java.util.LinkedHashMap;
import java.util.Map;

/** Values at one point of a curve, or of one member of a group, by name; the name gives the unit. */
public record Figure(String curve, String point, Map<String, Double> values) {

    /** Values in order: a name, a number, a name, a number … */
    public static Map<String, Double> named(Object... namesAndNumbers) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndNumbers.length; i += 2) {
            values.put((String) namesAndNumbers[i], ((Number) namesAndNumbers[i + 1]).doubleValue());
        }
        return values;
    }

    public static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
