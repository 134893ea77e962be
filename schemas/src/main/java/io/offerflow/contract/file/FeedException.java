package io.offerflow.contract.file;

import java.util.ArrayList;
import java.util.List;

/** A file has lines that cannot be sent; nothing was sent. */
public final class FeedException extends RuntimeException {

    private static final int SHOWN = 20;

    /** The problem of one line. */
    public record LineProblem(int line, String sentence) {
    }

    private final List<LineProblem> problems;
    private final List<String> lines;

    /** @param all the number of all problems, of which the given ones are the first */
    public FeedException(String name, List<LineProblem> problems, long all) {
        this(problems, lines(name, problems, all));
    }

    private FeedException(List<LineProblem> problems, List<String> lines) {
        super(String.join("\n", lines));
        this.problems = List.copyOf(problems);
        this.lines = lines;
    }

    /** The lines of the message. */
    public List<String> lines() {
        return lines;
    }

    /** The first problems, by line. */
    public List<LineProblem> problems() {
        return problems;
    }

    private static List<String> lines(String name, List<LineProblem> problems, long all) {
        List<String> lines = new ArrayList<>();
        problems.stream().limit(SHOWN).forEach(problem ->
                lines.add(name + ":" + problem.line() + ": " + problem.sentence()));
        if (all > SHOWN) {
            lines.add("... and %,d more lines with problems".formatted(all - SHOWN));
        }
        lines.add("Nothing of " + name + " was sent.");
        return List.copyOf(lines);
    }
}
