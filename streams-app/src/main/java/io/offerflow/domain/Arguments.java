package io.offerflow.domain;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is wrong with the arguments of a command, whatever offer it meets: the first check of all (B26). */
final class Arguments {

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    static final Pattern GUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int MOST_MESSAGES = 20;
    private static final int MESSAGE_LENGTH = 4_000;
    private static final int ACTOR_LENGTH = 200;

    private final Limits limits;

    Arguments(Limits limits) {
        this.limits = limits;
    }

    /** The refusal of a command whose arguments are missing or ill-typed. */
    Optional<Decision> fault(Ask ask) {
        return wrongId(ask).or(() -> wrong(ask.command()))
                .map(fault -> Decision.reject(Reason.MALFORMED, "%s", fault));
    }

    private Optional<String> wrongId(Ask ask) {
        if (!UUID_TEXT.matcher(ask.commandId()).matches()) {
            return Optional.of("Expected commandId to be a UUID, but it is \"%s\".".formatted(shortened(ask.commandId())));
        }
        return ask.actor().isBlank() || length(ask.actor()) > ACTOR_LENGTH
                ? Optional.of("Expected actor to have 1 to %d characters, but it has %d."
                        .formatted(ACTOR_LENGTH, length(ask.actor().strip())))
                : Optional.empty();
    }

    private Optional<String> wrong(Command command) {
        return switch (command) {
            case Command.CreateOffer create when Names.find(OfferType.values(), create.offerType()).isEmpty() ->
                    Optional.of("Expected offerType to be a kind of offer, but it is \"%s\". Did you mean %s?".formatted(
                            shortened(create.offerType()), Names.closest(OfferType.values(), create.offerType())));
            case Command.CreateOffer create when create.alias().isBlank() || length(create.alias()) > limits.alias() ->
                    Optional.of("Expected an alias of 1 to %d characters, but it has %d.".formatted(limits.alias(),
                            length(create.alias().strip()))); // V3, B55
            case Command.SaveSection save when save.section().equals(SectionId.PLAN_OVERVIEW.name()) ->
                    Optional.of("Expected a section with content of its own, but PLAN_OVERVIEW holds nothing: "
                            + "the plan commands are the save of that section."); // B24
            case Command.SaveSection save when save.content().isEmpty() ->
                    Optional.of("Expected the new content of section %s, but content is missing."
                            .formatted(shortened(save.section())));
            case Command.SubmitOffer submit when length(submit.notes().orElse("")) > limits.notes() ->
                    Optional.of("Expected notesForCertification of at most %,d characters, but they have %,d.".formatted(
                            limits.notes(), length(submit.notes().orElse("")))); // S8
            case Command.AddAudienceId add when Names.find(AudienceType.values(), add.type()).isEmpty() ->
                    Optional.of("Expected type to be TENANT or SUBSCRIPTION, but it is \"%s\"."
                            .formatted(shortened(add.type())));
            case Command.ImportAudience chunk -> wrong(chunk);
            case Command.ByPipeline result -> messages(result.messages());
            case Command.ByCustomer customer when !GUID.matcher(customer.customerId()).matches() ->
                    Optional.of("Expected customerId to be a GUID in lower case, but it is \"%s\"."
                            .formatted(shortened(customer.customerId())));
            case Command.ByPublisher fine -> Optional.empty();
            case Command.ByCustomer fine -> Optional.empty();
            case Command.BySupport fine -> Optional.empty();
        };
    }

    /** B34: what is wrong with a chunk, whatever came before it. */
    private static Optional<String> wrong(Command.ImportAudience chunk) {
        if (!UUID_TEXT.matcher(chunk.importId()).matches()) {
            return Optional.of("Expected importId to be a UUID, but it is \"%s\".".formatted(shortened(chunk.importId())));
        }
        if (chunk.chunks() < 1 || chunk.index() < 0 || chunk.index() >= chunk.chunks()) {
            return Optional.of("Expected a chunk with an index from 0 to below chunks, but it is chunk %d of %d."
                    .formatted(chunk.index(), chunk.chunks()));
        }
        return chunk.total() < 0 || chunk.rows().size() > Command.ImportAudience.MOST_ROWS
                ? Optional.of("Expected at most %d rows in a chunk and a total of at least 0, but there are %d of %d."
                        .formatted(Command.ImportAudience.MOST_ROWS, chunk.rows().size(), chunk.total()))
                : Optional.empty();
    }

    private static Optional<String> messages(List<StepMessage> messages) {
        if (messages.size() > MOST_MESSAGES) {
            return Optional.of("Expected at most %d messages, but there are %d.".formatted(MOST_MESSAGES,
                    messages.size()));
        }
        return messages.stream().filter(message -> length(message.text()) > MESSAGE_LENGTH).findFirst()
                .map(message -> "Expected messages of at most %,d characters, but one has %,d."
                        .formatted(MESSAGE_LENGTH, length(message.text())));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    static String shortened(String text) {
        return length(text) <= 80 ? text : text.substring(0, text.offsetByCodePoints(0, 80)) + "…";
    }
}
