package io.offerflow.bench.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a forked JVM and its parent say to each other: signals on its standard output, orders on its standard input. */
public final class Signals {

    /** It has started and works, or waits for orders. */
    public static final String READY = "ready";
    /** It cannot go on; the sentence behind it says why. */
    public static final String FAILED = "failed";

    static final String MARK = "::";

    private static final BufferedReader ORDERS =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private Signals() {
    }

    /** Tells the parent. */
    public static void say(String signal, Object... values) {
        synchronized (System.out) {
            StringBuilder line = new StringBuilder(MARK).append(signal);
            for (Object value : values) {
                line.append(' ').append(value);
            }
            System.out.println(line);
            System.out.flush();
        }
    }

    /** Tells the parent that all is set up. */
    public static void ready(Object... values) {
        say(READY, values);
    }

    /** The next order of the parent; nothing when it wants this process to end, or has ended itself. */
    public static Optional<String> order() {
        try {
            return Optional.ofNullable(ORDERS.readLine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns when this process has to end. */
    public static void untilToldToStop() {
        while (order().isPresent()) {
            // orders that nobody waits for say nothing
        }
    }
}
