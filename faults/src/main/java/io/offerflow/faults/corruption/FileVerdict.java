package io.offerflow.faults.corruption;

import io.offerflow.faults.oracle.Violation;
import java.util.List;

/** What a changed file led to. */
public enum FileVerdict {

    /** It was said, and nothing wrong was decided. */
    NOTICED,
    /** Nothing was said, and every promise was kept: the file was not read, or was repaired. */
    HARMLESS,
    /** A promise was broken, or the service stopped and nothing says why. */
    WRONG;

    /**
     * The verdict.
     *
     * @param goesOn whether the service takes inputs
     * @param seen what the service, the broker, the registry or a reader said about it
     * @param violations that the oracles found in what was committed; not known of a service that stopped
     */
    static FileVerdict of(boolean goesOn, List<SeenLine> seen, List<Violation> violations) {
        if (goesOn ? !violations.isEmpty() : seen.isEmpty()) {
            return WRONG;
        }
        return seen.isEmpty() ? HARMLESS : NOTICED;
    }
}
