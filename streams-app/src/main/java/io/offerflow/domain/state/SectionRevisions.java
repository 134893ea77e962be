package io.offerflow.domain.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The revisions of a section in the header.
 *
 * @param revisions those that are still in use, oldest first; the last one is the draft
 * @param problems number of problems of the draft
 */
public record SectionRevisions(List<SectionRevision> revisions, int problems) {

    /** A revision of the content with its digest. */
    public record SectionRevision(long number, long digest) {
    }

    public SectionRevision draft() {
        return revisions.getLast();
    }

    /** The revision at a draft version: the newest one that is not newer. */
    public Optional<SectionRevision> at(long number) {
        for (int index = revisions.size() - 1; index >= 0; index--) {
            if (revisions.get(index).number() <= number) {
                return Optional.of(revisions.get(index));
            }
        }
        return Optional.empty();
    }

    SectionRevisions saved(SectionRevision revision, int problemCount) {
        List<SectionRevision> more = new ArrayList<>(revisions);
        more.add(revision);
        return new SectionRevisions(List.copyOf(more), problemCount);
    }

    /** Without the revisions that neither the draft nor any of the draft versions resolves to. */
    SectionRevisions keep(List<Long> numbers) {
        List<Long> all = new ArrayList<>(numbers);
        all.add(draft().number());
        return only(all);
    }

    /** Without the revisions that none of the draft versions resolves to. */
    SectionRevisions only(List<Long> numbers) {
        Set<SectionRevision> resolved = new HashSet<>();
        numbers.forEach(number -> at(number).ifPresent(resolved::add));
        return resolved.size() == revisions.size() ? this
                : new SectionRevisions(revisions.stream().filter(resolved::contains).toList(), problems);
    }
}
