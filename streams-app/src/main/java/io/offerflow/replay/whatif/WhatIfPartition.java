package io.offerflow.replay.whatif;

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

/** Decides the entries of one partition again while its recorded state is made. Not safe for use by several threads. */
final class WhatIfPartition implements PartitionFold.EntryListener {

    private final int partition;
    private final WhatIf.WhatIfQuestion question;
    private final PartitionFold fold;
    private final StateTable other;
    private final Redecider judge;
    private final Map<String, Policy> policies = new HashMap<>();
    private final Set<Policy> recorded = new HashSet<>();
    private final Set<String> builds = new TreeSet<>();
    private final Map<DifferenceKind, Long> totals = new EnumMap<>(DifferenceKind.class);
    private final List<Difference> differences = new ArrayList<>();
    private final Set<OfferKey> differing = new HashSet<>();
    private final List<WhatIfReport.Divergence> partings = new ArrayList<>();
    private final Set<OfferKey> parted = new HashSet<>();
    private long judged;
    private long notComparable;
    private ReplayStats folded = ReplayStats.NONE;

    /** @param other states of the other course, if it is followed */
    WhatIfPartition(int partition, WhatIf.WhatIfQuestion question, PartitionFold fold, StateTable other, Redecider judge) {
        this.partition = partition;
        this.question = question;
        this.fold = fold;
        this.other = other;
        this.judge = judge;
    }

    @Override
    public void entry(JournalRecord record, DecodedEntry.OfferEntry line, OfferState before, OfferState after) {
        builds.add(line.written().getBuild());
        if (Redecider.putOff(line.entry())) {
            return;
        }
        Policy policy = policies.computeIfAbsent(line.written().getPolicy(), id -> policy(record, id));
        if (question.follow()) {
            follow(record, line, before, policy);
        } else {
            judged++;
            Optional<Entry> now = judge.again(record, line, before, policy);
            EntryComparator.onRecorded(line.entry(), now).ifPresent(kind -> differs(record, line, kind, now));
        }
    }

    private void follow(JournalRecord record, DecodedEntry.OfferEntry line, OfferState recordedState, Policy policy) {
        if (parted.contains(line.offer())) {
            notComparable++;
            return;
        }
        OfferState here = other.load(line.offer());
        Optional<String> missing = line.entry().envelope().flatMap(ask -> DanglingReferences.missing(ask, recordedState, here));
        if (missing.isPresent()) {
            parted.add(line.offer());
            notComparable++;
            if (partings.size() < question.shown()) {
                partings.add(new WhatIfReport.Divergence(record.partition(), record.offset(), line.offer(),
                        line.entry().clock(), missing.get()));
            }
            return;
        }
        judged++;
        Optional<Entry> now = judge.again(record, line, here, policy);
        EntryComparator.onOther(line.entry(), now).ifPresent(kind -> differs(record, line, kind, now));
        now.ifPresent(entry -> other.store(here, OfferEvolver.apply(here, entry),
                record.value().map(value -> value.length).orElse(0)));
    }

    private Policy policy(JournalRecord record, String id) {
        Policy then = fold.policy(id).orElseThrow(() -> new ReplayHaltedException(record,
                RootLocaleText.format("it was decided by policy %s, but the journal has not said before what that is", id),
                "An older release wrote it, which did not record policies: rebuild and explain work on this journal, "
                        + "what-if does not"));
        recorded.add(then);
        return question.with().apply(then);
    }

    private void differs(JournalRecord record, DecodedEntry.OfferEntry line, DifferenceKind kind, Optional<Entry> now) {
        totals.merge(kind, 1L, Long::sum);
        differing.add(line.offer());
        if (differences.size() < question.shown()) {
            Entry then = line.entry();
            differences.add(new Difference(record.partition(), record.offset(), line.offer(), then.sequence(),
                    then.clock(), then.envelope().map(ask -> ask.command().name()), then.envelope().map(ask -> ask.actor()), kind,
                    EventText.verdict(Optional.of(then).filter(entry -> !(entry.decision() instanceof Decision.TimePassed)
                            || !entry.dueEvents().isEmpty())), EventText.verdict(now)));
        }
    }

    /** Takes down what the fold came to, which ends with it. */
    WhatIfPartition done() {
        folded = fold.totals();
        return this;
    }

    int partition() {
        return partition;
    }

    ReplayStats folded() {
        return folded;
    }

    Set<Policy> policies() {
        return recorded;
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

    List<WhatIfReport.Divergence> partings() {
        return partings;
    }

    long judged() {
        return judged;
    }

    long offers() {
        return differing.size();
    }

    long notComparable() {
        return notComparable;
    }

    /** Inputs that could not be read. */
    long unread() {
        return fold.unread();
    }
}
