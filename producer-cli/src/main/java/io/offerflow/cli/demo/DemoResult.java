package io.offerflow.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a demo.
 *
 * @param failed the feeds that failed, each with the reason
 * @param unfinished the feeds that did not end in time, each with what it waited for
 * @param failure the exception that ended the demo
 */
record DemoResult(Duration took, int commands, int steps, DemoCounts counts, List<String> failed,
        List<String> unfinished, Optional<Exception> failure) {

    boolean isComplete() {
        return failed.isEmpty() && unfinished.isEmpty() && failure.isEmpty();
    }
}
