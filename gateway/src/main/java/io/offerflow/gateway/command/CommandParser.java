package io.offerflow.gateway.command;

import io.offerflow.contract.GeneratedClasses;
import io.offerflow.contract.Topic.Role;
import io.offerflow.contract.Topic;
import io.offerflow.contract.TopicAcls;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.gateway.body.JsonBody;
import io.offerflow.gateway.command.CommandCatalog.CommandType;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.HttpError;
import io.offerflow.identity.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.generic.IndexedRecord;

/** Makes commands of requests, if their callers may send them. */
final class CommandParser {

    /** Largest body of a request: JSON takes more room than the record, which an input topic bounds. */
    static final int LARGEST_BODY = 2 * Topic.INPUT_MAX_BYTES;

    private static final Pattern ENTITY_TAG = Pattern.compile("\"?(\\d{1,18})\"?");
    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private CommandParser() {
    }

    /**
     * The command of a request.
     *
     * @throws HttpError if the caller may not send it, or it is none
     */
    static CommandRecord parse(ApiRequest request) {
        request.allowParameters("dryRun");
        CommandType type = CommandCatalog.named(request.path("command"));
        OfferKey offer = offer(request, type.topic());
        IndexedRecord fields = JsonBody.record(type.fields(), JsonBody.read(request, LARGEST_BODY));
        return record(request, type, offer, IdempotencyKey.of(request), fields);
    }

    /** The command with these fields. */
    static CommandRecord record(ApiRequest request, CommandType type, OfferKey offer, IdempotencyKey key,
            IndexedRecord fields) {
        return record(request, type, offer, key.text(), key.commandId(), fields);
    }

    static CommandRecord record(ApiRequest request, CommandType type, OfferKey offer, String key, String commandId,
            IndexedRecord fields) {
        IndexedRecord envelope = (IndexedRecord) GeneratedClasses.model().newRecord(null, type.topic().schema());
        set(envelope, "commandId", commandId);
        set(envelope, "publisherId", offer.publisherId());
        set(envelope, "offerId", offer.offerId());
        set(envelope, "actor", request.caller().name());
        set(envelope, "issuedAt", Instant.now().truncatedTo(ChronoUnit.MILLIS));
        set(envelope, "validateOnly", isDryRun(request));
        set(envelope, "payload", fields);
        Optional<Long> expectedVersion = expectedVersion(request, type);
        expectedVersion.ifPresent(version -> set(envelope, "expectedVersion", version));
        return new CommandRecord(type.topic(), offer, key, commandId, envelope, expectedVersion,
                request.header("traceparent").filter(header -> TRACE_PARENT.matcher(header).matches()));
    }

    private static void set(IndexedRecord envelope, String field, Object value) {
        envelope.put(envelope.getSchema().getField(field).pos(), value);
    }

    static boolean isDryRun(ApiRequest request) {
        return request.oneOf("dryRun", "false", List.of("true", "false")).equals("true");
    }

    /**
     * The offer of a request.
     *
     * @throws HttpError if the caller has no role for the topic, or acts for other publishers only; an offer of
     *     another publisher is not found, whether it exists or not
     */
    static OfferKey offer(ApiRequest request, Topic topic) {
        Caller caller = request.caller();
        if (!caller.hasAny(topic.writers())) {
            throw HttpError.forbidden("This is for the role %s, which \"%s\" has not.".formatted(topic.writers()
                    .stream().map(TopicAcls::userName).collect(Collectors.joining(" or ")), caller.name()));
        }
        String publisher = request.path("publisher");
        String offer = request.path("offer");
        if (topic.writers().contains(Role.PUBLISHER) && !caller.actsFor(publisher)) {
            throw HttpError.notFound("OFFER_NOT_FOUND", "There is no offer %s/%s.", ApiRequest.shortened(publisher),
                    ApiRequest.shortened(offer));
        }
        return OfferKey.parse(publisher + "/" + offer)
                .filter(key -> key.publisherId().equals(publisher) && !offer.contains("/") && offer.length() <= 100)
                .orElseThrow(() -> HttpError.badRequest("Expected /offers/publisherId/offerId with ids of 1 to 50 "
                        + "lower-case letters, digits, _ and -, but met \"%s/%s\".", ApiRequest.shortened(publisher),
                        ApiRequest.shortened(offer)));
    }

    private static Optional<Long> expectedVersion(ApiRequest request, CommandType type) {
        return request.header("If-Match").map(tag -> {
            Matcher matcher = ENTITY_TAG.matcher(tag.strip());
            if (type.topic() != Topic.OFFER_COMMANDS || !matcher.matches()) {
                throw HttpError.badRequest("Expected If-Match with one draft version in quotes, as in ETag, and with "
                        + "commands of publishers only, but met %s with %s.", ApiRequest.shortened(tag), type.name());
            }
            return Long.valueOf(matcher.group(1));
        });
    }
}
