package io.offerflow.codec;

import static io.offerflow.codec.AvroBinary.each;
import static io.offerflow.codec.AvroBinary.instant;
import static io.offerflow.codec.AvroBinary.list;
import static io.offerflow.codec.AvroBinary.optional;

import io.offerflow.avro.OfferType;
import io.offerflow.avro.SectionName;
import io.offerflow.avro.StepName;
import io.offerflow.avro.state.StoredRemovalState;
import io.offerflow.avro.state.StoredRunState;
import io.offerflow.domain.model.OfferFeatures;
import io.offerflow.domain.model.Removal;
import io.offerflow.domain.model.RemovalState;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.state.AudienceSummary;
import io.offerflow.domain.state.LiveVersion;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.PublishingRun;
import io.offerflow.domain.state.RunStatus;
import io.offerflow.domain.state.RunStep;
import io.offerflow.domain.state.SectionRevisions;
import io.offerflow.domain.state.StopSell;
import io.offerflow.domain.state.row.RecentCommands;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * Encodes the header row in the Avro binary of record StoredOffer, field by field in its order, and decodes it. This
 * happens with every command, so there are no intermediate Avro objects; a test compares the bytes with those of Avro.
 */
final class HeaderCodec {

    private static final OfferType[] TYPES = OfferType.values();
    private static final SectionName[] SECTIONS = SectionName.values();
    private static final StepName[] STEPS = StepName.values();
    private static final StoredRunState[] RUN_STATES = StoredRunState.values();
    private static final StoredRemovalState[] REMOVAL_STATES = StoredRemovalState.values();
    private static final EnumPairs<RunStatus, StoredRunState> RUN_STATUS =
            EnumPairs.of(RunStatus.class, StoredRunState.class);
    private static final EnumPairs<RemovalState, StoredRemovalState> REMOVAL_STATE =
            EnumPairs.of(RemovalState.class, StoredRemovalState.class);
    private static final long NEVER = -1;

    private HeaderCodec() {
    }

    static void write(OfferHeader header, Encoder out) throws IOException {
        out.writeBoolean(header.exists());
        out.writeLong(header.sequence());
        instant(header.clock(), out);
        out.writeEnum(EnumMappings.toAvro(header.type()).ordinal());
        out.writeString(header.alias());
        out.writeLong(header.revision());
        out.writeLong(header.submission());
        out.writeLong(header.liveVersion());
        out.writeBoolean(header.features().transactable());
        out.writeBoolean(header.features().testDrive());
        out.writeBoolean(header.features().leads());
        list(header.sections().entrySet(), HeaderCodec::section, out);
        optional(header.run(), HeaderCodec::run, out);
        optional(header.live(), HeaderCodec::live, out);
        optional(header.stop(), HeaderCodec::stop, out);
        out.writeLong(header.epoch());
        out.writeLong(header.revocations());
        out.writeBoolean(header.nothingToSell());
        list(header.planStops().entrySet(), HeaderCodec::planStop, out);
        out.writeBoolean(header.audience().any());
        out.writeBoolean(header.audience().changed());
        out.writeBoolean(header.audience().leftovers());
        optional(header.audience().syncDue(), AvroBinary::instant, out);
        optional(header.removal(), HeaderCodec::removal, out);
        out.writeBytes(header.recentCommands().packed());
        out.writeBytes(header.recentSteps().packed());
    }

    static OfferHeader read(Decoder in) throws IOException {
        OfferHeader.Builder header = OfferHeader.builder();
        header.exists = in.readBoolean();
        header.sequence = in.readLong();
        header.clock = instant(in);
        header.type = EnumMappings.fromAvro(TYPES[in.readEnum()]);
        header.alias = in.readString();
        header.revision = in.readLong();
        header.submission = in.readLong();
        header.liveVersion = in.readLong();
        header.features = new OfferFeatures(in.readBoolean(), in.readBoolean(), in.readBoolean());
        header.sections = sections(in);
        header.run = optional(in, HeaderCodec::run);
        header.live = optional(in, HeaderCodec::live);
        header.stop = optional(in, HeaderCodec::stop);
        header.epoch = in.readLong();
        header.revocations = in.readLong();
        header.nothingToSell = in.readBoolean();
        header.planStops = planStops(in);
        header.audience = new AudienceSummary(in.readBoolean(), in.readBoolean(), in.readBoolean(),
                optional(in, AvroBinary::instant));
        header.removal = optional(in, HeaderCodec::removal);
        header.recentCommands = RecentCommands.of(in.readBytes(null));
        header.recentSteps = RecentCommands.of(in.readBytes(null));
        return header.build();
    }

