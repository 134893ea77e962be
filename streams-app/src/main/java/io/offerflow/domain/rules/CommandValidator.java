package io.offerflow.domain.rules;

import io.offerflow.domain.model.AudienceType;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.EnumNames;
import io.offerflow.domain.model.Limits;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.StepMessage;
import java.util.List;
import java.util.Optional;

/** Checks the arguments of a command without looking at the offer: the first check of all (B26). */
public final class CommandValidator {

    private static final int MAX_MESSAGES = 20;
    private static final int MAX_MESSAGE_LENGTH = 4_000;
    private static final int MAX_ACTOR_LENGTH = 200;

    private final Limits limits;

    public CommandValidator(Limits limits) {
        this.limits = limits;
    }

    /** The refusal of a command whose arguments are missing or ill-typed; empty if they are valid. */
    public Optional<Decision> validate(CommandEnvelope envelope) {
        return wrongSender(envelope).or(() -> wrong(envelope.command()));
    }

    private static Optional<Decision> malformed(Rule rule, String sentence, Object... values) {
        return Optional.of(Decision.reject(rule, Reason.MALFORMED, sentence, values));
    }

    private static Optional<Decision> wrongSender(CommandEnvelope envelope) {
        if (!GuidFormat.matches(envelope.commandId())) {
            return malformed(Rule.V30,
                    "Expected commandId to be a UUID, but it is \"%s\".", shortened(envelope.commandId()));
        }
        return envelope.actor().isBlank() || length(envelope.actor()) > MAX_ACTOR_LENGTH
                ? malformed(Rule.V30, "Expected actor to have 1 to %d characters, but it has %d.", MAX_ACTOR_LENGTH,
                        length(envelope.actor().strip()))
                : Optional.empty();
    }

    private Optional<Decision> wrong(Command command) {
        return switch (command) {
            case Command.CreateOffer create when EnumNames.find(OfferType.values(), create.offerType()).isEmpty() ->
                    malformed(Rule.B26, "Expected offerType to be a kind of offer, but it is \"%s\". Did you mean %s?",
                            shortened(create.offerType()), EnumNames.closest(OfferType.values(), create.offerType()));
            case Command.CreateOffer create when create.alias().isBlank() || length(create.alias()) > limits.alias() ->
                    malformed(Rule.B55, "Expected an alias of 1 to %d characters, but it has %d.", limits.alias(),
                            length(create.alias().strip()));
            case Command.SaveSection save when save.section().equals(SectionId.PLAN_OVERVIEW.name()) ->
                    malformed(Rule.B24, "Expected a section with content of its own, but PLAN_OVERVIEW holds nothing: "
                            + "the plan commands are the save of that section.");
            case Command.SaveSection save when save.content().isEmpty() ->
                    malformed(Rule.B26, "Expected the new content of section %s, but content is missing.",
                            shortened(save.section()));
            case Command.SubmitOffer submit when length(submit.notes().orElse("")) > limits.notes() ->
                    malformed(Rule.B26, "Expected notesForCertification of at most %,d characters, but they have %,d.",
                            limits.notes(), length(submit.notes().orElse(""))); // S8
            case Command.AddAudienceId add when EnumNames.find(AudienceType.values(), add.type()).isEmpty() ->
                    malformed(Rule.B26, "Expected type to be TENANT or SUBSCRIPTION, but it is \"%s\".",
                            shortened(add.type()));
            case Command.ImportAudience chunk -> wrong(chunk);
            case Command.ByPipeline result -> messages(result.messages());
            case Command.ByCustomer customer when !GuidFormat.matchesLowerCase(customer.customerId()) ->
                    malformed(Rule.B26, "Expected customerId to be a GUID in lower case, but it is \"%s\".",
                            shortened(customer.customerId()));
            case Command.ByPublisher fine -> Optional.empty();
            case Command.ByCustomer fine -> Optional.empty();
            case Command.BySupport fine -> Optional.empty();
        };
    }

    /** The refusal of a chunk that is invalid by itself. */
    private static Optional<Decision> wrong(Command.ImportAudience chunk) {
        if (!GuidFormat.matches(chunk.importId())) {
            return malformed(Rule.B34,
                    "Expected importId to be a UUID, but it is \"%s\".", shortened(chunk.importId()));
        }
        if (chunk.chunks() < 1 || chunk.index() < 0 || chunk.index() >= chunk.chunks()) {
            return malformed(Rule.B34,
                    "Expected a chunk with an index from 0 to below chunks, but it is chunk %d of %d.",
                    chunk.index(), chunk.chunks());
        }
        return chunk.total() < 0 || chunk.rows().size() > Command.ImportAudience.MAX_ROWS
                ? malformed(Rule.B34,
                        "Expected at most %d rows in a chunk and a total of at least 0, but there are %d of %d.",
                        Command.ImportAudience.MAX_ROWS, chunk.rows().size(), chunk.total())
                : Optional.empty();
    }

    private static Optional<Decision> messages(List<StepMessage> messages) {
        if (messages.size() > MAX_MESSAGES) {
            return malformed(Rule.B26,
                    "Expected at most %d messages, but there are %d.", MAX_MESSAGES, messages.size());
        }
        return messages.stream().filter(message -> length(message.text()) > MAX_MESSAGE_LENGTH).findFirst()
                .flatMap(message -> malformed(Rule.B26, "Expected messages of at most %,d characters, but one has %,d.",
                        MAX_MESSAGE_LENGTH, length(message.text())));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    static String shortened(String text) {
        return length(text) <= 80 ? text : text.substring(0, text.offsetByCodePoints(0, 80)) + "…";
    }
}
