package io.offerflow.bench.run;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The protocol between a forked JVM and its parent: signals on standard output, orders on standard input. */
public final class Signals {

    /** The process has started and works, or waits for orders. */
    public static final String READY = "ready";
    /** The process cannot go on; the rest of the line says why. */
    public static final String FAILED = "failed";

    static final String MARK = "::";

    private static final BufferedReader ORDERS =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private Signals() {
    }

    /** Tells the parent. */
    public static void say(String signal, Object... values) {
        synchronized (System.out) {
            System.out.println(Stream.concat(Stream.of(MARK + signal), Arrays.stream(values)).map(Object::toString)
                    .collect(Collectors.joining(" ")));
            System.out.flush();
        }
    }

    /** Logs a failure, for the file that the parent names, and tells the parent. */
    public static void fail(Throwable failure) {
        failure.printStackTrace();
        say(FAILED, failure);
    }

    /** Carries out an order, whose words it gets. */
    @FunctionalInterface
    public interface OrderHandler {
        void handle(String[] order) throws Exception;
    }

    /** Tells the parent that everything is set up, and carries out its orders until this process has to end. */
    public static void serve(OrderHandler handler) {
        say(READY);
        untilStopped(handler);
    }

    /** Tells the parent that everything is set up, and returns when this process has to end. */
    public static void readyUntilStopped(Object... values) {
        say(READY, values);
        untilStopped(order -> { });
    }

    private static void untilStopped(OrderHandler handler) {
        ORDERS.lines().forEach(order -> {
            try {
                handler.handle(order.split(" "));
            } catch (Exception e) {
                fail(e);
            }
        });
    }
}
