package io.offerflow.bench.run;

import java.time.Duration;

/**
 * A program under load: it reads the four input topics from their beginning, and writes one record to
 * {@code command-outcomes} per input, whose {@code cause} has the coordinates of the input.
 */
public interface Subject {

    String name();

    /** Starts it; returns when it consumes its inputs. */
    RunningSubject start(SubjectConfig config) throws InterruptedException;

    interface RunningSubject extends AutoCloseable {

        /** Processor time so far of all its processes, without the broker's. */
        Duration cpu();

        @Override
        void close();
    }
}
