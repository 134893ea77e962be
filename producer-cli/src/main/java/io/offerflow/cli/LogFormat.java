package io.offerflow.cli;

/** How log lines are written: for people or for programs. */
enum LogFormat {
    TEXT, JSON;

    /** What logback.xml chooses its encoder by. */
    static final String PROPERTY = "offerflow.log.format";

    /** Whether everything on standard error has to be JSON. */
    static boolean isJson() {
        return "json".equals(System.getProperty(PROPERTY));
    }
}
