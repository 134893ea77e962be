package io.offerflow.bench.harness;

import io.offerflow.bench.result.BenchException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The result of comparing outcomes with commands.
 *
 * @param commands number of commands sent
 * @param missing commands without an outcome
 * @param repeated outcomes after the first of a command
 * @param unexpected outcomes that match no command
 * @param different outcomes other than the rules give for commands taken in order
 */
public record OutcomeVerdict(int commands, int missing, int repeated, int unexpected, int different) {

    /**
     * Checks that every command has exactly one outcome.
     *
     * @param inOrder whether the outcomes must be those that the rules give, too
     * @throws BenchException if not
     */
    public void check(String run, boolean inOrder) {
        Map<String, Integer> faults = new LinkedHashMap<>();
        faults.put("commands have no outcome", missing);
        faults.put("outcomes came more than once", repeated);
        faults.put("outcomes belong to no command", unexpected);
        faults.put("outcomes differ from the rules", inOrder ? different : 0);
        faults.values().removeIf(count -> count == 0);
        if (!faults.isEmpty()) {
            throw new BenchException("void: " + "%s: %s, of %,d commands".formatted(run, faults.entrySet().stream()
                    .map(fault -> "%,d %s".formatted(fault.getValue(), fault.getKey()))
                    .collect(Collectors.joining(", ")), commands));
        }
    }
}
