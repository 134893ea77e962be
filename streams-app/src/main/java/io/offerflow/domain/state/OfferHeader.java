package io.offerflow.domain.state;

import io.offerflow.domain.model.OfferFeatures;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.Removal;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Status;
import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.domain.state.row.RecentCommands;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The facts of one offer: a few hundred bytes that change with every step. Status and visibility are derived from them.
 *
 * @param exists false before it was created and after its draft was deleted; ids and counters outlive a deletion (B13)
 * @param sequence number of the newest entry that touched the offer
 * @param clock the offer's time, which never runs back
 * @param revision the draft version: +1 for each accepted change of the draft (B42)
 * @param submission number of the newest submission
 * @param liveVersion how many versions went live; more than none means ever live, for ever
 * @param features what the draft's Offer setup says
 * @param planStops pending stops of single plans, by when they take effect
 * @param epoch periods in which the offer was on sale, the current one included
 * @param revocations how often everything that customers had was revoked
 * @param nothingToSell whether no plan of the draft would be on sale after a publish (B4)
 */
public record OfferHeader(boolean exists, long sequence, Instant clock, OfferType type, String alias, long revision,
        long submission, long liveVersion, OfferFeatures features, Map<SectionId, SectionRevisions> sections, Optional<PublishingRun> run,
        Optional<LiveVersion> live, Optional<StopSell> stop, SortedMap<String, Instant> planStops, long epoch, long revocations,
        boolean nothingToSell, AudienceSummary audience, Optional<Removal> removal, RecentCommands recentCommands,
        RecentCommands recentSteps) {

    private static final SortedMap<String, Instant> NO_STOPS = Collections.unmodifiableSortedMap(new TreeMap<>());

    /** An offer that nobody ever created. */
    public static final OfferHeader NONE = new OfferHeader(false, 0, Instant.EPOCH, OfferType.SAAS, "", 0, 0, 0,
            OfferFeatures.NONE, Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), new TreeMap<>(), 0, 0,
            false, AudienceSummary.NONE, Optional.empty(), RecentCommands.EMPTY, RecentCommands.EMPTY);

    /** A version that went live before there was any plan is the same as one without plans. */
    private static final long NO_PLANS = PlanOverviewRow.NONE.digest();

    public OfferHeader {
        sections = sections instanceof SectionMap ? sections : new SectionMap(sections);
        planStops = planStops.isEmpty() ? NO_STOPS : Collections.unmodifiableSortedMap(new TreeMap<>(planStops));
    }

    /** The first that matches holds (domain.md 5.0). Only for offers that exist. */
    public Status status() {
        if (activeRun().isPresent()) {
            return Status.PUBLISH_IN_PROGRESS;
        }
        if (run.filter(last -> last.state() == RunStatus.FAILED).isPresent()) {
            return Status.ATTENTION_NEEDED;
        }
        if (stopped()) {
            return Status.NOT_SOLD;
        }
        return live.isPresent() ? Status.LIVE : Status.DRAFT;
    }

    /** Whether a section has to be complete for a submit. */
    public boolean needs(SectionId section) {
        return type.profile().needs(section, features);
    }

    public Optional<PublishingRun> activeRun() {
        return run.filter(PublishingRun::active);
    }

    /** Whether a run is active in this phase. */
    public boolean running(RunPhase phase) {
        return activeRun().filter(active -> active.phase() == phase).isPresent();
    }

    /** Whether customers can get it now; independent of the status (D35), and of who may see its plans (B64). */
    public boolean onSale() {
        return exists && live.isPresent() && !stopped();
    }

    /** Whether a version ever went live: never forgotten (S16, D2). */
    public boolean everLive() {
        return liveVersion > 0;
    }

    public boolean stopPending() {
        return stop.filter(asked -> !asked.done()).isPresent();
    }

    public boolean stopped() {
        return stop.filter(StopSell::done).isPresent();
    }

    /** Whether a section of the draft differs from the live version: by content, not by revision (B11). */
    public boolean changed(SectionId section) {
        if (section == SectionId.PLAN_OVERVIEW && audience.changed()) {
            return true; // A8: differences between audiences count
        }
        Optional<SectionRevisions> saved = Optional.ofNullable(sections.get(section));
        Optional<Long> published = live.flatMap(version -> saved.flatMap(header -> header.at(version.revision())))
                .map(SectionRevisions.SectionRevision::digest)
                .or(() -> live.filter(version -> section == SectionId.PLAN_OVERVIEW).map(version -> NO_PLANS));
        return saved.isPresent() && !published.equals(Optional.of(saved.get().draft().digest()));
    }

    /** Whether the draft differs from the live version. */
    public boolean changed() {
        for (SectionId section : SectionId.values()) {
            if (sections.get(section) != null && changed(section)) {
                return true;
            }
        }
        return false;
    }

    /** Sections in their order, never changed, so that facts which follow from others share them. */
    private static final class SectionMap extends AbstractMap<SectionId, SectionRevisions> {

        private final Map<SectionId, SectionRevisions> sections = new EnumMap<>(SectionId.class);

        SectionMap(Map<SectionId, SectionRevisions> from) {
            sections.putAll(from);
        }

        @Override
        public SectionRevisions get(Object section) {
            return sections.get(section);
        }

        @Override
        public Set<Map.Entry<SectionId, SectionRevisions>> entrySet() {
            return Collections.unmodifiableMap(sections).entrySet();
        }
    }

    /** A copy with some facts changed. */
    OfferHeader change(Consumer<Builder> how) {
        Builder change = new Builder(this);
        how.accept(change);
        return change.header();
    }

    /** Facts on their way to others; fields stand open because it never leaves {@link #change}. */
    static final class Builder {
        private final OfferHeader before;
        boolean exists;
        long sequence;
        Instant clock;
        OfferType type;
        String alias;
        long revision;
        long submission;
        long liveVersion;
        OfferFeatures features;
        Map<SectionId, SectionRevisions> sections;
        Optional<PublishingRun> run;
        Optional<LiveVersion> live;
        Optional<StopSell> stop;
        SortedMap<String, Instant> planStops;
        long epoch;
        long revocations;
        boolean nothingToSell;
        AudienceSummary audience;
        Optional<Removal> removal;
        RecentCommands recentCommands;
        RecentCommands recentSteps;

        private Builder(OfferHeader header) {
            before = header;
            exists = header.exists;
            sequence = header.sequence;
            clock = header.clock;
            type = header.type;
            alias = header.alias;
            revision = header.revision;
            submission = header.submission;
            liveVersion = header.liveVersion;
            features = header.features;
            sections = header.sections;
            run = header.run;
            live = header.live;
            stop = header.stop;
            planStops = header.planStops;
            epoch = header.epoch;
            revocations = header.revocations;
            nothingToSell = header.nothingToSell;
            audience = header.audience;
            removal = header.removal;
            recentCommands = header.recentCommands;
            recentSteps = header.recentSteps;
        }

        /** The sections, to be changed. */
        Map<SectionId, SectionRevisions> sections() {
            if (sections == before.sections) {
                sections = new EnumMap<>(SectionId.class);
                sections.putAll(before.sections);
            }
            return sections;
        }

        /** The pending stops of plans, to be changed. */
        SortedMap<String, Instant> planStops() {
            if (planStops == before.planStops) {
                planStops = new TreeMap<>(before.planStops);
            }
            return planStops;
        }

        private OfferHeader header() {
            return new OfferHeader(exists, sequence, clock, type, alias, revision, submission, liveVersion, features,
                    sections, run, live, stop, planStops, epoch, revocations, nothingToSell, audience, removal, recentCommands,
                    recentSteps);
        }
    }
}
