package io.offerflow.cli.audience;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.offerflow.cli.audience.AudienceFileRow.RowKind;
import io.offerflow.contract.NameSuggester;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.MalformedInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The audience of a plan as a CSV file with the columns ID, Description and Type, found by their names (V22, B60). */
final class AudienceCsv {

    private static final List<String> COLUMNS = List.of("ID", "Description", "Type");
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int LONGEST_LABEL = 1000;
    private static final Map<RowKind, Integer> MOST =
            new EnumMap<>(Map.of(RowKind.TENANT, 20_000, RowKind.SUBSCRIPTION, 10_000));

    private final CsvProblems problems;
    private final Map<String, Long> lineOf = new HashMap<>();
    private final Map<RowKind, Integer> counts = new EnumMap<>(RowKind.class);
    private final List<AudienceFileRow> members = new ArrayList<>();

    private AudienceCsv(String file) {
        this.problems = new CsvProblems(file);
    }

    /**
     * Reads a file.
     *
     * @throws io.offerflow.cli.console.CliFailure with every line that is wrong
     */
    static List<AudienceFileRow> read(Path file) throws IOException {
        AudienceCsv csv = new AudienceCsv(file.getFileName().toString());
        try (CsvReader<CsvRecord> reader = CsvReader.builder().detectBomHeader(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(file)) {
            Optional<int[]> columns = Optional.empty();
            for (CsvRecord record : reader) {
                if (columns.isEmpty()) {
                    columns = Optional.of(csv.header(record));
                    csv.problems.refuse();
                } else {
                    csv.row(record, columns.get());
                }
            }
            if (csv.members.isEmpty()) {
                csv.problems.add(1, "expected a header and at least one row, but met nothing");
            }
        } catch (CsvParseException e) {
            csv.problems.add(csv.members.size() + 1, "expected CSV here or soon after: " + e.getMessage());
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof MalformedInputException)) {
                throw e;
            }
            csv.problems.add(csv.members.size() + 1, "expected text in UTF-8, but met other bytes here or soon after");
        }
        csv.counts.forEach((kind, count) -> {
            if (count > MOST.get(kind)) {
                csv.problems.add(1, "expected at most %,d rows of type %s, but met %,d (V21)".formatted(MOST.get(kind),
                        kind.csv(), count));
            }
        });
        csv.problems.refuse();
        return csv.members;
    }

    /** The indexes of the three columns. */
    private int[] header(CsvRecord record) {
        List<String> names = record.getFields().stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
        int[] indexes = new int[COLUMNS.size()];
        for (String column : COLUMNS) {
            String name = column.toLowerCase(Locale.ROOT);
            indexes[COLUMNS.indexOf(column)] = names.indexOf(name);
            if (!names.contains(name)) {
                problems.add(record.getStartingLineNumber(), "expected the columns %s, but there is no %s%s".formatted(
                        String.join(", ", COLUMNS), column, NameSuggester.closest(name, names.stream()
                                .filter(met -> COLUMNS.stream().noneMatch(met::equalsIgnoreCase)).toList())
                                .map(met -> "; \"" + met + "\" is similar, but not the same").orElse("")));
            } else if (names.indexOf(name) != names.lastIndexOf(name)) {
                problems.add(record.getStartingLineNumber(), "expected one column %s, but met two".formatted(column));
            }
        }
        return indexes;
    }

    private void row(CsvRecord record, int[] columns) {
        if (record.getFields().stream().allMatch(String::isBlank)) {
            return; // spreadsheets leave empty rows at the end
        }
        long line = record.getStartingLineNumber();
        String id = cell(record, columns[0]);
        String label = CsvInjectionGuard.unescape(cell(record, columns[1]));
        String type = cell(record, columns[2]).strip();
        Optional<RowKind> kind = Arrays.stream(RowKind.values())
                .filter(any -> any.csv().equalsIgnoreCase(type)).findFirst();
        if (!GUID.matcher(id).matches()) {
            problems.add(line, "ID: expected a GUID in lower case, such as"
                    + " 0f9a5c1e-7a0c-4d1e-9d55-0c6f4a3b2d10, but met \"%s\" (V20)".formatted(shortened(id)));
        }
        if (kind.isEmpty()) {
            problems.add(line, "Type: expected %s, but met \"%s\" (V22)".formatted(Arrays.stream(RowKind.values())
                    .map(RowKind::csv).collect(Collectors.joining(" or ")), shortened(type)));
        }
        if (label.codePointCount(0, label.length()) > LONGEST_LABEL) {
            problems.add(line, "Description: expected at most %,d characters, but met %,d (V20)".formatted(
                    LONGEST_LABEL, label.codePointCount(0, label.length())));
        }
        Long before = lineOf.putIfAbsent(id, line);
        if (before != null) {
            problems.add(line, "ID: expected every id once, but \"%s\" is on line %d, too (V20)"
                    .formatted(id, before));
        }
        kind.ifPresent(found -> {
            counts.merge(found, 1, Integer::sum);
            members.add(new AudienceFileRow(Math.toIntExact(line), id, found,
                    Optional.of(label).filter(text -> !text.isEmpty())));
        });
    }

    private static String cell(CsvRecord record, int column) {
        return column < record.getFieldCount() ? record.getField(column) : "";
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 50 ? line : line.substring(0, 47) + "...";
    }

    /** Writes a file from which {@link #read} returns the same members. */
    static void write(Writer target, List<AudienceFileRow> members) throws IOException {
        try (CsvWriter writer = CsvWriter.builder().build(target)) {
            writer.writeRecord(COLUMNS);
            members.forEach(member -> writer.writeRecord(member.id(),
                    CsvInjectionGuard.escape(member.label().orElse("")), member.kind().csv()));
        }
    }
}
