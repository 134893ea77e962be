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
 * The header row of an offer: a few hundred bytes that change with every step. Status and visibility are derived from
 * it.
 *
 * @param exists false before the creation and after the deletion of the draft; ids and counters stay (B13)
 * @param sequence number of the newest entry that changed the header
 * @param clock the offer's time, which never goes back
 * @param revision the draft version: +1 for each accepted change of the draft (B42)
 * @param submission number of the newest submission
 * @param liveVersion number of versions that went live; never decreases
 * @param features those that Offer setup of the draft switches on
 * @param planStops pending stops of single plans by plan id, with the time at which they take effect
 * @param epoch number of the current or latest sale epoch of the offer, from 1; 0 if it was never on sale
 * @param revocations number of times that all entitlements were revoked
 * @param nothingToSell whether no plan of the draft would be on sale after a publish (B4)
 */
public record OfferHeader(boolean exists, long sequence, Instant clock, OfferType type, String alias, long revision,
        long submission, long liveVersion, OfferFeatures features, Map<SectionId, SectionRevisions> sections,
        Optional<PublishingRun> run, Optional<LiveVersion> live, Optional<StopSell> stop,
        SortedMap<String, Instant> planStops, long epoch, long revocations, boolean nothingToSell,
        AudienceSummary audience, Optional<Removal> removal, RecentCommands recentCommands,
        RecentCommands recentSteps) {

    private static final SortedMap<String, Instant> NO_STOPS = Collections.unmodifiableSortedMap(new TreeMap<>());
    private static final Map<SectionId, SectionRevisions> NO_SECTIONS = new SectionMap(Map.of());

    /** The header of an offer that was never created. */
    public static final OfferHeader NONE = new Builder().build();

    /** The digest of the plans of a version that went live before the first plan. */
    private static final long NO_PLANS = PlanOverviewRow.NONE.digest();

    public OfferHeader {
        sections = sections instanceof SectionMap ? sections : new SectionMap(sections);
        planStops = planStops.isEmpty() ? NO_STOPS : Collections.unmodifiableSortedMap(new TreeMap<>(planStops));
    }

    /** The first status that matches (domain.md 5.0). Only for offers that exist. */
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

    /** Whether customers can get the offer now; independent of the status (D35) and of who may see its plans (B64). */
    public boolean onSale() {
        return exists && live.isPresent() && !stopped();
    }

    /** Whether a version ever went live (S16, D2). */
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
        Optional<Long> published = live.flatMap(version -> saved.flatMap(revisions -> revisions.at(version.revision())))
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

    /** An immutable map of sections in their order, which copies of a header share. */
    private static final class SectionMap extends AbstractMap<SectionId, SectionRevisions> {

        private final Map<SectionId, SectionRevisions> sections;

        /** Owns an {@link EnumMap}, which only the builder of the header had; copies any other map. */
        SectionMap(Map<SectionId, SectionRevisions> from) {
            sections = from instanceof EnumMap ? from : new EnumMap<>(SectionId.class);
            if (sections != from) {
                sections.putAll(from);
            }
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

    /** A builder of a header with the fields of {@link #NONE}. */
    public static Builder builder() {
        return new Builder();
    }

    /** A copy of this header with the changes that {@code how} makes to it. */
    OfferHeader change(Consumer<Builder> how) {
        Builder copy = new Builder(this);
        how.accept(copy);
        return copy.build();
    }

    /** A mutable header, whose fields are set by name; {@link #build} makes the header of them. */
    public static final class Builder {
        public boolean exists;
        public long sequence;
        public Instant clock = Instant.EPOCH;
        public OfferType type = OfferType.SAAS;
        public String alias = "";
        public long revision;
        public long submission;
        public long liveVersion;
        public OfferFeatures features = OfferFeatures.NONE;
        public Map<SectionId, SectionRevisions> sections = NO_SECTIONS;
        public Optional<PublishingRun> run = Optional.empty();
        public Optional<LiveVersion> live = Optional.empty();
        public Optional<StopSell> stop = Optional.empty();
        public SortedMap<String, Instant> planStops = NO_STOPS;
        public long epoch;
        public long revocations;
        public boolean nothingToSell;
        public AudienceSummary audience = AudienceSummary.NONE;
        public Optional<Removal> removal = Optional.empty();
        public RecentCommands recentCommands = RecentCommands.EMPTY;
        public RecentCommands recentSteps = RecentCommands.EMPTY;
        private final Map<SectionId, SectionRevisions> sharedSections;
        private final SortedMap<String, Instant> sharedStops;

        private Builder() {
            sharedSections = sections;
            sharedStops = planStops;
        }

        private Builder(OfferHeader header) {
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
            sharedSections = sections;
            sharedStops = planStops;
        }

        /** The sections as a map that can be changed: copied before the first change. */
        Map<SectionId, SectionRevisions> sections() {
            if (sections == sharedSections) {
                sections = new EnumMap<>(SectionId.class);
                sections.putAll(sharedSections);
            }
            return sections;
        }

        /** The pending stops of plans as a map that can be changed: copied before the first change. */
        SortedMap<String, Instant> planStops() {
            if (planStops == sharedStops) {
                planStops = new TreeMap<>(sharedStops);
            }
            return planStops;
        }

        public OfferHeader build() {
            return new OfferHeader(exists, sequence, clock, type, alias, revision, submission, liveVersion, features,
                    sections, run, live, stop, planStops, epoch, revocations, nothingToSell, audience, removal,
                    recentCommands, recentSteps);
        }
    }
}
