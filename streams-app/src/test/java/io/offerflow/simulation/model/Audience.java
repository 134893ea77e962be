package io.offerflow.simulation.model;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who may buy a private plan: ids with their types, as a plain map. */
final class Audience {

    final Map<String, String> members = new TreeMap<>();
    /** Those typed in by hand since the last import (B22). */
    final Set<String> byHand = new TreeSet<>();

    Audience copy() {
        Audience copy = new Audience();
        copy.members.putAll(members);
        copy.byHand.addAll(byHand);
        return copy;
    }

    long of(String type) {
        return members.values().stream().filter(type::equals).count();
    }
}
