package io.offerflow.faults.corruption;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the changes of a run have shown.
 *
 * @param seed of inputs and positions
 * @param inputs number of inputs before each change
 */
public record CorruptionReport(long seed, int partitions, long inputs, List<CaseResult> cases) {

    private static final JsonMapper JSON = JsonMapper.builder().addModule(new Jdk8Module())
            .enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Whether no change led to a wrong decision, and every way back worked. */
    public boolean keptAll() {
        return cases.stream().allMatch(CaseResult::isGood);
    }

    /** This report with the results of an earlier one for cases that are not in it, in the order of all cases. */
    public CorruptionReport with(CorruptionReport earlier) {
        Map<CorruptionCase, CaseResult> all = new HashMap<>();
        Stream.of(earlier, this).forEach(report -> report.cases().forEach(result ->
                all.put(result.change(), result)));
        return new CorruptionReport(seed, partitions, inputs, CorruptionCase.all().stream()
                .flatMap(change -> Stream.ofNullable(all.get(change))).toList());
    }

    /** Reads the report of a folder; empty if there is none. */
    public static Optional<CorruptionReport> readFrom(Path folder) {
        Path file = folder.resolve("corruption.json");
        try {
            return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), CorruptionReport.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the report " + file, e);
        }
    }

    /** Writes it for programs and for people. */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("corruption.json"), JSON.writeValueAsString(this) + "\n");
            Files.writeString(folder.resolve("corruption.md"), "# Changed files\n\n" + table());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report to " + folder, e);
        }
    }

    /** The cases as a table in Markdown. */
    public String table() {
        return ("Seed %d, %,d inputs in %d partitions before each change; %d of %d changes were run.%n%n"
                + "| file | before | change | verdict | what is seen | way back |%n"
                + "| --- | --- | --- | --- | --- | --- |%n").formatted(seed, inputs, partitions,
                        cases.size(), CorruptionCase.all().size())
                + cases.stream().map(CorruptionReport::row).collect(Collectors.joining());
    }

    private static String row(CaseResult result) {
        String seen = result.seen().stream().map(line -> "%s: %s".formatted(line.by(), escaped(line.sentence())))
                .collect(Collectors.joining("<br>"));
        String violations = result.violations().stream().map(violation -> "%s, partition %d: %s".formatted(
                violation.promise(), violation.partition(), escaped(violation.what())))
                .collect(Collectors.joining("<br>"));
        Optional<String> wayBack = result.wayBack().map(way -> way.sentence()
                + (result.restored().orElse(false) ? ": worked" : ": **did not work**"));
        return "| %s | %s | %s | %s | %s | %s |%n".formatted(result.change().file().sentence(),
                result.change().before().sentence(), result.change().change().sentence(), result.verdict(),
                String.join("<br>", List.of(seen, violations)).replaceAll("(^<br>)|(<br>$)", ""),
                wayBack.orElse("none needed"));
    }

    /** A sentence in a cell of a table. */
    private static String escaped(String sentence) {
        return sentence.replace("|", "\\|").replace("<", "&lt;");
    }
}
