package io.offerflow.replay;

import io.offerflow.domain.Decision;
import io.offerflow.domain.Entry;
import io.offerflow.domain.OfferKey;
import io.offerflow.domain.Policy;
import io.offerflow.domain.Texts;
import io.offerflow.domain.state.Evolution;
import io.offerflow.domain.state.OfferState;
import io.offerflow.replay.Difference.Kind;
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
final class Retrial implements PartitionFold.Onlooker {

    private final int partition;
    private final WhatIf.Question question;
    private final PartitionFold fold;
    private final StateTable other;
    private final Judge judge;
    private final Map<String, Policy> policies = new HashMap<>();
    private final Set<Policy> recorded = new HashSet<>();
    private final Set<String> builds = new TreeSet<>();
    private final Map<Kind, Long> totals = new EnumMap<>(Kind.class);
    private final List<Difference> differences = new ArrayList<>();
    private final Set<OfferKey> differing = new HashSet<>();
    private final List<WhatIfReport.Parting> partings = new ArrayList<>();
    private final Set<OfferKey> parted = new HashSet<>();
    private long judged;
    private long notComparable;
    private Totals folded = Totals.NONE;

    /** @param other states of the other course, if it is followed */
    Retrial(int partition, WhatIf.Question question, PartitionFold fold, StateTable other, Judge judge) {
        this.partition = partition;
        this.question = question;
        this.fold = fold;
        this.other = other;
        this.judge = judge;
    }

    @Override
    public void entry(JournalRecord record, Line.OfOffer line, OfferState before, OfferState after) {
        builds.add(line.written().getBuild());
        if (Judge.putOff(line.entry())) {
            return;
        }
        Policy policy = policies.computeIfAbsent(line.written().getPolicy(), id -> policy(record, id));
        if (question.follow()) {
            follow(record, line, before, policy);
        } else {
            judged++;
            Optional<Entry> now = judge.again(record, line, before, policy);
            Comparison.onRecorded(line.entry(), now).ifPresent(kind -> differs(record, line, kind, now));
        }
    }

    private void follow(JournalRecord record, Line.OfOffer line, OfferState recordedState, Policy policy) {
        if (parted.contains(line.offer())) {
            notComparable++;
            return;
        }
        OfferState here = other.load(line.offer());
        Optional<String> missing = line.entry().ask().flatMap(ask -> References.missing(ask, recordedState, here));
        if (missing.isPresent()) {
            parted.add(line.offer());
            notComparable++;
            if (partings.size() < question.shown()) {
                partings.add(new WhatIfReport.Parting(record.partition(), record.offset(), line.offer(),
                        line.entry().now(), missing.get()));
            }
            return;
        }
        judged++;
        Optional<Entry> now = judge.again(record, line, here, policy);
        Comparison.onOther(line.entry(), now).ifPresent(kind -> differs(record, line, kind, now));
        now.ifPresent(entry -> other.store(here, Evolution.apply(here, entry),
                record.value().map(value -> value.length).orElse(0)));
    }

    private Policy policy(JournalRecord record, String id) {
        Policy then = fold.policy(id).orElseThrow(() -> new StoppedException(record,
                Texts.format("it was decided by policy %s, but the journal has not said before what that is", id),
                "An older release wrote it, which did not record policies: rebuild and explain work on this journal, "
                        + "what-if does not"));
        recorded.add(then);
        return question.with().apply(then);
    }

    private void differs(JournalRecord record, Line.OfOffer line, Kind kind, Optional<Entry> now) {
        totals.merge(kind, 1L, Long::sum);
        differing.add(line.offer());
        if (differences.size() < question.shown()) {
            Entry then = line.entry();
            differences.add(new Difference(record.partition(), record.offset(), line.offer(), then.sequence(),
                    then.now(), then.ask().map(ask -> ask.command().name()), then.ask().map(ask -> ask.actor()), kind,
                    Words.verdict(Optional.of(then).filter(entry -> !(entry.decision() instanceof Decision.Nothing)
                            || !entry.due().isEmpty())), Words.verdict(now)));
        }
    }

    /** Takes down what the fold came to, which ends with it. */
    Retrial done() {
        folded = fold.totals();
        return this;
    }

    int partition() {
        return partition;
    }

    Totals folded() {
        return folded;
    }

    Set<Policy> policies() {
        return recorded;
    }

    Set<String> builds() {
        return builds;
    }

    Map<Kind, Long> totals() {
        return totals;
    }

    List<Difference> differences() {
        return differences;
    }

    List<WhatIfReport.Parting> partings() {
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
