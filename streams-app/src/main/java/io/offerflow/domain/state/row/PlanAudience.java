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
 * The private audience of a plan: its states as numbers, while the members are rows of their own. Seen from a draft
 * version it is the one at that version or at the newest sync, whichever is younger; so a sync also holds for a running
 * snapshot and can never take anything back (A9, A12).
 *
 * @param revisions those that some number still resolves to, oldest first; the last one is the saved audience
 * @param synced the draft version that was synced last; 0 if none ever was
 * @param generations number of the newest generation: each import begins one
 * @param published types of ids that a published audience of the plan ever held (B21)
 * @param staged the import of which not all chunks have come (B34)
 * @param failed whether the last sync failed, and nothing was saved since (A11)
 */
public record PlanAudience(List<AudienceRevision> revisions, long synced, long generations, Set<AudienceType> published,
        Optional<PendingImport> staged, boolean failed) {

    public static final PlanAudience NONE = new PlanAudience(List.of(), 0, 0, Set.of(), Optional.empty(), false);

    public PlanAudience {
        Set<AudienceType> ordered = EnumSet.noneOf(AudienceType.class);
        ordered.addAll(published);
        published = Collections.unmodifiableSet(ordered);
    }

    /** The audience as it was saved last; nothing if nobody is in it. */
    public Optional<AudienceRevision> saved() {
        return revisions.isEmpty() ? Optional.empty() : Optional.of(revisions.getLast());
    }

    /** The audience seen from a draft version. */
    public Optional<AudienceRevision> at(long number) {
        long from = Math.max(number, synced);
        return revisions.reversed().stream().filter(revision -> revision.number() <= from).findFirst();
    }

    public PlanAudience saved(AudienceRevision revision) {
        List<AudienceRevision> more = new ArrayList<>(revisions);
        more.add(revision);
        return new PlanAudience(List.copyOf(more), synced, Math.max(generations, revision.generation()), published, staged,
                false);
    }

    public PlanAudience staged(Optional<PendingImport> pending) {
        return new PlanAudience(revisions, synced, Math.max(generations, pending.map(PendingImport::generation).orElse(0L)), published,
                pending, failed);
    }

    public PlanAudience synced(long revision) {
        return new PlanAudience(revisions, Math.max(synced, revision), generations, published, staged, false);
    }

    /** What the last sync came to: nothing is known of it yet, or it failed. */
    public PlanAudience failed(boolean last) {
        return new PlanAudience(revisions, synced, generations, published, staged, last);
    }

    public PlanAudience published(Set<AudienceType> types) {
        Set<AudienceType> all = EnumSet.noneOf(AudienceType.class);
        all.addAll(published);
        all.addAll(types);
        return new PlanAudience(revisions, synced, generations, all, staged, failed);
    }

    /** Without the states that none of the numbers sees. */
    public PlanAudience keep(Collection<Long> numbers) {
        List<AudienceRevision> kept = revisions.stream().filter(revision -> numbers.stream()
                .anyMatch(number -> at(number).filter(revision::equals).isPresent())).toList();
        return kept.size() == revisions.size() ? this : new PlanAudience(kept, synced, generations, published,
                staged, failed);
    }

    /** Nobody is in it any more; numbers of generations are not used again while rows of them lie there. */
    public PlanAudience emptied() {
        return new PlanAudience(List.of(), 0, generations, Set.of(), Optional.empty(), false);
    }

    public boolean isEmpty() {
        return revisions.isEmpty() && staged.isEmpty();
    }

    /** Generations of which rows may be left that the other one does not see any more. */
    public List<Long> generationsToCleanUp(PlanAudience then) {
        return Stream.concat(revisions.stream().map(AudienceRevision::generation), staged.map(PendingImport::generation).stream()).distinct()
                .filter(generation -> then.obsoleteRows(generation) > obsoleteRows(generation)).toList();
    }

    /** How many rows of a generation were only for states that are forgotten; all of them if it refers to none. */
    private int obsoleteRows(long generation) {
        return staged.filter(pending -> pending.generation() == generation).isPresent() ? 0 : revisions.stream()
                .filter(revision -> revision.generation() == generation).findFirst().map(AudienceRevision::removed)
                .orElse(Integer.MAX_VALUE);
    }

    /** Whether any state of a generation holds an interval. */
    public boolean refersTo(long generation, MembershipInterval interval) {
        return staged.filter(pending -> pending.generation() == generation).isPresent() || revisions.stream().anyMatch(revision ->
                revision.generation() == generation && interval.holds(revision.number()));
    }
}
