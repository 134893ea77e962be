package io.offerflow.bench.scale;

import io.offerflow.avro.Result;
import io.offerflow.avro.SaveSection;
import io.offerflow.bench.load.ProcessorHarness;
import io.offerflow.bench.load.Workload;
import io.offerflow.bench.load.WorkloadCommand;
import io.offerflow.bench.load.WorkloadReader;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.contract.registry.SchemaRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Cost of the standard workload's commands by kind, with accepted commands apart from all others. */
public final class CostByCommand {

    /** Name of the processor time of accepted commands. */
    public static final String MICROS = "CPU µs";

    /** Number of commands before the first measured one, for the JIT compiler. */
    static final int WARM_UP = 60_000;

    private static final String ALL = "all";

    private final Map<String, CommandCost> accepted = new HashMap<>();
    private final Map<String, CommandCost> others = new HashMap<>();

    private CostByCommand() {
    }

    /** A figure for each kind, and one for all together. */
    static List<Figure> measure(SchemaRegistry registry, Path folder, int offers, int warmUp, int commands) {
        WorkloadSpec spec = WorkloadSpec.standard(warmUp + commands, offers);
        Workload.write(spec, registry, 1, folder.resolve("workload"), false);
        CostByCommand costs = new CostByCommand();
        try (WorkloadReader workload = new WorkloadReader(folder.resolve("workload"));
                ProcessorHarness processor = ProcessorHarness.onDisk(folder.resolve("stores"), registry)) {
            for (int number = 0; number < spec.commands(); number++) {
                WorkloadCommand command = workload.next();
                ProcessorHarness.TimedCommand taken = processor.take(command);
                if (number >= warmUp) {
                    costs.add(taken.kind(), command, taken.nanos());
                    costs.add(ALL, command, taken.nanos());
                }
            }
        }
        return Stream.concat(costs.accepted.keySet().stream(), costs.others.keySet().stream()).distinct().sorted()
                .map(kind -> new Figure(ScaleCurve.KINDS.title(), kind, costs.values(kind, commands))).toList();
    }

    private void add(String kind, WorkloadCommand command, long nanos) {
        (command.expected() == Result.ACCEPTED ? accepted : others).merge(kind,
                new CommandCost(1, nanos, command.value().length), CommandCost::plus);
    }

    private Map<String, Double> values(String kind, int commands) {
        CommandCost yes = accepted.getOrDefault(kind, CommandCost.NONE);
        CommandCost no = others.getOrDefault(kind, CommandCost.NONE);
        return Figure.named("of the mix %", 100.0 * (yes.count() + no.count()) / commands,
                "accepted", yes.count(), MICROS, yes.micros(), "input B", yes.bytes() / (double) yes.count(),
                "not accepted", no.count(), "CPU µs of these", no.micros(),
                "CPU µs a KB of input", kind.equals(SaveSection.class.getSimpleName())
                        ? yes.nanos() / 1e3 / (yes.bytes() / 1024.0) : Double.NaN);
    }

    private record CommandCost(int count, long nanos, long bytes) {

        static final CommandCost NONE = new CommandCost(0, 0, 0);

        CommandCost plus(CommandCost more) {
            return new CommandCost(count + more.count, nanos + more.nanos, bytes + more.bytes);
        }

        double micros() {
            return nanos / 1e3 / count;
        }
    }
}
