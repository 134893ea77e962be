package io.offerflow.gateway.command;

import io.offerflow.contract.answer.Answer;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Appends commands and answers with their committed outcomes. */
public final class CommandService implements AutoCloseable {

    /** The largest body of a request in bytes. */
    public static final int LARGEST_BODY = AudienceUpload.LARGEST_FILE;

    /** A dry run is a question, so that its answer is waited for also without being asked to. */
    private static final Duration DRY_RUN_WAIT = Duration.ofSeconds(10);

    private final InputLog inputs;
    private final OutcomeFeed feed;
    private final OutcomeFinder finder;
    private final QuarantineService quarantine;
    private final Duration longestWait;

    /**
     * Starts to read outcomes.
     *
     * @param producer idempotent, with a bound on the time of a delivery; closed with this object
     * @param consumers makes consumers of committed records without a group
     * @param longestWait how long a request may wait for its outcome
     */
    public CommandService(Producer<byte[], byte[]> producer, Supplier<Consumer<byte[], byte[]>> consumers,
            SchemaRegistry registry, Duration longestWait) {
        this.inputs = new InputLog(producer, registry);
        this.longestWait = longestWait;
        this.feed = new OutcomeFeed(consumers, registry, longestWait);
        this.finder = new OutcomeFinder(consumers, registry);
        this.quarantine = new QuarantineService(inputs, finder, consumers, registry, longestWait);
    }

    /** Appends the command of a request. */
    public ApiResponse send(ApiRequest request) {
        return send(request, List.of(CommandParser.parse(request)));
    }

    /** Replaces the private audience of a plan by that of a CSV file. */
    public ApiResponse importAudience(ApiRequest request) {
        return send(request, AudienceUpload.commands(request));
    }

    /** The outcome of a command, or that it is pending. */
    public ApiResponse outcome(ApiRequest request) {
        request.allowParameters();
        OutcomeLocation at = OutcomeLocation.parse(request.path("outcome")).orElseThrow(() ->
                OutcomeFinder.notFound(ApiRequest.shortened(request.path("outcome"))));
        OfferKey offer = CommandParser.offer(request, at.topic());
        return finder.find(at, offer).map(answer ->
                ApiResponse.json(OutcomeResponses.json(answer, offer, at.path(offer))))
                .orElseGet(() -> OutcomeResponses.pending(offer, at.path(offer)));
    }

    /** Inputs that could not be read. */
    public QuarantineService quarantine() {
        return quarantine;
    }

    /** A command on its way. */
    private record SentCommand(CommandRecord command, OutcomeFeed.Expected expected,
            CompletableFuture<OutcomeLocation> location) {
    }

    /** Appends commands for one offer in order. The first refusal, or else the last outcome, is the answer. */
    private ApiResponse send(ApiRequest request, List<CommandRecord> commands) {
        Optional<Duration> wait = Preference.wait(request, longestWait)
                .or(() -> Optional.of(DRY_RUN_WAIT).filter(any -> CommandParser.isDryRun(request)));
        String key = commands.getLast().idempotencyKey();
        List<SentCommand> sent = commands.stream().map(this::append).toList();
        try {
            ApiResponse response = answer(sent, wait);
            return withKey(wait.filter(any -> response.status() != 202).map(any ->
                    response.withHeader("Preference-Applied", "wait=" + any.toSeconds())).orElse(response), key);
        } catch (HttpError e) {
            return withKey(e.response(), key);
        } finally {
            sent.forEach(command -> command.location().whenComplete((at, failure) -> feed.forget(command.expected())));
        }
    }

    private SentCommand append(CommandRecord command) {
        OutcomeFeed.Expected expected = feed.expect(command.commandId());
        try {
            return new SentCommand(command, expected, inputs.append(command).whenComplete((at, failure) ->
                    feed.settled(expected, Optional.ofNullable(at).map(OutcomeLocation::input))));
        } catch (RuntimeException e) {
            feed.settled(expected, Optional.empty());
            throw e;
        }
    }

    private static ApiResponse answer(List<SentCommand> sent, Optional<Duration> wait) {
        for (SentCommand command : sent) {
            located(command);
        }
        SentCommand last = sent.getLast();
        long deadline = System.nanoTime() + wait.orElse(Duration.ZERO).toNanos();
        for (SentCommand command : sent) {
            Optional<Answer> answer = wait.flatMap(any -> answer(command, deadline));
            if (answer.isEmpty()) {
                return OutcomeResponses.pending(last.command().offer(), path(last));
            }
            if (command == last || !answer.get().accepted()) {
                return OutcomeResponses.decided(command.command().offer(),
                        command.command().expectedVersion(), path(command), answer.get());
            }
        }
        throw new IllegalStateException("at least one command is sent");
    }

    private static String path(SentCommand command) {
        return located(command).path(command.command().offer());
    }

    private static OutcomeLocation located(SentCommand command) {
        try {
            return command.location().join(); // bounded by the delivery timeout of the producer
        } catch (CompletionException e) {
            throw e.getCause() instanceof HttpError error ? error : e;
        }
    }

    private static Optional<Answer> answer(SentCommand command, long deadline) {
        try {
            return Optional.of(command.expected().answer()
                    .get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException notYet) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is never a failure", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static ApiResponse withKey(ApiResponse response, String key) {
        return response.withHeader(IdempotencyKey.HEADER, key);
    }

    @Override
    public void close() {
        inputs.close();
        feed.close();
        finder.close();
    }
}
