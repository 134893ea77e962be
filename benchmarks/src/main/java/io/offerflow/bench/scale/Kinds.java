package io.offerflow.bench.scale;

import io.offerflow.avro.Result;
import io.offerflow.avro.SaveSection;
import io.offerflow.bench.load.Item;
import io.offerflow.bench.load.Workload;
import io.offerflow.bench.load.WorkloadFile;
import io.offerflow.bench.load.WorkloadSpec;
import io.offerflow.bench.result.Figures.Figure;
import io.offerflow.contract.registry.SchemaRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the standard workload's commands cost, by kind: those that are accepted apart from all others. */
final class Kinds {

    /** Commands before those that are measured: compiling takes that long. */
    static final int WARM_UP = 60_000;
    private static final String ALL = "all";
    static final String MICROS = "CPU µs";

    private final Map<String, Sum> accepted = new HashMap<>();
    private final Map<String, Sum> others = new HashMap<>();

    private Kinds() {
    }

    /** A figure for each kind, and one for all together. */
    static List<Figure> measure(SchemaRegistry registry, Path folder, int offers, int warmUp, int commands) {
        WorkloadSpec spec = WorkloadSpec.standard(warmUp + commands, offers);
        Workload.write(spec, registry, 1, folder.resolve("workload"), false);
        Kinds kinds = new Kinds();
        try (WorkloadFile.Reader items = new WorkloadFile.Reader(folder.resolve("workload"));
                Cell cell = new Cell(folder.resolve("stores"), registry, false)) {
            for (int number = 0; number < spec.commands(); number++) {
                Item item = items.next().orElseThrow();
                Cell.Taken taken = cell.take(item.topic(), item.key(), item.value(), item.expected());
                if (number >= warmUp) {
                    kinds.add(taken.command(), item, taken.nanos());
                    kinds.add(ALL, item, taken.nanos());
                }
            }
        }
        return kinds.figures(commands);
    }

    private void add(String kind, Item item, long nanos) {
        Map<String, Sum> sums = item.expected() == Result.ACCEPTED ? accepted : others;
        sums.merge(kind, new Sum(1, nanos, item.value().length), Sum::plus);
    }

    private List<Figure> figures(int commands) {
        return Stream.concat(accepted.keySet().stream(), others.keySet().stream()).distinct().sorted()
                .map(kind -> new Figure(Curve.KINDS.title(), kind, values(kind, commands))).toList();
    }

    private Map<String, Double> values(String kind, int commands) {
        Sum sum = accepted.getOrDefault(kind, Sum.NONE);
        Sum other = others.getOrDefault(kind, Sum.NONE);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("of the mix %", Meter.round(100.0 * (sum.count() + other.count()) / commands));
        if (sum.count() > 0) {
            values.put("accepted", (double) sum.count());
            values.put(MICROS, sum.micros());
            values.put("input B", Meter.round(sum.bytes() / (double) sum.count()));
        }
        if (other.count() > 0) {
            values.put("not accepted", (double) other.count());
            values.put("CPU µs of these", other.micros());
        }
        if (sum.count() > 0 && kind.equals(SaveSection.class.getSimpleName())) {
            values.put("CPU µs a KB of input", Meter.round(sum.nanos() / 1e3 / (sum.bytes() / 1024.0)));
        }
        return values;
    }

    /** Commands added up. */
    private record Sum(int count, long nanos, long bytes) {

        static final Sum NONE = new Sum(0, 0, 0);

        Sum plus(Sum more) {
            return new Sum(count + more.count, nanos + more.nanos, bytes + more.bytes);
        }

        double micros() {
            return Meter.round(nanos / 1e3 / count);
        }
    }
}
