package io.offerflow.cli.audience;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import java.util.ArrayList;
import java.util.List;

/** Collects the problems of a file, by line. */
final class CsvProblems {

    private static final int SHOWN = 20;

    private final String file;
    private final List<String> sentences = new ArrayList<>();

    CsvProblems(String file) {
        this.file = file;
    }

    void add(long line, String sentence) {
        sentences.add("%s:%d: %s".formatted(file, line, sentence));
    }

    /** @throws CliFailure if there are any */
    void refuse() {
        if (!sentences.isEmpty()) {
            int more = sentences.size() - SHOWN;
            throw new CliFailure(ExitCode.USAGE, "%s cannot be imported, and nothing was sent:%n%s%s".formatted(file,
                    String.join(System.lineSeparator(), sentences.subList(0, Math.min(SHOWN, sentences.size()))),
                    more > 0 ? "%n... and %d more".formatted(more) : ""));
        }
    }
}
