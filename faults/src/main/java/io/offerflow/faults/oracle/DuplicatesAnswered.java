package io.offerflow.faults.oracle;

import io.offerflow.avro.EntryResult;
import io.offerflow.avro.FirstDecision;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.Reason;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.topology.outputs.Transition;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link Promise#DUPLICATES}: remembers the answers of each offer, customer and pipeline as the documents say. */
final class DuplicatesAnswered implements Oracle {

    private static final Set<Reason> NOT_REMEMBERED =
            EnumSet.of(Reason.MALFORMED, Reason.INTERNAL_ERROR, Reason.OFFER_NOT_FOUND, Reason.COMMAND_ID_REUSED);

    /** A sender's memory: by command id, the result and the reason of the first answer. */
    private record Scope(OfferKey offer, String sender, int size) {
    }

    private final Violations violations;
    private final Map<Scope, LinkedHashMap<String, String>> answers = new HashMap<>();

    DuplicatesAnswered(Violations violations) {
        this.violations = violations;
    }

    @Override
    public void entry(JournalStep step) {
        step.transition().ifPresent(transition -> transition.entry().envelope().ifPresent(envelope ->
                scope(transition.after().key(), envelope).ifPresent(scope ->
                        answered(scope, envelope, step.entry(), transition))));
    }

    private static Optional<Scope> scope(OfferKey offer, CommandEnvelope envelope) {
        return envelope.validateOnly() ? Optional.empty() : switch (envelope.command()) {
            case Command.ByPipeline result -> Optional.of(new Scope(offer, "pipeline", 4));
            case Command.AcquirePlan acquire -> Optional.of(
                    new Scope(offer, acquire.planId() + "/" + acquire.customerId(), 4));
            case Command.DownloadOffer read -> Optional.empty();
            case Command.ByPublisher command -> Optional.of(new Scope(offer, "publisher", 16));
            case Command.BySupport decision -> Optional.of(new Scope(offer, "publisher", 16));
        };
    }

    private void answered(Scope scope, CommandEnvelope envelope, JournalEntry entry, Transition transition) {
        LinkedHashMap<String, String> known = answers.computeIfAbsent(scope, first -> new LinkedHashMap<>());
        Optional<String> before = Optional.ofNullable(known.get(envelope.commandId()));
        Optional<String> first = Optional.ofNullable(entry.getFirst()).map(DuplicatesAnswered::text);
        if (entry.getReason() != Reason.MALFORMED && !before.equals(first)) {
            violations.add("entry %d answers %s as %s, but the first answer to its id was %s", entry.getNumber(),
                    envelope.commandId(), first.orElse("new"), before.orElse("none"));
        }
        boolean repeated = entry.getResult() == EntryResult.DUPLICATE || entry.getReason() == Reason.COMMAND_ID_REUSED;
        if (repeated == first.isEmpty() || repeated && !entry.getEvents().isEmpty() && !isImport(envelope)) {
            violations.add("entry %d answers %s as a duplicate with %d events", entry.getNumber(),
                    envelope.commandId(), entry.getEvents().size());
        }
        boolean met = remains(transition.before().header()) || remains(transition.after().header()); // B40
        if (!repeated && !NOT_REMEMBERED.contains(entry.getReason()) && met) {
            known.put(envelope.commandId(), "%s %s".formatted(entry.getResult(), entry.getReason()));
            if (known.size() > scope.size()) {
                known.remove(known.firstEntry().getKey());
            }
        }
    }

    private static boolean remains(OfferHeader header) {
        return header.exists() || header.everLive();
    }

    /** A refused chunk ends its import (B34). */
    private static boolean isImport(CommandEnvelope envelope) {
        return envelope.command() instanceof Command.ImportAudience;
    }

    private static String text(FirstDecision first) {
        return "%s %s".formatted(first.getResult(), first.getReason());
    }
}
