package io.offerflow.replay.whatif;

import io.offerflow.avro.JournalEntry;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferState;
import io.offerflow.replay.fold.PartitionFold;
import io.offerflow.replay.fold.StateTable;
import io.offerflow.replay.journal.DecodedEntry;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.ReplayHaltedException;
import io.offerflow.replay.journal.ReplayStats;
import io.offerflow.replay.text.Difference.DifferenceKind;
import io.offerflow.replay.text.Difference;
import io.offerflow.replay.text.EventText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Decides the entries of one partition again while they are replayed. Not safe for use by several threads. */
final class WhatIfPartition implements PartitionFold.EntryListener {

    private final int partition;
    private final WhatIf.WhatIfQuestion question;
    private final PartitionFold fold;
    private final StateTable followedStates;
    private final Redecider redecider;
    private final Map<String, Policy> policies = new HashMap<>();
    private final Set<Policy> recordedPolicies = new HashSet<>();
    private final Set<String> builds = new TreeSet<>();
    private final Map<DifferenceKind, Long> totals = new EnumMap<>(DifferenceKind.class);
    private final List<Difference> differences = new ArrayList<>();
    private final Set<OfferKey> differingOffers = new HashSet<>();
    private final List<WhatIfReport.Divergence> divergences = new ArrayList<>();
    private final Set<OfferKey> divergedOffers = new HashSet<>();
    private long judged;
    private long notComparable;
    private long unreadable;
    private ReplayStats foldStats = ReplayStats.NONE;

    /** @param followedStates states that result from the new decisions, if those are followed */
    WhatIfPartition(int partition, WhatIf.WhatIfQuestion question, PartitionFold fold, StateTable followedStates,
            Redecider redecider) {
        this.partition = partition;
        this.question = question;
        this.fold = fold;
        this.followedStates = followedStates;
        this.redecider = redecider;
    }

    @Override
    public void entry(JournalRecord record, DecodedEntry.OfferEntry recorded, OfferState before, OfferState after) {
        if (!isAsked(recorded.avro())) {
            if (question.follow()) {
                store(record, followedStates.load(recorded.offer()), recorded.entry());
            }
            return;
        }
        builds.add(recorded.avro().getBuild());
        if (Redecider.isFailedAdvance(recorded.entry())) {
            return;
        }
        Policy policy = policies.computeIfAbsent(recorded.avro().getPolicy(), id -> policy(record, id));
        if (question.follow()) {
            follow(record, recorded, before, policy);
        } else {
            judged++;
            Optional<Entry> now = redecider.redecide(record, recorded, before, policy);
            EntryComparator.onSameState(recorded.entry(), now)
                    .ifPresent(kind -> addDifference(record, recorded, kind, now));
        }
    }

    private void follow(JournalRecord record, DecodedEntry.OfferEntry recorded, OfferState before, Policy policy) {
        if (divergedOffers.contains(recorded.offer())) {
            notComparable++;
            return;
        }
        OfferState state = followedStates.load(recorded.offer());
        Optional<String> missing = recorded.entry().envelope()
                .flatMap(envelope -> DanglingReferences.missing(envelope, before, state));
        if (missing.isPresent()) {
            divergedOffers.add(recorded.offer());
            notComparable++;
            if (divergences.size() < question.shown()) {
                divergences.add(new WhatIfReport.Divergence(record.partition(), record.offset(), recorded.offer(),
                        recorded.entry().clock(), missing.get()));
            }
            return;
        }
        judged++;
        Optional<Entry> now = redecider.redecide(record, recorded, state, policy);
        EntryComparator.onDivergedState(recorded.entry(), now)
                .ifPresent(kind -> addDifference(record, recorded, kind, now));
        now.ifPresent(entry -> store(record, state, entry));
    }

    private void store(JournalRecord record, OfferState state, Entry entry) {
        followedStates.store(state, OfferEvolver.apply(state, entry),
                record.value().map(value -> value.length).orElse(0));
    }

    @Override
    public void unreadable(JournalEntry entry) {
        unreadable += isAsked(entry) ? 1 : 0;
    }

    private boolean isAsked(JournalEntry entry) {
        return question.after().filter(after -> !entry.getNow().isAfter(after)).isEmpty();
    }

    private Policy policy(JournalRecord record, String id) {
        Policy recorded = fold.policy(id).orElseThrow(() -> new ReplayHaltedException(record,
                RootLocaleText.format("it was decided by policy %s, but no entry before it records that policy", id),
                "An older release wrote it, which did not record policies: rebuild and explain work on this journal, "
                        + "what-if does not"));
        recordedPolicies.add(recorded);
        return question.with().apply(recorded);
    }

    private void addDifference(JournalRecord record, DecodedEntry.OfferEntry recorded, DifferenceKind kind,
            Optional<Entry> now) {
        totals.merge(kind, 1L, Long::sum);
        differingOffers.add(recorded.offer());
        if (differences.size() < question.shown()) {
            differences.add(Difference.of(record, recorded, kind, now));
        }
    }

    /** Keeps the counts of the fold, which is closed next. */
    WhatIfPartition finish() {
        foldStats = fold.stats();
        return this;
    }

    int partition() {
        return partition;
    }

    ReplayStats foldStats() {
        return foldStats;
    }

    Set<Policy> recordedPolicies() {
        return recordedPolicies;
    }

    Set<String> builds() {
        return builds;
    }

    Map<DifferenceKind, Long> totals() {
        return totals;
    }

    List<Difference> differences() {
        return differences;
    }

    List<WhatIfReport.Divergence> divergences() {
        return divergences;
    }

    long judged() {
        return judged;
    }

    long differingOfferCount() {
        return differingOffers.size();
    }

    long notComparable() {
        return notComparable;
    }

    /** Number of inputs that could not be read. */
    long unreadable() {
        return unreadable;
    }
}
