package io.offerflow.bench.scale;

import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.ResultStore;
import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Main class of a process that measures one point without a broker; each has its own process, for its memory. */
final class ScaleProcess {

    static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final String FIGURES = "figures";
    private static final String FILE = "figures.json";

    private ScaleProcess() {
    }

    public static void main(String[] arguments) {
        Map<String, String> given = SubjectConfig.settings(arguments);
        Path folder = Path.of(given.get("folder"));
        report(folder, () -> measure(ScaleCurve.valueOf(given.get("curve")), folder,
                Integer.parseInt(given.get("size")), Integer.parseInt(given.get("commands"))));
    }

    /** Measures, and hands the figures or the failure to the parent. */
    static void report(Path folder, Callable<List<Figure>> measurement) {
        try {
            ResultStore.write(folder.resolve(FILE), measurement.call());
            Signals.say(FIGURES);
        } catch (Exception e) {
            Signals.fail(e);
        }
        System.exit(0);
    }

    /** Waits for the figures of a process. */
    static List<Figure> reported(ForkedJvm jvm, Path folder) throws InterruptedException {
        jvm.await(FIGURES, TIMEOUT);
        return List.of(ResultStore.read(folder.resolve(FILE), Figure[].class));
    }

    private static List<Figure> measure(ScaleCurve curve, Path folder, int size, int commands) {
        SchemaRegistry registry = new InMemoryRegistry();
        return switch (curve) {
            case KINDS -> CostByCommand.measure(registry, folder, size, CostByCommand.WARM_UP, commands);
            case OFFERS, FACTS_IN_MEMORY -> List.of(curve.figure(size, ManyOffers.measure(registry, folder, size,
                    commands, curve == ScaleCurve.FACTS_IN_MEMORY)));
            default -> List.of(curve.figure(size, growing(registry, curve, folder, size)));
        };
    }

    private static Map<String, Double> growing(SchemaRegistry registry, ScaleCurve curve, Path folder, int size) {
        OfferTemplates templates = new OfferTemplates(registry, folder);
        try (ProcessorHarness processor = new ProcessorHarness(folder.resolve("stores"), registry, false)) {
            GrowingOffer offer = new GrowingOffer(processor, templates);
            return switch (curve) {
                case PLANS -> offer.plans(size);
                case AUDIENCE -> offer.audience(size);
                case CUSTOMERS -> offer.customers(size);
                default -> throw new IllegalArgumentException(curve + " needs a broker");
            };
        }
    }
}
