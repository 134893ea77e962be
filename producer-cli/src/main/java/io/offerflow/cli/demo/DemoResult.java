package io.offerflow.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a play ended.
 *
 * @param failed why feeds could not go on
 * @param awaited what feeds still waited for
 * @param failure what broke the play off
 */
record DemoResult(Duration took, int commands, int steps, DemoCounts tally, List<String> failed, List<String> awaited,
        Optional<Exception> failure) {

    boolean happy() {
        return failed.isEmpty() && awaited.isEmpty() && failure.isEmpty();
    }
}
