package io.offerflow.cli.feed;

import java.util.List;
import java.util.stream.Collectors;

/** A file has lines that cannot be sent; nothing was sent. */
public final class FeedException extends RuntimeException {

    private static final int SHOWN = 20;

    /** The problem of one line. */
    public record LineProblem(int line, String sentence) {
    }

    private final List<LineProblem> problems;

    /** @param all the number of all problems, of which the given ones are the first */
    public FeedException(String name, List<LineProblem> problems, long all) {
        super(text(name, problems, all));
        this.problems = List.copyOf(problems);
    }

    /** The first problems, by line. */
    public List<LineProblem> problems() {
        return problems;
    }

    private static String text(String name, List<LineProblem> problems, long all) {
        String lines = problems.stream().limit(SHOWN)
                .map(problem -> name + ":" + problem.line() + ": " + problem.sentence())
                .collect(Collectors.joining("\n"));
        long more = all - SHOWN;
        return lines + (more > 0 ? "\n... and " + more + " more lines with problems" : "")
                + "\nNothing of " + name + " was sent.";
    }
}
