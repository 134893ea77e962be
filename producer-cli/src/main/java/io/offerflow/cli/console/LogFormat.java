package io.offerflow.cli.console;

/** How log lines are written: for people or for programs. */
public enum LogFormat {
    TEXT, JSON;

    /** What logback.xml chooses its encoder by. */
    public static final String PROPERTY = "offerflow.log.format";

    /** Whether everything on standard error has to be JSON. */
    public static boolean isJson() {
        return "json".equals(System.getProperty(PROPERTY));
    }
}
