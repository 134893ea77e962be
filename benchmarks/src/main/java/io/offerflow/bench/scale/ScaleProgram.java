package io.offerflow.bench.scale;

import io.offerflow.bench.load.ProcessorHarness;
import io.offerflow.bench.run.ForkedProgram;
import io.offerflow.bench.run.Signals;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Measures one point without a broker; each point has a separate process, for its memory. */
record ScaleProgram(ScaleCurve curve, Path folder, int size, int commands) implements ForkedProgram {

    static final Duration TIMEOUT = Duration.ofMinutes(30);
    /** The signal with the figures. */
    static final String FIGURES = "figures";

    @Override
    public void run() {
        SchemaRegistry registry = new InMemoryRegistry();
        Signals.say(FIGURES, switch (curve) {
            case KINDS -> CostByCommand.measure(registry, folder, size, CostByCommand.WARM_UP, commands);
            case OFFERS, FACTS_IN_MEMORY -> List.of(curve.figure(size, ManyOffers.measure(registry, folder, size,
                    commands, curve == ScaleCurve.FACTS_IN_MEMORY)));
            default -> List.of(curve.figure(size, growing(registry)));
        });
    }

    private Map<String, Double> growing(SchemaRegistry registry) {
        OfferTemplates templates = new OfferTemplates(registry, folder);
        try (ProcessorHarness processor = ProcessorHarness.onDisk(folder.resolve("stores"), registry)) {
            GrowingOffer offer = new GrowingOffer(processor, registry, templates);
            return switch (curve) {
                case PLANS -> offer.plans(size);
                case AUDIENCE -> offer.audience(size);
                case CUSTOMERS -> offer.customers(size);
                default -> throw new IllegalArgumentException(curve + " needs a broker");
            };
        }
    }
}
