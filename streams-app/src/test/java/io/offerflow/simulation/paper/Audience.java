package io.offerflow.simulation.paper;

import java.util.Map;
import java.util.TreeMap;

/** Who may buy a private plan: ids with their types, as a list on paper. */
final class Audience {

    final Map<String, String> members = new TreeMap<>();
    /** Typed in by hand since the last import (B22). */
    int byHand;

    Audience copy() {
        Audience copy = new Audience();
        copy.members.putAll(members);
        copy.byHand = byHand;
        return copy;
    }
}
