package io.offerflow.cli.console;

/** What the process says to the shell; public, so a number never changes its meaning. */
public final class ExitCode {

    /** Done, as asked. */
    public static final int DONE = 0;

    /** It could not be done; the sentence on standard error says why. */
    public static final int FAILURE = 1;

    /** The command line or a file on it is not understood; nothing was done. */
    public static final int USAGE = 2;

    /** The service refused what was asked. */
    public static final int REJECTED = 3;

    /** What was awaited did not come in time. */
    public static final int TIMED_OUT = 4;

    /** Some of many could not be done. */
    public static final int PARTLY_FAILED = 5;

    /** Something was compared, and it differs. */
    public static final int DIFFERENT = 6;

    private ExitCode() {
    }
}
