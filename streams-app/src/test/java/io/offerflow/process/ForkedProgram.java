package io.offerflow.process;

/** The program of a forked JVM: a record, whose components are its configuration, which its parent sends as JSON. */
public interface ForkedProgram {

    /** Runs it to its end; a failure is reported to the parent. */
    void run() throws Exception;
}
