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
import io.offerflow.domain.AudienceType;
import io.offerflow.domain.state.Audience;
import io.offerflow.domain.state.Row;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Private audiences and their members to stored bytes and back. Not safe for use by several threads. */
final class AudienceCodec {

    private static final long STILL = 0;

    private final StoredForm<StoredAudiences> audiences =
            new StoredForm<>("audiences", 1, StoredAudiences.getClassSchema());
    private final StoredForm<StoredMember> members = new StoredForm<>("member", 1, StoredMember.getClassSchema());

    byte[] encode(Row.Audiences all) {
        return audiences.encode(new StoredAudiences(all.plans().entrySet().stream()
                .map(plan -> stored(plan.getKey(), plan.getValue())).toList(), all.sweeps().stream()
                .map(sweep -> new StoredSweep(sweep.planId(), sweep.generation(), sweep.after())).toList(),
                all.syncs().stream().map(sync -> new StoredSync(sync.revision(), sync.effectiveAt(), sync.planIds())).toList()));
    }

    StoredAudiences storedAudiences(byte[] bytes) {
        return audiences.decode(bytes);
    }

    StoredMember storedMember(byte[] bytes) {
        return members.decode(bytes);
    }

    Row.Audiences decodeAudiences(byte[] bytes) {
        StoredAudiences stored = audiences.decode(bytes);
        SortedMap<String, Audience> plans = new TreeMap<>();
        stored.getAudiences().forEach(audience -> plans.put(audience.getPlanId(), audience(audience)));
        return new Row.Audiences(plans, stored.getSweeps().stream().map(sweep ->
                new Row.Sweep(sweep.getPlanId(), sweep.getGeneration(), sweep.getAfter())).toList(),
                stored.getSyncs().stream().map(sync -> new Row.Sync(sync.getRevision(), sync.getEffectiveAt(),
                        List.copyOf(sync.getPlanIds()))).toList());
    }

    byte[] encode(Row.Member member) {
        return members.encode(new StoredMember(AudienceIdType.valueOf(member.type().name()),
                member.label().orElse(null), member.intervals().stream().map(interval ->
                        new StoredInterval(interval.from(), interval.until().orElse(STILL), interval.byHand())).toList()));
    }

    Row.Member decodeMember(byte[] bytes) {
        StoredMember stored = members.decode(bytes);
        return new Row.Member(AudienceType.valueOf(stored.getType().name()), Optional.ofNullable(stored.getLabel()),
                stored.getIntervals().stream().map(interval -> new Row.Interval(interval.getFrom(),
                        Optional.of(interval.getUntil()).filter(until -> until != STILL), interval.getByHand())).toList());
    }

    private static StoredAudience stored(String planId, Audience audience) {
        return new StoredAudience(planId, audience.stamps().stream().map(stamp -> new StoredAudienceStamp(stamp.revision(),
                stamp.generation(), stamp.digest(), stamp.tenants(), stamp.subscriptions(), stamp.byHand(),
                stamp.removed())).toList(), audience.synced(), audience.generations(),
                audience.published().stream().map(type -> AudienceIdType.valueOf(type.name())).toList(),
                audience.staged().map(open -> new StoredImport(open.importId(), open.next(), open.chunks(), open.total(),
                        open.generation(), open.digest(), open.tenants(), open.subscriptions())).orElse(null), audience.failed());
    }

    private static Audience audience(StoredAudience stored) {
        Set<AudienceType> published = EnumSet.noneOf(AudienceType.class);
        stored.getPublished().forEach(type -> published.add(AudienceType.valueOf(type.name())));
        return new Audience(stored.getStamps().stream().map(stamp -> new Audience.Stamp(stamp.getRevision(),
                stamp.getGeneration(), stamp.getDigest(), stamp.getTenants(), stamp.getSubscriptions(), stamp.getByHand(),
                stamp.getRemoved())).toList(), stored.getSynced(), stored.getGenerations(), published,
                Optional.ofNullable(stored.getStaged()).map(open -> new Audience.Staged(open.getImportId(), open.getNext(),
                        open.getChunks(), open.getTotal(), open.getGeneration(), open.getDigest(), open.getTenants(),
                        open.getSubscriptions())), stored.getFailed());
    }
}
