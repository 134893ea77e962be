package io.offerflow.runtime;

import io.offerflow.avro.JournalEntry;
import io.offerflow.codec.StoredPosition;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.UnrecoverableException;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares the state of a task with its changelogs and its journal: if they differ, the task must not decide. */
final class StateComparison {

    private static final Pattern GENERATION = Pattern.compile("(.*)-(\\d{1,9})");

    private final String applicationId;
    private final String stateDir;

    StateComparison(String applicationId, String stateDir) {
        this.applicationId = applicationId;
        this.stateDir = stateDir;
    }

    /**
     * Compares them.
     *
     * @throws UnrecoverableException if the state is not the one that the journal gives
     */
    void check(int partition, StoredPosition stored, TaskTopics topics) {
        long written = stored.position().number();
        if (written > 0) {
            checkChangelogs(partition, stored, topics.changelogs());
        }
        long last = topics.journal().lastNumber();
        String journal = "%s-%d".formatted(Topic.OFFER_JOURNAL.topicName(), partition);
        if (written < last) {
            throw new UnrecoverableException(("the state of application.id %s is behind the journal: %s has entries up "
                    + "to %d, but the state of partition %d has %s. A changelog was deleted or lost records, or "
                    + "another application.id wrote the journal. Start with the one that wrote it, or %s").formatted(
                            applicationId, journal, last, partition, upTo(written), rebuild("")));
        }
        if (written > last) {
            throw new UnrecoverableException(("entries are missing at the end of the journal: the state of "
                    + "application.id %s has entries up to %d in partition %d, but %s has %s. Restore the topic from "
                    + "its copy and start again; without a copy, %s").formatted(applicationId, written, partition,
                            journal, upTo(last), rebuild(" --accept-loss")));
        }
    }

    /**
     * Compares offers with the newest entries about them. Each changelog can lose its end apart from the others.
     *
     * @throws UnrecoverableException if an offer in the stores is older than its entry
     */
    void check(int partition, Map<OfferKey, JournalEntry> newest, ToLongFunction<OfferKey> sequences) {
        newest.forEach((offer, entry) -> {
            long stored = sequences.applyAsLong(offer);
            if (stored < entry.getSequence()) {
                throw new UnrecoverableException(("the state of application.id %1$s is older than the journal: entry "
                        + "%2$d of %3$s-%4$d is number %5$d in the history of offer %6$s, but the store has %7$d. The "
                        + "end of %1$s-%8$s-changelog-%4$d was lost. Restore this partition from a replica or a copy, "
                        + "delete %9$s and start again; or %10$s").formatted(applicationId, entry.getNumber(),
                                Topic.OFFER_JOURNAL.topicName(), partition, entry.getSequence(), offer, stored,
                                OfferTopology.OFFERS, stateDir, rebuild("")));
            }
        });
    }

    private static String upTo(long number) {
        return number == 0 ? "none" : "them up to " + number;
    }

    private void checkChangelogs(int partition, StoredPosition stored,
            Map<String, TaskTopics.ChangelogState> changelogs) {
        List<String> other = changelogs.entrySet().stream().filter(changelog -> stored.topics().of(changelog.getKey())
                .filter(id -> !id.equals(changelog.getValue().topicId())).isPresent()).map(Map.Entry::getKey).toList();
        if (other.stream().anyMatch(changelog -> changelog.endsWith("-" + OfferTopology.POSITIONS + "-changelog"))) {
            throw new UnrecoverableException(("the stores of partition %d in %s were made from other changelogs than "
                    + "those of this cluster: the directory belongs to another cluster. Delete it and start again: the "
                    + "stores are restored from the changelogs. If this message comes again, %s").formatted(partition,
                            stateDir, rebuild("")));
        }
        other.stream().findFirst().ifPresent(changelog -> {
            throw new UnrecoverableException(("topic %s was deleted and created again, so the state of partition %d is "
                    + "not complete: %s").formatted(changelog, partition, rebuild("")));
        });
        changelogs.entrySet().stream().filter(changelog -> changelog.getValue().firstOffset() > 0).findFirst()
                .ifPresent(changelog -> {
                    throw new UnrecoverableException(("records of topic %1$s were deleted: partition %2$d begins at "
                            + "offset %3$d, so the state cannot be restored from it. Changelogs are compacted and have "
                            + "no retention (cleanup.policy=compact): %4$s").formatted(changelog.getKey(), partition,
                                    changelog.getValue().firstOffset(), rebuild("")));
                });
    }

    /** The end of a sentence: how the state is built again. */
    private String rebuild(String option) {
        return ("build the state again from the journal: stop all instances, run `offerflow replay new-generation"
                + " --application-id %s --new-application-id %s%s --execute`, and start with the new application.id")
                .formatted(applicationId, nextId(), option);
    }

    private String nextId() {
        Matcher generation = GENERATION.matcher(applicationId);
        return generation.matches() ? generation.group(1) + "-" + (Long.parseLong(generation.group(2)) + 1)
                : applicationId + "-2";
    }
}
