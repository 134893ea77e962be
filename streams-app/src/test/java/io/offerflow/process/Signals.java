package io.offerflow.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The protocol between a forked JVM and its parent: signals on standard output, orders on standard input. */
public final class Signals {

    /** The process has started and works, or waits for orders. */
    public static final String READY = "ready";

    /** The process cannot go on; the value says why. */
    static final String FAILED = "failed";
    static final String MARK = "::";
    static final ObjectMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();

    private Signals() {
    }

    /** Tells the parent, with a value that it gets as JSON. */
    public static void say(String signal, Object value) {
        try {
            String line = "%s%s %s".formatted(MARK, signal, JSON.writeValueAsString(value));
            synchronized (System.out) {
                System.out.println(line);
                System.out.flush();
            }
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot tell the parent", e);
        }
    }

    public static void say(String signal) {
        say(signal, null);
    }

    /** Logs a failure, for the file that the parent names, and tells the parent. */
    public static void fail(Throwable failure) {
        failure.printStackTrace();
        say(FAILED, failure.toString());
    }

    @FunctionalInterface
    public interface OrderHandler {
        void handle(String[] order) throws Exception;
    }

    /** Tells the parent that everything is set up, and carries out its orders until this process has to end. */
    public static void serve(Object readyValue, OrderHandler handler) {
        say(READY, readyValue);
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).lines().forEach(order -> {
            try {
                handler.handle(order.split(" "));
            } catch (Exception e) {
                fail(e);
            }
        });
    }

    /** Tells the parent that everything is set up, and returns when this process has to end. */
    public static void readyUntilStopped(Object value) {
        serve(value, order -> { });
    }
}
