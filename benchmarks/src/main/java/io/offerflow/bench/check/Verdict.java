package io.offerflow.bench.check;

import io.offerflow.bench.VoidRunException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the check found.
 *
 * @param commands that were sent
 * @param missing commands without an outcome
 * @param repeated outcomes beyond the first of a command
 * @param strange outcomes of no command
 * @param different outcomes that say something else than the rules do when the commands are taken in order
 */
public record Verdict(int commands, int missing, int repeated, int strange, int different) {

    static Verdict parse(String[] words, int from) {
        return new Verdict(number(words, from), number(words, from + 1), number(words, from + 2),
                number(words, from + 3), number(words, from + 4));
    }

    private static int number(String[] words, int at) {
        return Integer.parseInt(words[at]);
    }

    /** The numbers, for {@link #parse}. */
    String words() {
        return "%d %d %d %d %d".formatted(commands, missing, repeated, strange, different);
    }

    /**
     * Holds if every command has its one outcome.
     *
     * @param inOrder whether the outcomes must also be those that the rules give
     * @throws VoidRunException if not
     */
    public void check(String run, boolean inOrder) {
        List<String> faults = new ArrayList<>();
        add(faults, missing, "commands have no outcome");
        add(faults, repeated, "outcomes came more than once");
        add(faults, strange, "outcomes belong to no command");
        add(faults, inOrder ? different : 0, "outcomes are not what the rules say");
        if (!faults.isEmpty()) {
            throw new VoidRunException("%s: %s, of %,d commands".formatted(run, String.join(", ", faults), commands));
        }
    }

    private static void add(List<String> faults, int count, String what) {
        if (count > 0) {
            faults.add("%,d %s".formatted(count, what));
        }
    }
}
