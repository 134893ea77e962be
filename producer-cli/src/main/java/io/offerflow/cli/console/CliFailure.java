package io.offerflow.cli.console;

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

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
