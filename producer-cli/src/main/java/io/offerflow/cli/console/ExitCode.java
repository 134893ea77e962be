package io.offerflow.cli.console;

/** The exit codes of the process. They are public: a number never changes its meaning. */
public final class ExitCode {

    /** Done. */
    public static final int DONE = 0;

    /** Failed; the sentence on standard error says why. */
    public static final int FAILURE = 1;

    /** The command line or a file on it is not understood; nothing was done. */
    public static final int USAGE = 2;

    /** The service refused the command. */
    public static final int REJECTED = 3;

    /** Timed out while waiting. */
    public static final int TIMED_OUT = 4;

    /** Some of several commands failed. */
    public static final int PARTLY_FAILED = 5;

    /** A comparison found differences. */
    public static final int DIFFERENT = 6;

    private ExitCode() {
    }
}
