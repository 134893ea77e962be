package io.offerflow.domain.state.row;

import io.offerflow.domain.model.AudienceType;
import java.util.EnumSet;
import java.util.Set;

/**
 * The audience of a plan at one draft version.
 *
 * @param number the draft version that made it
 * @param generation of its members' rows
 * @param digest XOR over the members, to compare two revisions without reading the members (B11)
 * @param byHand number of members added by hand since the last import (B22)
 * @param removed number of members removed since the generation began whose rows are kept for an older revision
 */
public record AudienceRevision(long number, long generation, long digest, int tenants, int subscriptions, int byHand,
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
    public boolean sameMembers(AudienceRevision other) {
        return digest == other.digest && tenants == other.tenants && subscriptions == other.subscriptions;
    }

    public AudienceRevision changed(long at, AudienceType type, String id, int by, int byHandBy) {
        return new AudienceRevision(at, generation, digest ^ type.digest(id),
                tenants + (type == AudienceType.TENANT ? by : 0),
                subscriptions + (type == AudienceType.SUBSCRIPTION ? by : 0), byHand + byHandBy, removed);
    }

    public static AudienceRevision begin(long generation) {
        return new AudienceRevision(0, generation, 0, 0, 0, 0, 0);
    }

    public AudienceRevision withRemovedRowKept() {
        return new AudienceRevision(number, generation, digest, tenants, subscriptions, byHand, removed + 1);
    }
}
