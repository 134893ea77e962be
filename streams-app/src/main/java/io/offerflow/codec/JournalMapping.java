package io.offerflow.codec;

import io.offerflow.avro.DueEvent;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.EntryResult;
import io.offerflow.avro.FirstDecision;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.generic.IndexedRecord;

/** Entries to lines of the journal and back. */
public final class JournalMapping {

    /** Names who decided, for those who read the journal later. */
    public record DecidedBy(String build, String policy) {
    }

    private final DecidedBy decider;

    public JournalMapping(DecidedBy decider) {
        this.decider = decider;
    }

    /** The line for an entry; an entry without an origin was made by the passing of time. */
    public JournalEntry toAvro(Entry entry, Optional<SourceRecord> origin) {
        EnumMappings.OutcomeParts answer = EnumMappings.OutcomeParts.of(entry.decision());
        return new JournalEntry(origin.isPresent() ? EntryKind.INPUT : EntryKind.TIME, entry.sequence(), entry.clock(),
                decider.build(), decider.policy(), origin.map(JournalMapping::input).orElse(null),
                entry.dueEvents().stream().map(JournalMapping::due).toList(),
                answer.result().map(result -> EntryResult.valueOf(result.name())).orElse(EntryResult.NONE),
                answer.reason().map(EnumMappings::toAvro).orElse(null), answer.detail().orElse(null),
                answer.first().map(JournalMapping::first).orElse(null), EnumMappings.problems(answer.problems()),
                answer.download().orElse(null), List.copyOf(entry.decision().events().stream().map(EventMapping::toAvro).toList()),
                List.of(), entry.decision().rule().id());
    }

    /** The line that says which policy decides from here on in its partition. */
    public JournalEntry policy(Policy policy, Instant at) {
        return new JournalEntry(EntryKind.POLICY, 0L, at, decider.build(), policy.id(), null, List.of(),
                EntryResult.NONE, null, null, null, List.of(), null, List.of(), PolicySettings.of(policy).entrySet()
                        .stream().map(setting -> new PolicySetting(setting.getKey(), setting.getValue())).toList(),
                Rule.NONE.id());
    }

    /**
     * The policy that a line of kind POLICY records.
     *
     * @throws IllegalArgumentException if it has settings that this release does not know
     */
    public static Policy policy(JournalEntry stored) {
        return PolicySettings.policy(stored.getSettings().stream()
                .collect(Collectors.toMap(PolicySetting::getName, PolicySetting::getValue)));
    }

    /** The line for an input that could not be read. */
    public JournalEntry quarantined(SourceRecord origin, String detail) {
        return new JournalEntry(EntryKind.INPUT, 0L, origin.appendedAt(), decider.build(), decider.policy(),
                input(origin), List.of(), EntryResult.QUARANTINED, null, detail, null, List.of(), null, List.of(),
                List.of(), Rule.NONE.id());
    }

    /**
     * The entry of a line; empty for an input that could not be read, and for a policy.
     *
     * @param asked what the input of the line asks
     */
    public static Optional<Entry> fromAvro(JournalEntry stored, Function<JournalInput, CommandEnvelope> decodeInput) {
        if (stored.getResult() == EntryResult.QUARANTINED || stored.getKind() == EntryKind.POLICY) {
            return Optional.empty();
        }
        Optional<CommandEnvelope> envelope = Optional.ofNullable(stored.getInput()).map(decodeInput);
        List<Entry.DueEvent> due = stored.getDue().stream().map(JournalMapping::due).toList();
        return Optional.of(new Entry(stored.getSequence(), stored.getNow(), envelope, due, decision(stored, envelope)));
    }

    /** The value of a line's input, as the type of the topic it came from. */
    public static CommandEnvelope envelope(JournalInput input, InputMapping mapping,
            java.util.function.BiFunction<Topic, byte[], IndexedRecord> decode) {
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

    private static JournalInput input(SourceRecord origin) {
        return new JournalInput(origin.coordinates(), origin.appendedAt(),
                origin.value(Topic.INPUT_MAX_BYTES).map(ByteBuffer::wrap).orElse(null),
                origin.traceparent().orElse(null), origin.step());
    }

    private static FirstDecision first(OriginalOutcome answer) {
        return new FirstDecision(EnumMappings.toAvro(answer.result()), answer.reason().map(EnumMappings::toAvro).orElse(null),
                answer.draftVersion());
    }
}
