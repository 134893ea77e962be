package io.offerflow.topology;

import io.offerflow.domain.model.Policy;
import java.time.Duration;
import java.util.Locale;

/**
 * What the topology has to know from outside.
 *
 * @param policy the rules' limits, delays and switches
 * @param build names this build in the journal
 * @param partitions of every topic, checked at start
 * @param inputMaxBytes largest value of an input that is read
 * @param tick how often due times are looked for, by the wall clock
 * @param dueGrace how long after its time something due is noticed if nobody speaks to the offer
 * @param duePerTick at most so many offers are advanced in one tick, so that a flood never stalls a partition
 * @param notificationLocale the language publishers are written in; no rule, so no part of the policy
 */
public record TopologySettings(Policy policy, String build, int partitions, int inputMaxBytes, Duration tick,
        Duration dueGrace, int duePerTick, Locale notificationLocale) {

    /** The documented defaults. */
    public static TopologySettings defaults(String build, int partitions) {
        return new TopologySettings(Policy.DEFAULT, build, partitions, 512 * 1024, Duration.ofSeconds(1),
                Duration.ofSeconds(30), 100, Locale.ENGLISH);
    }
}
