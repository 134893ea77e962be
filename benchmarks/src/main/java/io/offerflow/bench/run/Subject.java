package io.offerflow.bench.run;

import java.time.Duration;

/**
 * Something under load: it reads the four input topics from their beginning, and writes one record to
 * {@code command-outcomes} for each input, whose {@code cause} names the input's coordinates.
 */
public interface Subject {

    /** How it is called in results. */
    String name();

    /** Starts it; returns when it works on its inputs. */
    Running start(Site site) throws InterruptedException;

    /** A subject at work. */
    interface Running extends AutoCloseable {
        /** Processor time of all processes that belong to it, so far; the broker's is counted apart. */
        Duration cpu();

        /** Whether it still runs. */
        boolean alive();

        /** Ends it as a power cut would. */
        void kill();

        @Override
        void close();
    }
}
