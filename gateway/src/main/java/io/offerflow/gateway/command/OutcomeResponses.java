package io.offerflow.gateway.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.FirstAnswer;
import io.offerflow.avro.Reason;
import io.offerflow.avro.Result;
import io.offerflow.contract.answer.Answer;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import io.offerflow.http.Json;
import java.util.List;
import java.util.Optional;

/**
 * The answers of the service as responses. The JSON of an outcome is that of the topic, and two fields:
 * {@code repeated}, whether the command had been sent before, and {@code location}. A repeated command has the result,
 * reason and draft version of its first outcome.
 */
final class OutcomeResponses {

    private static final String CREATE_OFFER = "CreateOffer";

    private OutcomeResponses() {
    }

    /**
     * The response to a command whose outcome is known.
     *
     * @param expectedVersion the draft version that the client saw
     * @param path of the outcome
     * @throws HttpError if the command was refused, or could not be read
     */
    static ApiResponse decided(OfferKey offer, Optional<Long> expectedVersion, String path, Answer answer) {
        ObjectNode json = json(answer, offer, path);
        return switch (answer) {
            case Answer.Quarantined quarantined -> throw HttpError.of(
                    RefusalStatus.of(quarantined.record().getReason()), quarantined.reason(), "%s",
                    quarantined.detail()).with(json);
            case Answer.Outcome outcome when result(outcome.record()) == Result.REJECTED -> {
                expectedVersion.ifPresent(version -> json.put("expectedVersion", version));
                Reason reason = reason(outcome.record()).orElse(Reason.UNKNOWN);
                throw HttpError.of(RefusalStatus.of(reason), reason.name(), "%s", json.get("detail").textValue())
                        .with(json);
            }
            case Answer.Outcome outcome -> accepted(offer, outcome.record(), path, json);
        };
    }

    private static ApiResponse accepted(OfferKey offer, CommandOutcome outcome, String path, ObjectNode json) {
        boolean created = outcome.getCommand().equals(CREATE_OFFER) && !outcome.getValidateOnly();
        ApiResponse response = ApiResponse.json(created ? 201 : 200, json)
                .withHeader("ETag", "\"%d\"".formatted(json.get("draftVersion").asLong()))
                .withHeader("Content-Location", path);
        return created ? response.withHeader("Location", "/offers/" + offer) : response;
    }

    /** The response to a command whose outcome is not known yet. */
    static ApiResponse pending(OfferKey offer, String path) {
        ObjectNode node = Json.object().put("publisherId", offer.publisherId()).put("offerId", offer.offerId())
                .put("result", "PENDING").put("location", path);
        return ApiResponse.json(202, node).withHeader("Location", path).withHeader("Retry-After", "1");
    }

    /** An answer as JSON. */
    static ObjectNode json(Answer answer, OfferKey offer, String path) {
        ObjectNode node = Json.object().put("publisherId", offer.publisherId()).put("offerId", offer.offerId());
        node.setAll((ObjectNode) AvroJson.write(answer.record()));
        if (answer instanceof Answer.Outcome outcome) {
            node.put("repeated", outcome.record().getResult() == Result.DUPLICATE)
                    .put("result", result(outcome.record()).name());
            node.set("reason", Json.text(reason(outcome.record()).map(Reason::name)));
            node.put("draftVersion", first(outcome.record()).map(FirstAnswer::getDraftVersion)
                    .orElse(outcome.record().getDraftVersion()));
            if (node.get("detail").isNull() && result(outcome.record()) == Result.REJECTED) {
                node.put("detail", "The command was sent before, and refused for this reason.");
            }
        } else {
            node.remove(List.of("key", "value", "headers", "cut"));
            node.put("result", answer.result()).put("repeated", false);
        }
        return node.put("location", path);
    }

    /** The first answer to a command that was repeated; with a reused id, it is that of another command. */
    private static Optional<FirstAnswer> first(CommandOutcome outcome) {
        return outcome.getResult() == Result.DUPLICATE ? Optional.ofNullable(outcome.getFirst()) : Optional.empty();
    }

    private static Result result(CommandOutcome outcome) {
        return first(outcome).map(FirstAnswer::getResult).orElse(outcome.getResult());
    }

    private static Optional<Reason> reason(CommandOutcome outcome) {
        return first(outcome).map(FirstAnswer::getReason).or(() -> Optional.ofNullable(outcome.getReason()));
    }
}
