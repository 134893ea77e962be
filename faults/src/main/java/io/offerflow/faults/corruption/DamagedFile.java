package io.offerflow.faults.corruption;

import io.offerflow.contract.Topic;
import io.offerflow.topology.OfferTopology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A file that a run changes; all but the registry's and the process id are those of partition 0. */
public enum DamagedFile {

    OFFERS_TABLE("SST file of the store `offers`", WayBack.NONE),
    CONTENTS_TABLE("SST file of the store `contents`", WayBack.NONE),
    TIMERS_TABLE("SST file of the store `timers`", WayBack.NONE),
    POSITIONS_TABLE("SST file of the store `positions`", WayBack.NONE),
    STORE_MANIFEST("`MANIFEST` of the store `offers`", WayBack.NONE),
    STORE_CURRENT("`CURRENT` of the store `offers`", WayBack.NONE),
    PROCESS_ID("`kafka-streams-process-metadata` of the state directory", WayBack.NONE),
    OFFERS_CHANGELOG("segment of the changelog of `offers`", WayBack.NEW_GENERATION),
    POSITIONS_CHANGELOG("segment of the changelog of `positions`", WayBack.NEW_GENERATION),
    JOURNAL("segment of `offer-journal`", WayBack.RESTORED_SEGMENT),
    REGISTRY("the registry's file", WayBack.RESTORED_FILE);

    private final String sentence;
    private final WayBack wayBack;

    DamagedFile(String sentence, WayBack wayBack) {
        this.sentence = sentence;
        this.wayBack = wayBack;
    }

    /** The file in words. */
    public String sentence() {
        return sentence;
    }

    /** What leads back if the service does not go on by itself. */
    WayBack wayBack() {
        return wayBack;
    }

    /** The file. */
    Path find(RunFiles files) {
        return switch (this) {
            case OFFERS_TABLE -> table(files, OfferTopology.OFFERS);
            case CONTENTS_TABLE -> table(files, OfferTopology.CONTENTS);
            case TIMERS_TABLE -> table(files, OfferTopology.TIMERS);
            case POSITIONS_TABLE -> table(files, OfferTopology.POSITIONS);
            case STORE_MANIFEST -> newest(files.store(0, OfferTopology.OFFERS), "MANIFEST-");
            case STORE_CURRENT -> files.store(0, OfferTopology.OFFERS).resolve("CURRENT");
            case PROCESS_ID -> files.task(0).resolveSibling("kafka-streams-process-metadata");
            case OFFERS_CHANGELOG -> segment(files, RunFiles.changelog(OfferTopology.OFFERS));
            case POSITIONS_CHANGELOG -> segment(files, RunFiles.changelog(OfferTopology.POSITIONS));
            case JOURNAL -> segment(files, Topic.OFFER_JOURNAL.topicName());
            case REGISTRY -> files.broker().resolve("registry.jsonl");
        };
    }

    /** The largest one: the others may have one row. */
    private static Path table(RunFiles files, String store) {
        return largest(files.store(0, store), ".sst");
    }

    private static Path segment(RunFiles files, String topic) {
        return largest(files.partition(topic, 0), ".log");
    }

    private static Path largest(Path folder, String end) {
        return find(folder, "", end, Comparator.comparingLong(file -> file.toFile().length()));
    }

    private static Path newest(Path folder, String begin) {
        return find(folder, begin, "", Comparator.naturalOrder());
    }

    private static Path find(Path folder, String begin, String end, Comparator<Path> best) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(begin)
                    && file.getFileName().toString().endsWith(end)).max(best).orElseThrow(() ->
                            new IllegalStateException("there is no file %s*%s in %s".formatted(begin, end, folder)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
