package io.offerflow.bench.scale;

import io.offerflow.avro.ReportStepSucceeded;
import io.offerflow.bench.BenchException;
import io.offerflow.bench.report.Aims;
import io.offerflow.bench.report.FigureTables;
import io.offerflow.bench.result.Figures;
import io.offerflow.bench.result.Machine;
import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.ResultFile;
import io.offerflow.bench.result.Sample;
import io.offerflow.bench.result.Spread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** docs/capacity.md: its tables are made of saved results, and stand between comments that name them. */
final class CapacityDocument {

    private final Path file;
    private final Map<String, String> tables = new TreeMap<>();

    /**
     * @param results folder with {@code peer.json}, {@code scale.json} and {@code micro.json}
     */
    CapacityDocument(Path file, Path results) {
        this.file = file;
        Result load = ResultFile.read(results.resolve("peer.json"), Result.class);
        Figures scale = ResultFile.read(results.resolve("scale.json"), Figures.class);
        Figures micro = ResultFile.read(results.resolve("micro.json"), Figures.class);
        tables.put("results", """
                | result | day | by | on | how quiet |
                |---|---|---|---|---|
                """ + row(load.kind(), load.day(), load.command(), load.machine(), String.format(Locale.ROOT,
                        "others had %.0f %% of the machine", 100 * Spread.of(load.samples().stream()
                                .map(Sample::othersShare).toList()).median()))
                + row(scale) + row(micro));
        tables.put("capacity", new Capacity(load, scale, micro).text());
        tables.put("parts", FigureTables.of(micro));
        for (Curve curve : Curve.values()) {
            if (!scale.of(curve.title()).isEmpty()) {
                tables.put(curve.title(), FigureTables.of(curve.title(), scale.of(curve.title())));
            }
        }
        tables.computeIfPresent(Curve.KINDS.title(), (title, table) -> table + "\n" + Aims.stepResult(
                scale.value(title, ReportStepSucceeded.class.getSimpleName(), Kinds.MICROS)));
    }

    private static String row(Figures figures) {
        return row(figures.kind(), figures.day(), figures.command(), figures.machine(),
                figures.loadAverage() < 0 ? "not recorded"
                        : String.format(Locale.ROOT, "load average %.1f", figures.loadAverage()));
    }

    private static String row(String kind, String day, String command, Machine machine, String quiet) {
        return "| %s | %s | `%s` | %d cores of %s, %d GiB, Java %s | %s |%n".formatted(kind, day, command,
                machine.cores(), machine.processor(), machine.memoryGiB(), machine.java(), quiet);
    }

    String read() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The document as the results would have it. */
    String renewed() {
        String text = read();
        for (Map.Entry<String, String> table : tables.entrySet()) {
            String begin = "<!-- %s -->\n".formatted(table.getKey());
            String end = "<!-- end -->";
            int from = text.indexOf(begin);
            if (from >= 0) {
                int to = text.indexOf(end, from);
                if (to < 0) {
                    throw new BenchException("%s has no %s behind %s".formatted(file, end, begin.strip()));
                }
                text = text.substring(0, from + begin.length()) + "\n" + table.getValue().strip() + "\n\n"
                        + text.substring(to);
            }
        }
        return text;
    }

    void renew() {
        try {
            Files.writeString(file, renewed());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