    private static void section(Map.Entry<SectionId, SectionRevisions> saved, Encoder out) throws IOException {
        out.writeEnum(EnumMappings.toAvro(saved.getKey()).ordinal());
        list(saved.getValue().revisions(), (revision, to) -> {
            to.writeLong(revision.number());
            to.writeLong(revision.digest());
        }, out);
        out.writeInt(saved.getValue().problems());
    }

    private static Map<SectionId, SectionRevisions> sections(Decoder in) throws IOException {
        Map<SectionId, SectionRevisions> sections = new EnumMap<>(SectionId.class);
        each(in, from ->
                sections.put(EnumMappings.fromAvro(SECTIONS[from.readEnum()]), new SectionRevisions(list(from, more ->
                new SectionRevisions.SectionRevision(more.readLong(), more.readLong())), from.readInt())));
        return sections;
    }

    private static void run(PublishingRun run, Encoder out) throws IOException {
        out.writeLong(run.submission());
        out.writeLong(run.revision());
        instant(run.submittedAt(), out);
        out.writeEnum(RUN_STATUS.to(run.state()).ordinal());
        out.writeInt(run.current());
        list(run.progress(), (step, to) -> {
            to.writeEnum(EnumMappings.toAvro(step.step()).ordinal());
            to.writeLong(after(run.submittedAt(), step.startedAt()));
            to.writeLong(after(run.submittedAt(), step.endedAt()));
        }, out);
        out.writeBoolean(run.reported());
    }

    private static PublishingRun run(Decoder in) throws IOException {
        long submission = in.readLong();
        long revision = in.readLong();
        Instant submittedAt = instant(in);
        return new PublishingRun(submission, revision, submittedAt, RUN_STATUS.from(RUN_STATES[in.readEnum()]),
                in.readInt(), list(in, from -> new RunStep(EnumMappings.fromAvro(STEPS[from.readEnum()]),
                        at(submittedAt, from.readLong()), at(submittedAt, from.readLong()))), in.readBoolean());
    }

    private static long after(Instant begin, Optional<Instant> at) {
        return at.map(instant -> instant.toEpochMilli() - begin.toEpochMilli()).orElse(NEVER);
    }

    private static Optional<Instant> at(Instant begin, long after) {
        return after == NEVER ? Optional.empty() : Optional.of(begin.plusMillis(after));
    }

    private static void live(LiveVersion live, Encoder out) throws IOException {
        out.writeLong(live.submission());
        out.writeLong(live.revision());
        instant(live.since(), out);
    }

    private static LiveVersion live(Decoder in) throws IOException {
        return new LiveVersion(in.readLong(), in.readLong(), instant(in));
    }

    private static void stop(StopSell stop, Encoder out) throws IOException {
        out.writeBoolean(stop.done());
        instant(stop.effectiveAt(), out);
    }

    private static StopSell stop(Decoder in) throws IOException {
        return new StopSell(in.readBoolean(), instant(in));
    }

    private static void planStop(Map.Entry<String, Instant> stop, Encoder out) throws IOException {
        out.writeString(stop.getKey());
        instant(stop.getValue(), out);
    }

    private static SortedMap<String, Instant> planStops(Decoder in) throws IOException {
        SortedMap<String, Instant> stops = new TreeMap<>();
        each(in, from -> stops.put(from.readString(), instant(from)));
        return stops;
    }

    private static void removal(Removal removal, Encoder out) throws IOException {
        out.writeLong(removal.number());
        out.writeEnum(REMOVAL_STATE.to(removal.state()).ordinal());
    }

    private static Removal removal(Decoder in) throws IOException {
        return new Removal(in.readLong(), REMOVAL_STATE.from(REMOVAL_STATES[in.readEnum()]));
    }
}
