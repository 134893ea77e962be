package io.offerflow.bench.scale;

import io.offerflow.bench.load.ProcessorHarness;
import io.offerflow.bench.result.Figure;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
            case OFFERS, FACTS_IN_MEMORY -> point(ManyOffers.measure(registry, folder, size, commands,
                    curve == ScaleCurve.FACTS_IN_MEMORY));
            case PLANS -> growing(registry, offer -> offer.plans(size));
            case AUDIENCE -> growing(registry, offer -> offer.audience(size));
            case CUSTOMERS -> growing(registry, offer -> offer.customers(size));
            case PARTITIONS, RESTORE -> throw new IllegalArgumentException(curve + " needs a broker");
        });
    }

    private List<Figure> point(Map<String, Double> values) {
        return List.of(curve.figure(size, values));
    }

    private List<Figure> growing(SchemaRegistry registry, Function<GrowingOffer, Map<String, Double>> measure) {
        OfferTemplates templates = new OfferTemplates(registry, folder);
        try (ProcessorHarness processor = ProcessorHarness.onDisk(folder.resolve("stores"), registry)) {
            return point(measure.apply(new GrowingOffer(processor, registry, templates)));
        }
    }
}
