package io.offerflow.contract.audience;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.offerflow.contract.NameSuggester;
import io.offerflow.contract.audience.AudienceFileRow.RowKind;
import io.offerflow.contract.file.FeedException.LineProblem;
import io.offerflow.contract.file.FeedException;
import io.offerflow.contract.file.NotUtf8Exception;
import io.offerflow.contract.file.TextFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The audience of a plan as a CSV file with the columns ID, Description and Type, found by their names (V22, B60). */
public final class AudienceCsv {

    private static final List<String> COLUMNS = List.of("ID", "Description", "Type");
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final String file;
    private final List<LineProblem> problems = new ArrayList<>();
    private final Map<String, Long> lineOf = new HashMap<>();
    private final List<AudienceFileRow> members = new ArrayList<>();

    private AudienceCsv(String file) {
        this.file = file;
    }

    /**
     * Reads a file. Checks its form only: how many rows and characters there may be, the service knows.
     *
     * @throws FeedException with every line that is wrong
     */
    public static List<AudienceFileRow> read(Path file) throws IOException {
        return read(file.getFileName().toString(), Files.newInputStream(file));
    }

    /** Reads a stream, which is closed; the name is for messages. */
    public static List<AudienceFileRow> read(String name, InputStream bytes) throws IOException {
        AudienceCsv csv = new AudienceCsv(name);
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(TextFiles.open(bytes))) {
            Optional<int[]> columns = Optional.empty();
            for (CsvRecord record : reader) {
                if (columns.isEmpty()) {
                    columns = Optional.of(csv.header(record));
                    csv.refuse();
                } else {
                    csv.row(record, columns.get());
                }
            }
            if (csv.members.isEmpty() && csv.problems.isEmpty()) {
                csv.problem(1, "expected a header and at least one row, but met nothing");
            }
        } catch (CsvParseException e) {
            csv.problem(csv.members.size() + 1, "expected CSV here or soon after: " + e.getMessage());
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NotUtf8Exception wrong)) {
                throw e.getCause();
            }
            csv.problem(wrong.line(), wrong.sentence());
        }
        csv.refuse();
        return csv.members;
    }

    private void problem(long line, String sentence) {
        problems.add(new LineProblem(Math.toIntExact(line), sentence));
    }

    private void refuse() {
        if (!problems.isEmpty()) {
            throw new FeedException(file, problems, problems.size());
        }
    }

    /** The indexes of the three columns. */
    private int[] header(CsvRecord record) {
        List<String> names = record.getFields().stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
        int[] indexes = new int[COLUMNS.size()];
        if (names.size() == 1 && names.getFirst().matches(".*[;\t].*")) {
            problem(record.getStartingLineNumber(), "expected commas between the columns %s, but met %s; save the file"
                    .formatted(String.join(", ", COLUMNS), names.getFirst().contains(";") ? "semicolons" : "tabs")
                    + " as CSV with commas");
            return indexes;
        }
        for (String column : COLUMNS) {
            String name = column.toLowerCase(Locale.ROOT);
            indexes[COLUMNS.indexOf(column)] = names.indexOf(name);
            if (!names.contains(name)) {
                problem(record.getStartingLineNumber(), "expected the columns %s, but there is no %s%s".formatted(
                        String.join(", ", COLUMNS), column, NameSuggester.closest(name, names.stream()
                                .filter(met -> COLUMNS.stream().noneMatch(met::equalsIgnoreCase)).toList())
                                .map(met -> "; \"" + met + "\" is similar, but not the same").orElse("")));
            } else if (names.indexOf(name) != names.lastIndexOf(name)) {
                problem(record.getStartingLineNumber(), "expected one column %s, but met two".formatted(column));
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
            problem(line, "ID: expected a GUID in lower case, such as"
                    + " 0f9a5c1e-7a0c-4d1e-9d55-0c6f4a3b2d10, but met \"%s\" (V20)".formatted(shortened(id)));
        }
        if (kind.isEmpty()) {
            problem(line, "Type: expected %s, but met \"%s\" (V22)".formatted(Arrays.stream(RowKind.values())
                    .map(RowKind::csv).collect(Collectors.joining(" or ")), shortened(type)));
        }
        Long before = lineOf.putIfAbsent(id, line);
        if (before != null) {
            problem(line, "ID: expected every id once, but \"%s\" is on line %d, too (V20)"
                    .formatted(id, before));
        }
        kind.ifPresent(found -> {
            members.add(new AudienceFileRow(Math.toIntExact(line), id, found,
                    Optional.of(label).filter(text -> !text.isEmpty())));
        });
    }

    private static String cell(CsvRecord record, int column) {
        return column < record.getFieldCount() ? record.getField(column) : "";
    }

    private static String shortened(String text) {
        return text.length() <= 50 ? text : text.substring(0, 47) + "...";
    }

    /** The text of a file from which {@link #read} returns the same members. */
    public static String text(List<AudienceFileRow> members) throws IOException {
        StringWriter text = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().build(text)) {
            writer.writeRecord(COLUMNS);
            members.forEach(member -> writer.writeRecord(member.id(),
                    CsvInjectionGuard.escape(member.label().orElse("")), member.kind().csv()));
        }
        return text.toString();
    }
}
