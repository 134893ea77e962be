package io.offerflow.cli.console;

/** The format of log lines: text for people, or JSON for programs. */
public enum LogFormat {
    TEXT, JSON;

    /** The system property by which logback.xml selects its encoder. */
    public static final String PROPERTY = "offerflow.log.format";

    /** Whether every line on standard error has to be JSON. */
    public static boolean isJson() {
        return "json".equals(System.getProperty(PROPERTY));
    }
}
