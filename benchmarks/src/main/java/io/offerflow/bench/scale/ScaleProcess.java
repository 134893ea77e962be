package io.offerflow.bench.scale;

import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.Site;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import java.nio.file.Path;
import java.util.Map;

/** Main class of a process that measures one point that needs no broker; one process each, so that memory can be told. */
final class ScaleProcess {

    static final String FIGURES = "figures";

    private ScaleProcess() {
    }

    public static void main(String[] arguments) {
        Map<String, String> given = Site.settings(arguments);
        try {
            Signals.say(FIGURES, spoken(measure(given)));
        } catch (RuntimeException e) {
            e.printStackTrace(); // into the log that the harness names
            Signals.say(Signals.FAILED, e);
        }
        System.exit(0);
    }

    private static Map<String, Double> measure(Map<String, String> given) {
        SchemaRegistry registry = new InMemoryRegistry();
        Path folder = Path.of(given.get("folder"));
        int size = Integer.parseInt(given.get("size"));
        int commands = Integer.parseInt(given.get("commands"));
        Curve curve = Curve.valueOf(given.get("curve"));
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

    /** On one line: names have blanks, but neither of these. */
    static String spoken(Map<String, Double> values) {
        StringBuilder line = new StringBuilder();
        values.forEach((name, value) -> line.append(name).append('=').append(value).append(';'));
        return line.toString();
    }
}
