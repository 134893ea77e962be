package io.offerflow.faults.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.util.Locale;

/**
 * Load and faults of a run, as its report keeps them.
 *
 * @param minutes of load
 * @param seed of inputs and faults
 * @param faults number of faults in this time
 * @param instances of the service
 * @param partitions of each topic
 * @param rate inputs per second that are wanted
 * @param offers number of offers that the inputs are about
 * @param edges whether there are a gateway and a notifier with clients
 */
public record RunSpec(double minutes, long seed, int faults, int instances, int partitions, int rate, int offers,
        boolean edges) {

    /** Time of the load. */
    @JsonIgnore
    Duration time() {
        return Duration.ofMillis(Math.round(minutes * 60_000));
    }

    /** The options with which {@code ./offerflow faults cluster} repeats it. */
    @JsonIgnore
    String arguments() {
        return String.format(Locale.ROOT,
                "--minutes %s --faults %d --seed %d --instances %d --partitions %d --rate %d --offers %d%s",
                minutes == Math.rint(minutes) ? Long.toString(Math.round(minutes)) : Double.toString(minutes), faults,
                seed, instances, partitions, rate, offers, edges ? "" : " --no-edges");
    }
}
