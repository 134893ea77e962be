package io.offerflow.notifier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.offerflow.avro.DeadLetterReason;
import io.offerflow.notifier.delivery.DeliveryEngine.EngineState;
import io.offerflow.notifier.delivery.DeliveryListener;
import io.offerflow.notifier.delivery.DeliveryResult;
import io.offerflow.notifier.delivery.FailureKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The metrics of the notifier; docs/notifier.md lists them. */
final class NotifierMetrics implements DeliveryListener, AutoCloseable {

    private static final String CHANNEL = "channel";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    NotifierMetrics(Supplier<EngineState> state, BooleanSupplier ready, InstantSource clock) {
        Gauge.builder("offerflow.notifier.pending", () -> state.get().pending()).register(registry);
        Gauge.builder("offerflow.notifier.backlogs", () -> state.get().backlogs()).register(registry);
        Gauge.builder("offerflow.notifier.oldest.undelivered.seconds", () -> state.get().oldest()
                .map(oldest -> Duration.between(oldest, clock.instant()).toMillis() / 1000.0).orElse(0.0))
                .register(registry);
        Gauge.builder("offerflow.notifier.ready", () -> ready.getAsBoolean() ? 1 : 0).register(registry);
        // from the beginning, since a counter that appears with its first increment shows none
        Arrays.asList("mail", "webhook").forEach(channel -> {
            Arrays.stream(FailureKind.values()).forEach(kind -> failures(channel, kind, 0));
            Arrays.stream(DeadLetterReason.values()).forEach(reason -> deadLetters(channel, reason, 0));
        });
    }

    @Override
    public void tried(String destinationId, DeliveryResult result) {
        String channel = channel(destinationId);
        switch (result) {
            case DeliveryResult.Delivered delivered -> tries(channel, "delivered");
            case DeliveryResult.Filtered filtered -> { }
            case DeliveryResult.Failed failed -> {
                tries(channel, "failed");
                failures(channel, failed.kind(), 1);
            }
            case DeliveryResult.Refused refused -> tries(channel, "refused");
            case DeliveryResult.Ended ended -> tries(channel, "ended");
        }
    }

    @Override
    public void givenUp(String destinationId, DeadLetterReason reason) {
        deadLetters(channel(destinationId), reason, 1);
    }

    private void tries(String channel, String result) {
        registry.counter("offerflow.notifier.tries", CHANNEL, channel, "result", result).increment();
    }

    private void failures(String channel, FailureKind kind, int number) {
        registry.counter("offerflow.notifier.failures", CHANNEL, channel, "kind",
                kind.name().toLowerCase(Locale.ROOT)).increment(number);
    }

    private void deadLetters(String channel, DeadLetterReason reason, int number) {
        registry.counter("offerflow.notifier.dead.letters", CHANNEL, channel, "reason",
                reason.name().toLowerCase(Locale.ROOT)).increment(number);
    }

    private static String channel(String destinationId) {
        return destinationId.substring(0, destinationId.indexOf(':'));
    }

    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
