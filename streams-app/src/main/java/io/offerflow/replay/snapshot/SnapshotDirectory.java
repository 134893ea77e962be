package io.offerflow.replay.snapshot;

import io.offerflow.codec.StateCodec;
import io.offerflow.contract.file.TextFiles;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.replay.journal.JournalIdentity;
import io.offerflow.replay.journal.OffsetRange;
import io.offerflow.replay.journal.PartitionSnapshot;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayPreconditionException;
import io.offerflow.replay.journal.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The snapshots of a journal in a directory, each in a folder that is named by the time of its newest entry and the
 * number of its entries. Other folders are ignored.
 */
public final class SnapshotDirectory implements Snapshots {

    private static final Pattern NAME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d{6}Z-\\d+");

    private final Path directory;
    private final JournalIdentity journal;
    private final Consumer<String> report;
    private final SortedMap<String, Integer> formats = new StateCodec().formats();

    /**
     * The snapshots in a directory.
     *
     * @param journal that is replayed
     * @param report receives a sentence for each snapshot that a replay begins from, or that it skips
     */
    public SnapshotDirectory(Path directory, JournalIdentity journal, Consumer<String> report) {
        this.directory = directory;
        this.journal = journal;
        this.report = report;
    }

    @Override
    public Map<Integer, PartitionSnapshot> newest(ReplayBound bound, List<OffsetRange> ranges) {
        List<StoredSnapshot> usable = usable(ranges);
        Map<Integer, PartitionSnapshot> chosen = new TreeMap<>();
        ranges.forEach(range -> usable.stream()
                .flatMap(snapshot -> snapshot.partition(range.partition()).stream())
                .filter(snapshot -> bound.includes(range.partition(), snapshot.position()))
                .max(Comparator.comparingLong(snapshot -> snapshot.position().nextOffset()))
                .ifPresent(snapshot -> chosen.put(range.partition(), snapshot)));
        report(ranges, chosen);
        return chosen;
    }

    private void report(List<OffsetRange> ranges, Map<Integer, PartitionSnapshot> chosen) {
        List<Integer> filled = ranges.stream().filter(range -> range.to() > 0).map(OffsetRange::partition).toList();
        chosen.entrySet().stream().collect(Collectors.groupingBy(part -> part.getValue().name(), TreeMap::new,
                Collectors.mapping(Map.Entry::getKey, Collectors.toList()))).forEach((name, partitions) ->
                        report.accept(RootLocaleText.format("%s from snapshot %s.", begun(filled, partitions), name)));
        List<Integer> others = filled.stream().filter(partition -> !chosen.containsKey(partition)).toList();
        if (!others.isEmpty()) {
            report.accept(RootLocaleText.format("%s from the beginning of the journal: no snapshot in %s is as old.",
                    begun(filled, others), directory));
        }
    }

    private static String begun(List<Integer> all, List<Integer> some) {
        return some.size() == 1 ? RootLocaleText.format("Partition %d begins", some.getFirst())
                : some.size() == all.size() ? RootLocaleText.format("All %d partitions begin", all.size())
                : RootLocaleText.format("Partitions %s begin",
                        some.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private List<StoredSnapshot> usable(List<OffsetRange> ranges) {
        List<StoredSnapshot> usable = new ArrayList<>();
        for (Path folder : folders(directory)) {
            StoredSnapshot snapshot = StoredSnapshot.open(folder);
            if (!snapshot.manifest().journal().equals(journal)) {
                throw snapshot.refused("is of another journal: topic id " + snapshot.manifest().journal().topic()
                        + " of cluster " + snapshot.manifest().journal().cluster());
            }
            if (isOfThisFormat(snapshot)) {
                ranges.forEach(range -> refuseAhead(snapshot, range));
                usable.add(snapshot);
            } else {
                report.accept(RootLocaleText.format("Snapshot %s is skipped: it has an older stored format, of build "
                        + "%s.", snapshot.name(), snapshot.manifest().build()));
            }
        }
        return usable;
    }

    private boolean isOfThisFormat(StoredSnapshot snapshot) {
        snapshot.manifest().formats().forEach((name, number) -> {
            if (number > formats.getOrDefault(name, 0)) {
                throw snapshot.refused(RootLocaleText.format("was made by a newer release, build %s: it has %s of "
                        + "format %d, and this release knows %d", snapshot.manifest().build(), name, number,
                        formats.getOrDefault(name, 0)));
            }
        });
        return snapshot.manifest().formats().equals(formats);
    }

    private static void refuseAhead(StoredSnapshot snapshot, OffsetRange range) {
        snapshot.partition(range.partition()).map(part -> part.position().nextOffset())
                .filter(next -> next > range.to()).ifPresent(next -> {
                    throw snapshot.refused(RootLocaleText.format("is ahead of the journal: partition %d goes on at "
                            + "offset %d, and the journal ends at %d. Entries are missing at the end of the journal",
                            range.partition(), next, range.to()));
                });
    }

    /**
     * The folders of snapshots, ordered by name and so by time.
     *
     * @throws ReplayPreconditionException if there is no such directory
     */
    static List<Path> folders(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(folder -> NAME.matcher(folder.getFileName().toString()).matches()).sorted().toList();
        } catch (IOException e) {
            if (Files.notExists(directory)) {
                throw new ReplayPreconditionException(RootLocaleText.format(
                        "there is no directory %s of snapshots; offerflow replay snapshot makes it", directory));
            }
            throw new UncheckedIOException("cannot read " + directory + ": " + TextFiles.reason(e), e);
        }
    }
}
