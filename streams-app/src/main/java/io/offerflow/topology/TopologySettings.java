package io.offerflow.topology;

import io.offerflow.domain.model.Policy;
import java.time.Duration;
import java.util.Locale;

/**
 * The settings of the topology.
 *
 * @param policy the rules' limits, delays and switches
 * @param build version of this build, for the journal
 * @param partitions number of partitions of every topic, checked at the start
 * @param inputMaxBytes largest value of an input that is read, in bytes
 * @param tick wall-clock interval between scans for due times
 * @param dueGrace time after its due time until a due event of an idle offer is applied
 * @param duePerTick maximum offers that are advanced per tick, so that many due times do not stall a partition
 * @param notificationLocale language of notifications; not a rule, so not part of the policy
 */
public record TopologySettings(Policy policy, String build, int partitions, int inputMaxBytes, Duration tick,
        Duration dueGrace, int duePerTick, Locale notificationLocale) {

    /** The documented defaults. */
    public static TopologySettings defaults(String build, int partitions) {
        return new TopologySettings(Policy.DEFAULT, build, partitions, 512 * 1024, Duration.ofSeconds(1),
                Duration.ofSeconds(30), 100, Locale.ENGLISH);
    }
}
