package io.offerflow.replay.whatif;

import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PolicySettings;
import io.offerflow.replay.fold.PartitionFold;
import io.offerflow.replay.fold.StateTable;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.OffsetRange;
import io.offerflow.replay.journal.PartitionExecutor;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayHaltedException;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayStats;
import io.offerflow.replay.text.Difference;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * Decides every journalled input again with other rules: those of this build, and other settings if they are given. Past
 * entries are judged by the policy recorded with them, as far as it is not overridden.
 */
public final class WhatIf {

    /**
     * What is asked.
     *
     * @param with makes the policy to judge by of the one that was recorded
     * @param follow judge on the state that the new decisions lead to, instead of the recorded one
     * @param shown most differences that are reported one by one; all are counted
     */
    public record WhatIfQuestion(UnaryOperator<Policy> with, boolean follow, int shown) {
    }

    private final Journal journal;
    private final SchemaRegistry registry;
    private final ReplayOptions options;
    private final String build;

    /** @param build names the build that decides now */
    public WhatIf(Journal journal, SchemaRegistry registry, ReplayOptions options, String build) {
        this.journal = journal;
        this.registry = registry;
        this.options = options;
        this.build = build;
    }

    /**
     * The answer.
     *
     * @throws ReplayHaltedException at the first entry that cannot be judged for sure
     */
    public WhatIfReport ask(WhatIfQuestion question) throws InterruptedException {
        PartitionExecutor partitions = new PartitionExecutor(journal, options);
        List<OffsetRange> stretches = partitions.stretches(new ReplayBound.Latest());
        List<WhatIfPartition> tried = partitions.each(stretches, stretch -> {
            long memory = options.memoryOfEach(stretches.size()) / (question.follow() ? 2 : 1);
            Path spill = options.temporary().resolve("partition-" + stretch.partition());
            try (PartitionFold fold = new PartitionFold(registry, new ReplayBound.Latest(), spill, memory);
                    StateTable other = new StateTable(spill.resolveSibling(spill.getFileName() + "-other"), memory)) {
                WhatIfPartition retrial = new WhatIfPartition(stretch.partition(), question, fold, other, new Redecider());
                partitions.read(stretch, record -> fold.add(record, retrial));
                return retrial.done();
            }
        });
        return report(question, tried.stream().sorted(Comparator.comparingInt(WhatIfPartition::partition)).toList());
    }

    private WhatIfReport report(WhatIfQuestion question, List<WhatIfPartition> tried) {
        Map<Difference.DifferenceKind, Long> totals = new EnumMap<>(Difference.DifferenceKind.class);
        tried.forEach(retrial -> retrial.totals().forEach((kind, number) -> totals.merge(kind, number, Long::sum)));
        SortedMap<Integer, ReplayStats> partitions = new TreeMap<>();
        tried.forEach(retrial -> partitions.put(retrial.partition(), retrial.folded()));
        Set<String> builds = new TreeSet<>();
        tried.forEach(retrial -> builds.addAll(retrial.builds()));
        return new WhatIfReport(question.follow(), settings(question, tried), builds, build,
                sum(tried, WhatIfPartition::judged), sum(tried, WhatIfPartition::unread), sum(tried, WhatIfPartition::offers), totals,
                tried.stream().flatMap(retrial -> retrial.differences().stream()).limit(question.shown()).toList(),
                tried.stream().flatMap(retrial -> retrial.partings().stream()).limit(question.shown()).toList(),
                sum(tried, WhatIfPartition::notComparable), partitions);
    }

    private static long sum(List<WhatIfPartition> tried, ToLongFunction<WhatIfPartition> what) {
        return tried.stream().mapToLong(what).sum();
    }

    /** The settings in which the policies of then and now differ. */
    private static List<WhatIfReport.ChangedSetting> settings(WhatIfQuestion question, List<WhatIfPartition> tried) {
        Map<String, Set<String>> then = new TreeMap<>();
        Map<String, String> now = new TreeMap<>();
        tried.stream().flatMap(retrial -> retrial.policies().stream()).distinct().forEach(recorded -> {
            Map<String, String> old = PolicySettings.of(recorded);
            PolicySettings.of(question.with().apply(recorded)).forEach((name, value) -> {
                if (!value.equals(old.get(name))) {
                    then.computeIfAbsent(name, first -> new TreeSet<>()).add(old.get(name));
                    now.put(name, value);
                }
            });
        });
        return then.entrySet().stream().map(setting -> new WhatIfReport.ChangedSetting(setting.getKey(), setting.getValue(),
                now.get(setting.getKey()))).toList();
    }
}
