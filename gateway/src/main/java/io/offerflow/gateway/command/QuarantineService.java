package io.offerflow.gateway.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.contract.Topic.Role;
import io.offerflow.contract.Topic;
import io.offerflow.contract.answer.Answer;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.gateway.command.QuarantineReader.EarlierRetry;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import io.offerflow.http.Json;
import io.offerflow.identity.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Inputs that could not be read, with the reason and what to do: shows them, and puts one back on its topic. It is put
 * back once, with its own bytes and the authority of its topic, so this is for the support desk.
 */
public final class QuarantineService {

    private static final int MOST = 100;
    private static final Duration POLL = Duration.ofMillis(200);

    private final InputLog inputs;
    private final OutcomeFinder finder;
    private final QuarantineReader reader;
    private final Duration longestWait;

    QuarantineService(InputLog inputs, OutcomeFinder finder, Supplier<Consumer<byte[], byte[]>> consumers,
            SchemaRegistry registry, Duration longestWait) {
        this.inputs = inputs;
        this.finder = finder;
        this.reader = new QuarantineReader(consumers, registry);
        this.longestWait = longestWait;
    }

    /** The newest inputs, newest first. */
    public ApiResponse newest(ApiRequest request) {
        request.allowParameters();
        requireReader(request);
        ObjectNode node = Json.object();
        node.set("inputs", Json.array(reader.newest(MOST).stream().map(QuarantinedInput::summary).toList()));
        return ApiResponse.json(node);
    }

    /** One input with its headers and the beginning of its value, and whether it was put back. */
    public ApiResponse show(ApiRequest request) {
        request.allowParameters();
        requireReader(request);
        QuarantinedInput input = reader.find(request.path("input"));
        Optional<EarlierRetry> earlier = input.offer().flatMap(offer -> reader.retryOf(input));
        ObjectNode node = input.details();
        node.set("retry", Json.text(earlier.map(retry -> path(input, retry.at()))));
        return ApiResponse.json(node);
    }

    /** Puts an input back, and answers as for a command. */
    public ApiResponse retry(ApiRequest request) {
        request.allowParameters();
        requireSupport(request);
        IdempotencyKey key = IdempotencyKey.of(request);
        Optional<Duration> wait = Preference.wait(request, longestWait);
        try {
            QuarantinedInput input = reader.find(request.path("input"));
            OfferKey offer = offer(input);
            OutcomeLocation at = putBack(input, offer, key.text());
            return answer(input, offer, at, wait).withHeader(IdempotencyKey.HEADER, key.text());
        } catch (HttpError e) {
            return e.response().withHeader(IdempotencyKey.HEADER, key.text());
        }
    }

    /** The outcome of an input that was put back, or that it is pending. */
    public ApiResponse outcome(ApiRequest request) {
        request.allowParameters();
        requireReader(request);
        QuarantinedInput input = reader.find(request.path("input"));
        OutcomeLocation at = OutcomeLocation.parse(request.path("outcome")).orElseThrow(() ->
                OutcomeFinder.notFound(ApiRequest.shortened(request.path("outcome"))));
        OfferKey offer = input.offer().orElseThrow(() -> OutcomeFinder.notFound(at));
        return finder.find(at, offer).map(answer ->
                ApiResponse.json(OutcomeResponses.json(answer, offer, path(input, at))))
                .orElseGet(() -> OutcomeResponses.pending(offer, path(input, at)));
    }

    private static OfferKey offer(QuarantinedInput input) {
        input.obstacle().ifPresent(why -> {
            throw HttpError.of(409, "NOT_RETRIABLE", "%s cannot be put back: %s.", input.candidate().origin(), why);
        });
        return input.offer().orElseThrow();
    }

    /** One retry at a time, so that the next one finds the record of this one. */
    private synchronized OutcomeLocation putBack(QuarantinedInput input, OfferKey offer, String key) {
        Optional<EarlierRetry> earlier = reader.retryOf(input);
        earlier.filter(retry -> !retry.key().equals(Optional.of(key))).ifPresent(retry -> {
            throw HttpError.of(409, "ALREADY_RETRIED", "%s was put back before; its outcome is at %s.",
                    input.candidate().origin(), path(input, retry.at()))
                    .with(Json.object().put("location", path(input, retry.at())));
        });
        return earlier.map(EarlierRetry::at).orElseGet(() -> appended(input, offer, key));
    }

    private OutcomeLocation appended(QuarantinedInput input, OfferKey offer, String key) {
        try {
            return inputs.append(offer, input.candidate(), key).join(); // bounded by the producer's delivery timeout
        } catch (CompletionException e) {
            throw e.getCause() instanceof HttpError error ? error : e;
        }
    }

    /** Found by the coordinates of the record: its command id may not be readable. */
    private ApiResponse answer(QuarantinedInput input, OfferKey offer, OutcomeLocation at, Optional<Duration> wait) {
        String path = path(input, at);
        long deadline = System.nanoTime() + wait.orElse(Duration.ZERO).toNanos();
        while (System.nanoTime() < deadline) {
            Optional<Answer> answer = finder.find(at, offer);
            if (answer.isPresent()) {
                ApiResponse response = answered(offer, path, answer.get());
                return response.withHeader("Preference-Applied", "wait=" + wait.orElseThrow().toSeconds());
            }
            pause();
        }
        return OutcomeResponses.pending(offer, path);
    }

    private static ApiResponse answered(OfferKey offer, String path, Answer answer) {
        if (answer instanceof Answer.Quarantined again) {
            ObjectNode json = OutcomeResponses.json(again, offer, path);
            json.remove("detail");
            throw HttpError.of(409, again.reason(), "It is in quarantine again: %s", again.detail()).with(json);
        }
        return OutcomeResponses.decided(offer, Optional.empty(), path, answer);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HttpError.unavailable("STARTING", 2, "This gateway is ending.");
        }
    }

    private static String path(QuarantinedInput input, OutcomeLocation at) {
        return "/quarantine/%s/outcomes/%s".formatted(input.id(), at);
    }

    /** Whether the caller may look at quarantined inputs, by the catalogue. */
    public static boolean isReader(Caller caller) {
        return caller.hasAny(Topic.QUARANTINE.readers());
    }

    private static void requireReader(ApiRequest request) {
        if (!isReader(request.caller())) {
            throw HttpError.forbidden("Inputs in quarantine are for the role support.");
        }
    }

    private static void requireSupport(ApiRequest request) {
        if (!request.caller().hasAny(List.of(Role.SUPPORT))) {
            throw HttpError.forbidden("Inputs are put back by the role support.");
        }
    }
}
