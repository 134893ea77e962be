package io.offerflow.domain.state;

import io.offerflow.domain.AudienceType;
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
 * @param stamps those that some number still resolves to, oldest first; the last one is the saved audience
 * @param synced the draft version that was synced last; 0 if none ever was
 * @param generations number of the newest generation: each import begins one
 * @param published types of ids that a published audience of the plan ever held (B21)
 * @param staged the import of which not all chunks have come (B34)
 * @param failed whether the last sync failed, and nothing was saved since (A11)
 */
public record Audience(List<Stamp> stamps, long synced, long generations, Set<AudienceType> published,
        Optional<Staged> staged, boolean failed) {

    static final Audience NONE = new Audience(List.of(), 0, 0, Set.of(), Optional.empty(), false);

    public Audience {
        Set<AudienceType> ordered = EnumSet.noneOf(AudienceType.class);
        ordered.addAll(published);
        published = Collections.unmodifiableSet(ordered);
    }

    /**
     * One state of the audience.
     *
     * @param revision the draft version that made it
     * @param generation of its members' rows
     * @param digest XOR over the members, to tell without reading them whether two are alike (B11)
     * @param byHand how many were typed in by hand since the last import (B22)
     * @param removed how many were taken out since the generation began and had to be kept for an older number
     */
    public record Stamp(long revision, long generation, long digest, int tenants, int subscriptions, int byHand,
            int removed) {

        public int members() {
            return tenants + subscriptions;
        }

        public int count(AudienceType type) {
            return type == AudienceType.TENANT ? tenants : subscriptions;
        }

        /** The types of ids in it. */
        public Set<AudienceType> types() {
            Set<AudienceType> types = EnumSet.noneOf(AudienceType.class);
            for (AudienceType type : AudienceType.values()) {
                if (count(type) > 0) {
                    types.add(type);
                }
            }
            return types;
        }

        /** Whether the same ids are in both; labels do not count (B11). */
        public boolean sameMembers(Stamp other) {
            return digest == other.digest && tenants == other.tenants && subscriptions == other.subscriptions;
        }

        Stamp changed(long at, AudienceType type, String id, int by, int byHandBy) {
            return new Stamp(at, generation, digest ^ type.digest(id),
                    tenants + (type == AudienceType.TENANT ? by : 0),
                    subscriptions + (type == AudienceType.SUBSCRIPTION ? by : 0), byHand + byHandBy, removed);
        }

        static Stamp begin(long generation) {
            return new Stamp(0, generation, 0, 0, 0, 0, 0);
        }

        Stamp leavingOneBehind() {
            return new Stamp(revision, generation, digest, tenants, subscriptions, byHand, removed + 1);
        }
    }

    /**
     * What has come of an import.
     *
     * @param next number of the chunk that must come next
     */
    public record Staged(String importId, int next, int chunks, int total, long generation, long digest, int tenants,
            int subscriptions) {

        public int rows() {
            return tenants + subscriptions;
        }

        public int count(AudienceType type) {
            return type == AudienceType.TENANT ? tenants : subscriptions;
        }

        Staged oneMore() {
            return new Staged(importId, next + 1, chunks, total, generation, digest, tenants, subscriptions);
        }

        Staged with(AudienceType type, String id) {
            return new Staged(importId, next, chunks, total, generation, digest ^ type.digest(id),
                    tenants + (type == AudienceType.TENANT ? 1 : 0),
                    subscriptions + (type == AudienceType.SUBSCRIPTION ? 1 : 0));
        }

        Stamp whole(long revision) {
            return new Stamp(revision, generation, digest, tenants, subscriptions, 0, 0);
        }
    }

    /** The audience as it was saved last; nothing if nobody is in it. */
    public Optional<Stamp> saved() {
        return stamps.isEmpty() ? Optional.empty() : Optional.of(stamps.getLast());
    }

    /** The audience seen from a draft version. */
    public Optional<Stamp> seenFrom(long number) {
        long from = Math.max(number, synced);
        return stamps.reversed().stream().filter(stamp -> stamp.revision() <= from).findFirst();
    }

    Audience saved(Stamp stamp) {
        List<Stamp> more = new ArrayList<>(stamps);
        more.add(stamp);
        return new Audience(List.copyOf(more), synced, Math.max(generations, stamp.generation()), published, staged,
                false);
    }

    Audience staged(Optional<Staged> open) {
        return new Audience(stamps, synced, Math.max(generations, open.map(Staged::generation).orElse(0L)), published,
                open, failed);
    }

    Audience synced(long revision) {
        return new Audience(stamps, Math.max(synced, revision), generations, published, staged, false);
    }

    /** What the last sync came to: nothing is known of it yet, or it failed. */
    Audience failed(boolean last) {
        return new Audience(stamps, synced, generations, published, staged, last);
    }

    Audience published(Set<AudienceType> types) {
        Set<AudienceType> all = EnumSet.noneOf(AudienceType.class);
        all.addAll(published);
        all.addAll(types);
        return new Audience(stamps, synced, generations, all, staged, failed);
    }

    /** Without the states that none of the numbers sees. */
    Audience keep(Collection<Long> numbers) {
        List<Stamp> kept = stamps.stream().filter(stamp -> numbers.stream()
                .anyMatch(number -> seenFrom(number).filter(stamp::equals).isPresent())).toList();
        return kept.size() == stamps.size() ? this : new Audience(kept, synced, generations, published,
                staged, failed);
    }

    /** Nobody is in it any more; numbers of generations are not used again while rows of them lie there. */
    Audience gone() {
        return new Audience(List.of(), 0, generations, Set.of(), Optional.empty(), false);
    }

    boolean isEmpty() {
        return stamps.isEmpty() && staged.isEmpty();
    }

    /** Generations of which rows may be left that the other one does not see any more. */
    List<Long> generationsLeftBy(Audience then) {
        return Stream.concat(stamps.stream().map(Stamp::generation), staged.map(Staged::generation).stream()).distinct()
                .filter(generation -> then.leftBehind(generation) > leftBehind(generation)).toList();
    }

    /** How many rows of a generation were only for states that are forgotten; all of them if it refers to none. */
    private int leftBehind(long generation) {
        return staged.filter(open -> open.generation() == generation).isPresent() ? 0 : stamps.stream()
                .filter(stamp -> stamp.generation() == generation).findFirst().map(Stamp::removed)
                .orElse(Integer.MAX_VALUE);
    }

    /** Whether any state of a generation holds an interval. */
    boolean sees(long generation, Row.Interval interval) {
        return staged.filter(open -> open.generation() == generation).isPresent() || stamps.stream().anyMatch(stamp ->
                stamp.generation() == generation && interval.holds(stamp.revision()));
    }
}
