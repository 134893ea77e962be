package io.offerflow.codec;

import io.offerflow.avro.AudienceIdType;
import io.offerflow.avro.state.StoredAudience;
import io.offerflow.avro.state.StoredAudienceStamp;
import io.offerflow.avro.state.StoredAudiences;
import io.offerflow.avro.state.StoredImport;
import io.offerflow.avro.state.StoredInterval;
import io.offerflow.avro.state.StoredMember;
import io.offerflow.avro.state.StoredSweep;
import io.offerflow.avro.state.StoredSync;
import io.offerflow.domain.model.AudienceType;
import io.offerflow.domain.state.row.AudienceIndexRow;
import io.offerflow.domain.state.row.AudienceMemberRow;
import io.offerflow.domain.state.row.AudienceRevision;
import io.offerflow.domain.state.row.CleanupCursor;
import io.offerflow.domain.state.row.MembershipInterval;
import io.offerflow.domain.state.row.PendingImport;
import io.offerflow.domain.state.row.PendingSync;
import io.offerflow.domain.state.row.PlanAudience;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Encodes private audiences and their members for the stores, and decodes them. Not safe for use by several threads. */
final class AudienceCodec {

    private static final long OPEN_END = 0;

    private final StoredFormat<StoredAudiences> audiences =
            new StoredFormat<>("audiences", 1, StoredAudiences.getClassSchema());
    private final StoredFormat<StoredMember> members = new StoredFormat<>("member", 1, StoredMember.getClassSchema());

    byte[] encode(AudienceIndexRow all) {
        return audiences.encode(new StoredAudiences(all.plans().entrySet().stream()
                .map(plan -> stored(plan.getKey(), plan.getValue())).toList(), all.cleanups().stream()
                .map(cursor -> new StoredSweep(cursor.planId(), cursor.generation(), cursor.after())).toList(),
                all.syncs().stream().map(sync -> new StoredSync(sync.revision(), sync.effectiveAt(), sync.planIds())).toList()));
    }

    StoredAudiences storedAudiences(byte[] bytes) {
        return audiences.decode(bytes);
    }

    StoredMember storedMember(byte[] bytes) {
        return members.decode(bytes);
    }

    AudienceIndexRow decodeAudiences(byte[] bytes) {
        StoredAudiences stored = audiences.decode(bytes);
        SortedMap<String, PlanAudience> plans = new TreeMap<>();
        stored.getAudiences().forEach(audience -> plans.put(audience.getPlanId(), audience(audience)));
        return new AudienceIndexRow(plans, stored.getSweeps().stream().map(cursor ->
                new CleanupCursor(cursor.getPlanId(), cursor.getGeneration(), cursor.getAfter())).toList(),
                stored.getSyncs().stream().map(sync -> new PendingSync(sync.getRevision(), sync.getEffectiveAt(),
                        List.copyOf(sync.getPlanIds()))).toList());
    }

    byte[] encode(AudienceMemberRow member) {
        return members.encode(new StoredMember(AudienceIdType.valueOf(member.type().name()),
                member.label().orElse(null), member.intervals().stream().map(interval ->
                        new StoredInterval(interval.from(), interval.until().orElse(OPEN_END), interval.byHand())).toList()));
    }

    AudienceMemberRow decodeMember(byte[] bytes) {
        StoredMember stored = members.decode(bytes);
        return new AudienceMemberRow(AudienceType.valueOf(stored.getType().name()), Optional.ofNullable(stored.getLabel()),
                stored.getIntervals().stream().map(interval -> new MembershipInterval(interval.getFrom(),
                        Optional.of(interval.getUntil()).filter(until -> until != OPEN_END), interval.getByHand())).toList());
    }

    private static StoredAudience stored(String planId, PlanAudience audience) {
        return new StoredAudience(planId, audience.revisions().stream().map(revision -> new StoredAudienceStamp(revision.number(),
                revision.generation(), revision.digest(), revision.tenants(), revision.subscriptions(), revision.byHand(),
                revision.removed())).toList(), audience.synced(), audience.generations(),
                audience.published().stream().map(type -> AudienceIdType.valueOf(type.name())).toList(),
                audience.staged().map(pending -> new StoredImport(pending.importId(), pending.next(), pending.chunks(), pending.total(),
                        pending.generation(), pending.digest(), pending.tenants(), pending.subscriptions())).orElse(null), audience.failed());
    }

    private static PlanAudience audience(StoredAudience stored) {
        Set<AudienceType> published = EnumSet.noneOf(AudienceType.class);
        stored.getPublished().forEach(type -> published.add(AudienceType.valueOf(type.name())));
        return new PlanAudience(stored.getStamps().stream().map(revision -> new AudienceRevision(revision.getRevision(),
                revision.getGeneration(), revision.getDigest(), revision.getTenants(), revision.getSubscriptions(), revision.getByHand(),
                revision.getRemoved())).toList(), stored.getSynced(), stored.getGenerations(), published,
                Optional.ofNullable(stored.getStaged()).map(pending -> new PendingImport(pending.getImportId(), pending.getNext(),
                        pending.getChunks(), pending.getTotal(), pending.getGeneration(), pending.getDigest(), pending.getTenants(),
                        pending.getSubscriptions())), stored.getFailed());
    }
}
