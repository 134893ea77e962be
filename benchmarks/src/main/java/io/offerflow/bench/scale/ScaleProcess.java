package io.offerflow.bench.scale;

import io.offerflow.bench.result.Figures.Figure;
import io.offerflow.bench.result.ResultFile;
import io.offerflow.bench.run.Child;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.Site;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Main class of a process that measures what needs no broker; one process each, so that memory can be told. */
final class ScaleProcess {

    static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String FIGURES = "figures";
    private static final String FILE = "figures.json";

    private ScaleProcess() {
    }

    public static void main(String[] arguments) {
        Map<String, String> given = Site.settings(arguments);
        try {
            report(Path.of(given.get("folder")), measure(given));
        } catch (RuntimeException e) {
            e.printStackTrace(); // into the log that the harness names
            Signals.say(Signals.FAILED, e);
        }
        System.exit(0);
    }

    /** Leaves figures to the parent. */
    static void report(Path folder, List<Figure> figures) {
        ResultFile.write(folder.resolve(FILE), figures);
        Signals.say(FIGURES);
    }

    /** Waits for the figures of such a process. */
    static List<Figure> reported(Child child, Path folder) throws InterruptedException {
        child.await(FIGURES, PATIENCE);
        return List.of(ResultFile.read(folder.resolve(FILE), Figure[].class));
    }

    private static List<Figure> measure(Map<String, String> given) {
        SchemaRegistry registry = new InMemoryRegistry();
        Path folder = Path.of(given.get("folder"));
        int size = Integer.parseInt(given.get("size"));
        int commands = Integer.parseInt(given.get("commands"));
        Curve curve = Curve.valueOf(given.get("curve"));
        return curve == Curve.KINDS ? Kinds.measure(registry, folder, size, Kinds.WARM_UP, commands)
                : List.of(curve.figure(size, measure(registry, curve, folder, size, commands)));
    }

    private static Map<String, Double> measure(SchemaRegistry registry, Curve curve, Path folder, int size,
            int commands) {
        if (curve == Curve.OFFERS || curve == Curve.FACTS_IN_MEMORY) {
            return OffersPoint.measure(registry, folder, size, commands, curve == Curve.FACTS_IN_MEMORY);
        }
        Templates templates = Templates.make(registry, folder);
        try (Cell cell = new Cell(folder.resolve("stores"), registry, false)) {
            OneOffer offer = new OneOffer(cell, templates);
            return switch (curve) {
                case PLANS -> offer.plans(size);
                case AUDIENCE -> offer.audience(size);
                case CUSTOMERS -> offer.customers(size);
                default -> throw new IllegalArgumentException(curve + " is not measured here");
            };
        }
    }
}
