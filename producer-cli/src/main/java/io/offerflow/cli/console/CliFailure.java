package io.offerflow.cli.console;

import io.offerflow.contract.file.TextFiles;
import java.io.IOException;

/** A failure that is reported to the user in one sentence, with its exit code. */
public final class CliFailure extends RuntimeException {

    private final int exitCode;

    public CliFailure(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    public CliFailure(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** A file that the user has named cannot be read. */
    public static CliFailure unreadable(Object file, IOException cause) {
        return new CliFailure(ExitCode.USAGE, "Cannot read %s: %s.".formatted(file, TextFiles.reason(cause)), cause);
    }

    /** A file cannot be written; what was there before is still there. */
    public static CliFailure unwritable(Object file, IOException cause) {
        return new CliFailure(ExitCode.FAILURE, "Cannot write %s: %s.".formatted(file, TextFiles.reason(cause)), cause);
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
