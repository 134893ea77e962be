package io.offerflow.domain.state.row;

import io.offerflow.domain.model.AudienceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The private audience of a plan: its revisions; the members are separate rows. The audience at a draft version is that
 * of the version or of the newest sync, whichever is newer; so a sync also holds for a running submission and never
 * takes anything back (A9, A12).
 *
 * @param revisions those that are still in use, oldest first; the last one is the saved audience
 * @param synced the draft version that was synced last; 0 if there was no sync
 * @param generations number of the newest generation: each import begins one
 * @param published types of ids that any published audience of the plan had (B21)
 * @param staged the import of which not all chunks have arrived (B34)
 * @param failed whether the last sync failed, without a save since (A11)
 */
public record PlanAudience(List<AudienceRevision> revisions, long synced, long generations, Set<AudienceType> published,
        Optional<PendingImport> staged, boolean failed) {

    public static final PlanAudience NONE = new PlanAudience(List.of(), 0, 0, Set.of(), Optional.empty(), false);

    public PlanAudience {
        Set<AudienceType> ordered = EnumSet.noneOf(AudienceType.class);
        ordered.addAll(published);
        published = Collections.unmodifiableSet(ordered);
    }

    /** The audience as it was saved last; empty if it has no members. */
    public Optional<AudienceRevision> saved() {
        return revisions.isEmpty() ? Optional.empty() : Optional.of(revisions.getLast());
    }

    /** The audience at a draft version. */
    public Optional<AudienceRevision> at(long number) {
        long from = Math.max(number, synced);
        return revisions.reversed().stream().filter(revision -> revision.number() <= from).findFirst();
    }

    public PlanAudience saved(AudienceRevision revision) {
        List<AudienceRevision> more = new ArrayList<>(revisions);
        more.add(revision);
        return new PlanAudience(List.copyOf(more), synced, Math.max(generations, revision.generation()), published,
                staged, false);
    }

    public PlanAudience staged(Optional<PendingImport> pending) {
        return new PlanAudience(revisions, synced,
                Math.max(generations, pending.map(PendingImport::generation).orElse(0L)), published, pending, failed);
    }

    public PlanAudience synced(long revision) {
        return new PlanAudience(revisions, Math.max(synced, revision), generations, published, staged, false);
    }

    /** With the result of the last sync: failed or not. */
    public PlanAudience failed(boolean last) {
        return new PlanAudience(revisions, synced, generations, published, staged, last);
    }

    public PlanAudience published(Set<AudienceType> types) {
        Set<AudienceType> all = EnumSet.noneOf(AudienceType.class);
        all.addAll(published);
        all.addAll(types);
        return new PlanAudience(revisions, synced, generations, all, staged, failed);
    }

    /** Without the revisions that none of the draft versions resolves to. */
    public PlanAudience keep(Collection<Long> numbers) {
        List<AudienceRevision> kept = revisions.stream().filter(revision -> numbers.stream()
                .anyMatch(number -> at(number).filter(revision::equals).isPresent())).toList();
        return kept.size() == revisions.size() ? this : new PlanAudience(kept, synced, generations, published,
                staged, failed);
    }

    /** Without members; numbers of generations are not used again, since their rows may still exist. */
    public PlanAudience emptied() {
        return new PlanAudience(List.of(), 0, generations, Set.of(), Optional.empty(), false);
    }

    public boolean isEmpty() {
        return revisions.isEmpty() && staged.isEmpty();
    }

    /** Generations that may have rows which {@code then} does not refer to any more. */
    public List<Long> generationsToCleanUp(PlanAudience then) {
        return Stream.concat(revisions.stream().map(AudienceRevision::generation),
                staged.map(PendingImport::generation).stream()).distinct()
                .filter(generation -> then.obsoleteRows(generation) > obsoleteRows(generation)).toList();
    }

    /** Number of rows of a generation that only dropped revisions need; all of them if no revision refers to it. */
    private int obsoleteRows(long generation) {
        return staged.filter(pending -> pending.generation() == generation).isPresent() ? 0 : revisions.stream()
                .filter(revision -> revision.generation() == generation).findFirst().map(AudienceRevision::removed)
                .orElse(Integer.MAX_VALUE);
    }

    /** Whether any revision of a generation needs a membership interval. */
    public boolean refersTo(long generation, MembershipInterval interval) {
        return staged.filter(pending -> pending.generation() == generation).isPresent()
                || revisions.stream().anyMatch(revision ->
                revision.generation() == generation && interval.holds(revision.number()));
    }
}
