package io.offerflow.codec;

import io.offerflow.avro.DueEvent;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.EntryResult;
import io.offerflow.avro.FirstDecision;
import io.offerflow.avro.InputPosition;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.JournalInput;
import io.offerflow.avro.PolicySetting;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision.OriginalOutcome;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PolicySettings;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.model.Rule;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.generic.IndexedRecord;

/** Maps the domain's entries to journal entries and back. */
public final class JournalMapping {

    /** The build and the policy that decide, as every entry records them. */
    public record DecidedBy(String build, String policy) {
    }

    private static final Set<EntryKind> NO_OFFER = EnumSet.of(EntryKind.POLICY, EntryKind.POSITION);

    private final DecidedBy decidedBy;

    public JournalMapping(DecidedBy decidedBy) {
        this.decidedBy = decidedBy;
    }

    /**
     * The journal entry; an entry without a source was made by the passing of time.
     *
     * @param number of the entry in its partition
     */
    public JournalEntry toAvro(long number, Entry entry, Optional<SourceRecord> source) {
        EnumMappings.OutcomeParts parts = EnumMappings.OutcomeParts.of(entry.decision());
        JournalEntry stored = empty(number, source.isPresent() ? EntryKind.INPUT : EntryKind.TIME, entry.clock());
        stored.setSequence(entry.sequence());
        stored.setInput(source.map(JournalMapping::input).orElse(null));
        stored.setDue(entry.dueEvents().stream().map(JournalMapping::due).toList());
        stored.setResult(parts.result().map(result -> EntryResult.valueOf(result.name())).orElse(EntryResult.NONE));
        stored.setReason(parts.reason().map(EnumMappings::toAvro).orElse(null));
        stored.setDetail(parts.detail().orElse(null));
        stored.setFirst(parts.first().map(JournalMapping::first).orElse(null));
        stored.setProblems(EnumMappings.problems(parts.problems()));
        stored.setDownload(parts.download().orElse(null));
        stored.setEvents(List.copyOf(entry.decision().events().stream().map(EventMapping::toAvro).toList()));
        stored.setRule(entry.decision().rule().id());
        return stored;
    }

    /** The journal entry that records which policy decides from here on in its partition. */
    public JournalEntry policy(long number, Policy policy, Instant at) {
        JournalEntry stored = empty(number, EntryKind.POLICY, at);
        stored.setPolicy(policy.id());
        stored.setSettings(PolicySettings.of(policy).entrySet().stream()
                .map(setting -> new PolicySetting(setting.getKey(), setting.getValue())).toList());
        return stored;
    }

    /** The journal entry that records where inputs are taken from here on in its partition. */
    public JournalEntry positions(long number, List<InputPosition> positions, Instant at) {
        JournalEntry stored = empty(number, EntryKind.POSITION, at);
        stored.setPositions(positions);
        return stored;
    }

    /** The journal entry of an input that could not be read. */
    public JournalEntry quarantined(long number, SourceRecord source, String detail) {
        JournalEntry stored = empty(number, EntryKind.INPUT, source.appendedAt());
        stored.setInput(input(source));
        stored.setResult(EntryResult.QUARANTINED);
        stored.setDetail(detail);
        return stored;
    }

    /** An entry without a decision. */
    private JournalEntry empty(long number, EntryKind kind, Instant at) {
        JournalEntry stored = new JournalEntry();
        stored.setKind(kind);
        stored.setNumber(number);
        stored.setNow(at);
        stored.setBuild(decidedBy.build());
        stored.setPolicy(decidedBy.policy());
        stored.setDue(List.of());
        stored.setResult(EntryResult.NONE);
        stored.setProblems(List.of());
        stored.setEvents(List.of());
        stored.setSettings(List.of());
        stored.setPositions(List.of());
        stored.setRule(Rule.NONE.id());
        return stored;
    }

