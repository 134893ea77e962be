package io.offerflow.faults.oracle;

import java.util.ArrayList;
import java.util.List;

/** Collects the violations of one promise in one partition; the first ones say enough. */
final class Violations {

    private static final int MOST = 20;

    private final Promise promise;
    private final int partition;
    private final List<Violation> found = new ArrayList<>();

    Violations(Promise promise, int partition) {
        this.promise = promise;
        this.partition = partition;
    }

    void add(String format, Object... arguments) {
        if (found.size() < MOST) {
            found.add(new Violation(promise, partition, format.formatted(arguments)));
        }
    }

    List<Violation> found() {
        return found;
    }
}
