package io.offerflow.domain.state.row;

import io.offerflow.domain.model.AudienceType;

/**
 * An import of which not all chunks have arrived.
 *
 * @param next number of the next chunk
 */
public record PendingImport(String importId, int next, int chunks, int total, long generation, long digest, int tenants,
        int subscriptions) {

    public int rows() {
        return tenants + subscriptions;
    }

    public int count(AudienceType type) {
        return type == AudienceType.TENANT ? tenants : subscriptions;
    }

    public PendingImport withNextChunk() {
        return new PendingImport(importId, next + 1, chunks, total, generation, digest, tenants, subscriptions);
    }

    public PendingImport with(AudienceType type, String id) {
        return new PendingImport(importId, next, chunks, total, generation, digest ^ type.digest(id),
                tenants + (type == AudienceType.TENANT ? 1 : 0),
                subscriptions + (type == AudienceType.SUBSCRIPTION ? 1 : 0));
    }

    public AudienceRevision toRevision(long revision) {
        return new AudienceRevision(revision, generation, digest, tenants, subscriptions, 0, 0);
    }
}