    /**
     * The policy that an entry of kind POLICY records.
     *
     * @throws IllegalArgumentException if it has settings that this release does not know
     */
    public static Policy policy(JournalEntry stored) {
        return PolicySettings.policy(stored.getSettings().stream()
                .collect(Collectors.toMap(PolicySetting::getName, PolicySetting::getValue)));
    }

    /**
     * The domain's entry for a journal entry.
     *
     * @param decodeInput reads the command of an input
     * @return empty for an entry that concerns no offer: an input that could not be read, a policy, a position
     * @throws IllegalArgumentException if the entry has an event or result that this release does not know
     */
    public static Optional<Entry> fromAvro(JournalEntry stored, Function<JournalInput, CommandEnvelope> decodeInput) {
        if (stored.getResult() == EntryResult.QUARANTINED || NO_OFFER.contains(stored.getKind())) {
            return Optional.empty();
        }
        Optional<CommandEnvelope> envelope = Optional.ofNullable(stored.getInput()).map(decodeInput);
        List<Entry.DueEvent> due = stored.getDue().stream().map(JournalMapping::due).toList();
        return Optional.of(new Entry(stored.getSequence(), stored.getNow(), envelope, due, decision(stored, envelope)));
    }

    /** The command in the input of a journal entry. */
    public static CommandEnvelope envelope(JournalInput input, InputMapping mapping,
            BiFunction<Topic, byte[], IndexedRecord> decode) {
        Topic topic = Topic.named(input.getSource().getTopic()).orElseThrow(() -> new IllegalArgumentException(
                "this release does not know the topic " + input.getSource().getTopic()));
        ByteBuffer value = input.getValue().duplicate();
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return mapping.fromAvro(decode.apply(topic, bytes)).envelope();
    }

    private static Decision decision(JournalEntry stored, Optional<CommandEnvelope> envelope) {
        Rule rule = Rule.withId(stored.getRule());
        Optional<Reason> reason = EnumMappings.fromAvro(stored.getReason());
        String detail = Optional.ofNullable(stored.getDetail()).orElse("");
        Optional<OriginalOutcome> first = Optional.ofNullable(stored.getFirst()).map(answer -> new OriginalOutcome(
                OutcomeResult.valueOf(answer.getResult().name()), EnumMappings.fromAvro(answer.getReason()),
                answer.getDraftVersion()));
        return switch (stored.getResult()) {
            case ACCEPTED -> new Decision.Accepted(rule, stored.getEvents().stream()
                    .<Event>map(event -> EventMapping.fromAvro(event, envelope.orElseThrow().command())).toList(),
                    Optional.ofNullable(stored.getDownload()));
            case REJECTED -> first.<Decision>map(answer -> new Decision.CommandIdReused(detail, answer)).orElseGet(() ->
                    new Decision.Rejected(rule, reason.orElseThrow(), detail,
                            EnumMappings.fromProblems(stored.getProblems())));
            case DUPLICATE -> new Decision.Duplicate(first.orElseThrow());
            case IGNORED -> new Decision.Ignored(rule, reason.orElseThrow(), detail);
            case NONE, QUARANTINED -> new Decision.TimePassed();
            case UNKNOWN -> throw new IllegalArgumentException(
                    RootLocaleText.format("this release does not know the result of entry %d", stored.getSequence()));
        };
    }

    private static DueEvent due(Entry.DueEvent due) {
        return new DueEvent(due.at(), EventMapping.toAvro(due.event()), due.rule().id());
    }

    private static Entry.DueEvent due(DueEvent due) {
        return new Entry.DueEvent(due.getAt(), Rule.withId(due.getRule()), EventMapping.fromAvro(due.getEvent()));
    }

    private static JournalInput input(SourceRecord source) {
        return new JournalInput(source.coordinates(), source.appendedAt(),
                source.value().map(ByteBuffer::wrap).orElse(null),
                source.traceparent().orElse(null));
    }

    private static FirstDecision first(OriginalOutcome answer) {
        return new FirstDecision(EnumMappings.toAvro(answer.result()),
                answer.reason().map(EnumMappings::toAvro).orElse(null),
                answer.draftVersion());
    }
}
