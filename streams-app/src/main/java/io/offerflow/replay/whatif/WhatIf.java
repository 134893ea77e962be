package io.offerflow.replay.whatif;

import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PolicySettings;
import io.offerflow.replay.fold.PartitionFold;
import io.offerflow.replay.fold.StateTable;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.PartitionExecutor;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayHaltedException;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayRange;
import io.offerflow.replay.journal.ReplayStats;
import io.offerflow.replay.journal.Snapshots;
import io.offerflow.replay.text.Difference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * Decides every journalled input again with the rules of this build. Each entry is decided by the policy that is
 * recorded with it, with the overrides of the question.
 */
public final class WhatIf {

    /**
     * The question.
     *
     * @param with overrides settings of a recorded policy
     * @param follow decide on the state that results from the new decisions, instead of the recorded state
     * @param shown limit of the differences in the report; all are counted
     * @param after only inputs that were decided after this instant are decided again; all inputs without it
     */
    public record WhatIfQuestion(UnaryOperator<Policy> with, boolean follow, int shown, Optional<Instant> after) {

        /** A question about all inputs. */
        public WhatIfQuestion(UnaryOperator<Policy> with, boolean follow, int shown) {
            this(with, follow, shown, Optional.empty());
        }
    }

    private final Journal journal;
    private final SchemaRegistry registry;
    private final ReplayOptions options;
    private final String build;

    /** @param build version of this build, for the report */
    public WhatIf(Journal journal, SchemaRegistry registry, ReplayOptions options, String build) {
        this.journal = journal;
        this.registry = registry;
        this.options = options;
        this.build = build;
    }

    /**
     * Runs the comparison.
     *
     * @throws ReplayHaltedException at the first entry that cannot be decided safely
     */
    public WhatIfReport run(WhatIfQuestion question) throws InterruptedException {
        PartitionExecutor partitions = new PartitionExecutor(journal,
                question.after().isPresent() ? options : options.with(Snapshots.NONE));
        List<ReplayRange> ranges = partitions.begin(question.after().<ReplayBound>map(ReplayBound.AtInstant::new)
                .orElseGet(ReplayBound.Latest::new));
        List<WhatIfPartition> compared = partitions.execute(ranges, range -> {
            long memory = options.memoryPerPartition(ranges.size()) / (question.follow() ? 2 : 1);
            Path spill = options.temporary().resolve("partition-" + range.partition());
            try (PartitionFold fold = new PartitionFold(registry, new ReplayBound.Latest(), range.snapshot(),
                    spill, memory);
                    StateTable followed = new StateTable(spill.resolveSibling(spill.getFileName() + "-followed"),
                            memory, range.snapshot().filter(begun -> question.follow()))) {
                WhatIfPartition partition = new WhatIfPartition(range.partition(), question, fold, followed,
                        new Redecider());
                partitions.read(range, record -> fold.add(record, partition));
                return partition.finish();
            }
        });
        return report(question, compared.stream().sorted(Comparator.comparingInt(WhatIfPartition::partition)).toList());
    }

    private WhatIfReport report(WhatIfQuestion question, List<WhatIfPartition> compared) {
        Map<Difference.DifferenceKind, Long> totals = new EnumMap<>(Difference.DifferenceKind.class);
        compared.forEach(partition ->
                partition.totals().forEach((kind, number) -> totals.merge(kind, number, Long::sum)));
        SortedMap<Integer, ReplayStats> partitions = new TreeMap<>();
        compared.forEach(partition -> partitions.put(partition.partition(), partition.foldStats()));
        Set<String> builds = new TreeSet<>();
        compared.forEach(partition -> builds.addAll(partition.builds()));
        WhatIfReport.WhatIfCounts counts = new WhatIfReport.WhatIfCounts(sum(compared, WhatIfPartition::judged),
                sum(compared, WhatIfPartition::notComparable), sum(compared, WhatIfPartition::unreadable),
                sum(compared, WhatIfPartition::differingOfferCount));
        return new WhatIfReport(question.follow(), question.after(), settings(question, compared), builds, build,
                counts, totals, first(question, compared, WhatIfPartition::differences),
                first(question, compared, WhatIfPartition::divergences), partitions);
    }

    private static <T> List<T> first(WhatIfQuestion question, List<WhatIfPartition> compared,
            Function<WhatIfPartition, List<T>> findings) {
        return compared.stream().flatMap(partition -> findings.apply(partition).stream()).limit(question.shown())
                .toList();
    }

    private static long sum(List<WhatIfPartition> compared, ToLongFunction<WhatIfPartition> count) {
        return compared.stream().mapToLong(count).sum();
    }

    /** The settings that the question changes, with their recorded and new values. */
    private static List<WhatIfReport.ChangedSetting> settings(WhatIfQuestion question, List<WhatIfPartition> compared) {
        Map<String, Set<String>> then = new TreeMap<>();
        Map<String, String> now = new TreeMap<>();
        compared.stream().flatMap(partition -> partition.recordedPolicies().stream()).distinct().forEach(recorded -> {
            Map<String, String> old = PolicySettings.of(recorded);
            PolicySettings.of(question.with().apply(recorded)).forEach((name, value) -> {
                if (!value.equals(old.get(name))) {
                    then.computeIfAbsent(name, added -> new TreeSet<>()).add(old.get(name));
                    now.put(name, value);
                }
            });
        });
        return then.entrySet().stream().map(setting -> new WhatIfReport.ChangedSetting(setting.getKey(),
                setting.getValue(), now.get(setting.getKey()))).toList();
    }
}
