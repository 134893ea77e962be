package io.offerflow.faults.corruption;

import io.offerflow.faults.oracle.Violation;
import java.util.List;
import java.util.Optional;

/**
 * What one change led to.
 *
 * @param position of the changed byte, or the new length
 * @param goesOn whether the service took inputs without help
 * @param violations of the promises, before the way back
 * @param wayBack what was done after that; empty if nothing was needed
 * @param restored whether the service took inputs then, and every promise was kept
 */
public record CaseResult(CorruptionCase change, long position, FileVerdict verdict, boolean goesOn,
        List<SeenLine> seen, List<Violation> violations, Optional<WayBack> wayBack, Optional<Boolean> restored) {

    /** Whether nothing went wrong, and the way back worked. */
    boolean isGood() {
        return verdict != FileVerdict.WRONG && restored.orElse(true);
    }
}
