package io.offerflow.gateway.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.Recipients;
import io.offerflow.avro.Subscription;
import io.offerflow.avro.SubscriptionState;
import io.offerflow.contract.Topic.Role;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.gateway.body.JsonBody;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import io.offerflow.http.Json;
import io.offerflow.identity.Caller;
import io.offerflow.notifier.directory.DirectoryEditor;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Recipients of e-mails and subscriptions of webhooks over HTTP, with the rules of the command line's verbs. A
 * publisher sets its own recipients; subscriptions refer to secrets of the notifier, so they are for the role support.
 */
public final class DirectoryService {

    private static final int LARGEST_BODY = 64 * 1024;

    private final DirectoryEditor editor;

    public DirectoryService(DirectoryEditor editor) {
        this.editor = editor;
    }

    /** The recipients of a publisher. */
    public ApiResponse recipients(ApiRequest request) {
        request.allowParameters();
        String publisher = publisher(request);
        Map<String, Recipients> all = connected(() -> editor.read().recipients());
        return Optional.ofNullable(all.get(publisher)).map(DirectoryService::row).orElseThrow(() -> HttpError.notFound(
                "NO_RECIPIENTS", "Publisher %s has no recipients.", ApiRequest.shortened(publisher)));
    }

    /** Sets the recipients of a publisher. */
    public ApiResponse setRecipients(ApiRequest request) {
        request.allowParameters();
        String publisher = publisher(request);
        Recipients wanted = (Recipients) body(request, Recipients.getClassSchema(), Map.of("publisherId", publisher,
                "since", Instant.EPOCH.toString()));
        return connected(() -> row(editor.setRecipients(publisher, wanted.getAddresses(),
                Optional.ofNullable(wanted.getLanguage()), wanted.getKinds())));
    }

    /** Removes the recipients of a publisher. */
    public ApiResponse removeRecipients(ApiRequest request) {
        request.allowParameters();
        String publisher = publisher(request);
        return connected(() -> {
            editor.removeRecipients(publisher);
            return ApiResponse.bytes(204, "application/json", new byte[0]);
        });
    }

    /** All subscriptions. */
    public ApiResponse subscriptions(ApiRequest request) {
        request.allowParameters();
        support(request);
        Collection<Subscription> all = connected(() -> new TreeMap<>(editor.read().subscriptions())).values();
        ObjectNode node = Json.object();
        ArrayNode rows = node.putArray("subscriptions");
        all.forEach(subscription -> rows.add(AvroJson.write(subscription)));
        return ApiResponse.json(node);
    }

    /** One subscription. */
    public ApiResponse subscription(ApiRequest request) {
        request.allowParameters();
        return row(known(request));
    }

    /** Creates or changes a subscription. */
    public ApiResponse setSubscription(ApiRequest request) {
        request.allowParameters();
        support(request);
        Subscription wanted = (Subscription) body(request, Subscription.getClassSchema(), Map.of("subscriptionId",
                request.path("subscription"), "since", Instant.EPOCH.toString(),
                "state", SubscriptionState.ACTIVE.name()));
        return connected(() -> row(editor.setSubscription(wanted)));
    }

    /** Removes a subscription. */
    public ApiResponse removeSubscription(ApiRequest request) {
        request.allowParameters();
        String id = known(request).getSubscriptionId();
        return connected(() -> {
            editor.removeSubscription(id);
            return ApiResponse.bytes(204, "application/json", new byte[0]);
        });
    }

    /** Carries out one of the actions of a subscription. */
    public ApiResponse act(ApiRequest request) {
        request.allowParameters();
        String id = known(request).getSubscriptionId();
        return connected(() -> row(switch (request.path("action")) {
            case "test" -> editor.test(id);
            case "pause" -> editor.setState(id, SubscriptionState.PAUSED);
            case "resume" -> editor.setState(id, SubscriptionState.ACTIVE);
            case "replay" -> editor.replay(id, from(request));
            default -> throw HttpError.notFound("UNKNOWN_ACTION", "There is no action \"%s\"; expected test, pause, "
                    + "resume or replay.", ApiRequest.shortened(request.path("action")));
        }));
    }

    private Subscription known(ApiRequest request) {
        support(request);
        String id = request.path("subscription");
        Map<String, Subscription> all = connected(() -> editor.read().subscriptions());
        return Optional.ofNullable(all.get(id)).orElseThrow(() -> HttpError.notFound("SUBSCRIPTION_NOT_FOUND",
                "There is no subscription %s.", ApiRequest.shortened(id)));
    }

    private static Instant from(ApiRequest request) {
        JsonNode from = JsonBody.read(request, LARGEST_BODY).path("from");
        try {
            return Instant.parse(from.asText());
        } catch (DateTimeParseException e) {
            throw HttpError.of(422, "MALFORMED", "Expected {\"from\": \"2026-03-01T09:00:00Z\"}, the time from which "
                    + "on events are sent again, but met \"%s\".", ApiRequest.shortened(from.asText()));
        }
    }

    /** The publisher of a request; one that the caller does not act for does not exist for it. */
    private static String publisher(ApiRequest request) {
        Caller caller = request.caller();
        String publisher = request.path("publisher");
        if (!caller.hasAny(List.of(Role.PUBLISHER, Role.SUPPORT))) {
            throw HttpError.forbidden("This is for the roles publisher and support.");
        }
        if (!caller.hasAny(List.of(Role.SUPPORT)) && !caller.actsFor(publisher)) {
            throw HttpError.notFound("PUBLISHER_NOT_FOUND", "There is no publisher %s.",
                    ApiRequest.shortened(publisher));
        }
        return publisher;
    }

    private static void support(ApiRequest request) {
        if (!request.caller().hasAny(List.of(Role.SUPPORT))) {
            throw HttpError.forbidden("Subscriptions are for the role support.");
        }
    }

    /** The record in the body of a request, with the fields that do not come from it. */
    private static IndexedRecord body(ApiRequest request, Schema schema, Map<String, String> given) {
        JsonNode tree = JsonBody.read(request, LARGEST_BODY);
        if (!(tree instanceof ObjectNode fields)) {
            throw HttpError.of(422, "MALFORMED", "Expected a JSON object.");
        }
        for (String name : given.keySet()) {
            if (fields.has(name)) {
                throw HttpError.of(422, "MALFORMED", "Expected no field \"%s\": the address or the server sets it.",
                        name);
            }
        }
        given.forEach(fields::put);
        return JsonBody.record(schema, fields);
    }

    private static ApiResponse row(IndexedRecord row) {
        return ApiResponse.json(AvroJson.write(row));
    }

    /** What the rules of the directory refuse is 422; brokers that do not answer are 503. */
    private static <T> T connected(Supplier<T> action) {
        try {
            return action.get();
        } catch (IllegalArgumentException e) {
            String text = e.getMessage();
            throw HttpError.of(422, "MALFORMED", "%s.", Character.toUpperCase(text.charAt(0)) + text.substring(1));
        } catch (KafkaException e) {
            throw HttpError.unavailable("BROKERS_UNAVAILABLE", 2,
                    "The brokers do not answer; nothing was changed, or it is not known: send the request again.");
        }
    }
}
