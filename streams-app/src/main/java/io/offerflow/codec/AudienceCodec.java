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
import java.util.stream.Stream;

/**
 * Encodes private audiences and their members for the stores, and decodes them. Not safe for use by several threads.
 */
final class AudienceCodec {

    private static final long OPEN_END = 0;

    private final StoredFormat<StoredAudiences> audiences =
            new StoredFormat<>("audiences", 1, StoredAudiences.getClassSchema());
    private final StoredFormat<StoredMember> members = new StoredFormat<>("member", 1, StoredMember.getClassSchema());

    /** The formats that are written. */
    Stream<StoredFormat<?>> formats() {
        return Stream.of(audiences, members);
    }

    byte[] encode(AudienceIndexRow index) {
        return audiences.encode(new StoredAudiences(
                index.plans().entrySet().stream().map(plan -> stored(plan.getKey(), plan.getValue())).toList(),
                index.cleanups().stream().map(AudienceCodec::stored).toList(),
                index.syncs().stream().map(AudienceCodec::stored).toList()));
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
        return new AudienceIndexRow(plans, stored.getSweeps().stream().map(AudienceCodec::cursor).toList(),
                stored.getSyncs().stream().map(AudienceCodec::sync).toList());
    }

    byte[] encode(AudienceMemberRow member) {
        return members.encode(new StoredMember(AudienceIdType.valueOf(member.type().name()),
                member.label().orElse(null), member.intervals().stream().map(AudienceCodec::stored).toList()));
    }

    AudienceMemberRow decodeMember(byte[] bytes) {
        StoredMember stored = members.decode(bytes);
        return new AudienceMemberRow(AudienceType.valueOf(stored.getType().name()),
                Optional.ofNullable(stored.getLabel()),
                stored.getIntervals().stream().map(AudienceCodec::interval).toList());
    }

    private static StoredAudience stored(String planId, PlanAudience audience) {
        return new StoredAudience(planId, audience.revisions().stream().map(AudienceCodec::stored).toList(),
                audience.synced(), audience.generations(),
                audience.published().stream().map(type -> AudienceIdType.valueOf(type.name())).toList(),
                audience.staged().map(AudienceCodec::stored).orElse(null), audience.failed());
    }

    private static PlanAudience audience(StoredAudience stored) {
        Set<AudienceType> published = EnumSet.noneOf(AudienceType.class);
        stored.getPublished().forEach(type -> published.add(AudienceType.valueOf(type.name())));
        return new PlanAudience(stored.getStamps().stream().map(AudienceCodec::revision).toList(), stored.getSynced(),
                stored.getGenerations(), published, Optional.ofNullable(stored.getStaged()).map(AudienceCodec::pending),
                stored.getFailed());
    }

    private static StoredAudienceStamp stored(AudienceRevision revision) {
        return new StoredAudienceStamp(revision.number(), revision.generation(), revision.digest(), revision.tenants(),
                revision.subscriptions(), revision.byHand(), revision.removed());
    }

    private static AudienceRevision revision(StoredAudienceStamp stored) {
        return new AudienceRevision(stored.getRevision(), stored.getGeneration(), stored.getDigest(),
                stored.getTenants(), stored.getSubscriptions(), stored.getByHand(), stored.getRemoved());
    }

    private static StoredImport stored(PendingImport pending) {
        return new StoredImport(pending.importId(), pending.next(), pending.chunks(), pending.total(),
                pending.generation(), pending.digest(), pending.tenants(), pending.subscriptions());
    }

    private static PendingImport pending(StoredImport stored) {
        return new PendingImport(stored.getImportId(), stored.getNext(), stored.getChunks(), stored.getTotal(),
                stored.getGeneration(), stored.getDigest(), stored.getTenants(), stored.getSubscriptions());
    }

    private static StoredSweep stored(CleanupCursor cursor) {
        return new StoredSweep(cursor.planId(), cursor.generation(), cursor.after());
    }

    private static CleanupCursor cursor(StoredSweep stored) {
        return new CleanupCursor(stored.getPlanId(), stored.getGeneration(), stored.getAfter());
    }

    private static StoredSync stored(PendingSync sync) {
        return new StoredSync(sync.revision(), sync.effectiveAt(), sync.planIds());
    }

    private static PendingSync sync(StoredSync stored) {
        return new PendingSync(stored.getRevision(), stored.getEffectiveAt(), List.copyOf(stored.getPlanIds()));
    }

    private static StoredInterval stored(MembershipInterval interval) {
        return new StoredInterval(interval.from(), interval.until().orElse(OPEN_END), interval.byHand());
    }

    private static MembershipInterval interval(StoredInterval stored) {
        return new MembershipInterval(stored.getFrom(),
                Optional.of(stored.getUntil()).filter(until -> until != OPEN_END), stored.getByHand());
    }
}
