package io.offerflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.domain.model.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds sentences, rows, code and tests together: each is found by its id, or its absence is explained. */
class RulesDocumentTest {

    private static final Path ROOT = Path.of("..");
    private static final Path RULES = Path.of("src/test/resources/rules");
    private static final Pattern ID = Pattern.compile("(?<![A-Za-z0-9])([SOPAERVDB])(\\d{1,2})(?![0-9A-Za-z_])"
            + "(?:[–-]([SOPAERVDB])?(\\d{1,2})(?![0-9]))?");

    /** A sentence in our words, with its rows. */
    private record Sentence(String id, String text, List<String> rows) {
    }

    @Test
    void everySentenceAndEveryRowHasCodeAndATest() throws IOException {
        Map<String, Set<String>> code = mentions("/src/main/", true);
        Map<String, Set<String>> tests = mentions("/src/test/", false);
        Map<String, String> excused = new TreeMap<>();
        table("without.txt").forEach(line -> excused.put(line[0] + " " + line[1], line[2]));
        List<Sentence> sentences = table("sentences.txt").map(line ->
                new Sentence(line[0], line[1], List.of(line[2].split(" ")))).toList();
        assertThat(sentences).extracting(Sentence::id).containsExactlyElementsOf(ids("S", 1, 35));
        Set<String> known = new TreeSet<>(rows());
        assertThat(sentences).allSatisfy(sentence -> assertThat(known).as(sentence.id()).containsAll(sentence.rows()));

        assertThat(without(rows(), code, excused, "code"))
                .as("rows without code: put the id where the rule is, or say in rules/without.txt why there is none")
                .isEmpty();
        assertThat(without(rows(), tests, excused, "test"))
                .as("rows without a test: put the id into its name or a comment, or say in rules/without.txt why")
                .isEmpty();
        assertThat(sentences).allSatisfy(sentence -> {
            assertThat(found(sentence, code)).as("%s has code", sentence.id()).isNotEmpty();
            assertThat(found(sentence, tests)).as("%s has a test", sentence.id()).isNotEmpty();
        });
        Golden.check("../docs/rules.md", document(sentences, code, tests), "It is made from ids in code and tests; "
                + "look at the difference, then run this test with -Dgolden.update=true.");
    }

    @Test
    void everyRuleDecidesSomewhereAndIsAsserted() throws IOException {
        Set<String> rules = Stream.of(Rule.values()).filter(rule -> rule != Rule.NONE).map(Rule::id)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rows()).containsAll(rules);
        assertThat(matches("/src/main/", Pattern.compile("\\bRule\\.([A-Z]\\d+)\\b"))).as("used").isEqualTo(rules);
        assertThat(matches("/src/test/", Pattern.compile("\\bRule\\.([A-Z]\\d+)\\b|\"[~a-zA-Z_ ]+ ([A-Z]\\d+)\"")))
                .as("asserted: as Rule.O18 in a test, or as the end of a cell of a matrix").containsAll(rules);
    }

    private static Set<String> matches(String below, Pattern id) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(path -> isSource(path, below, false)).toList()) {
                id.matcher(Files.readString(file)).results()
                        .forEach(match -> found.add(match.group(1) == null ? match.group(2) : match.group(1)));
            }
        }
        return found;
    }

    private static List<String> without(List<String> rows, Map<String, Set<String>> where, Map<String, String> excused,
            String what) {
        return rows.stream().filter(row -> !where.containsKey(row) && !excused.containsKey(row + " " + what)
                && !excused.containsKey(row + " both")).toList();
    }

    /** Files that contain the id of the sentence or of one of its rows. */
    private static Set<String> found(Sentence sentence, Map<String, Set<String>> where) {
        return Stream.concat(Stream.of(sentence.id()), sentence.rows().stream())
                .flatMap(id -> where.getOrDefault(id, Set.of()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String document(List<Sentence> sentences, Map<String, Set<String>> code,
            Map<String, Set<String>> tests) throws IOException {
        StringBuilder text = new StringBuilder("""
                # From sentence to rule, code and test

                Made by `RulesDocumentTest` from the ids in code and tests; run it with `-Dgolden.update=true` after
                moving one. Sentences are those of the source document in our words; rows are those of the
                specification (O offers, P plans, A audiences, E entitlements, R removals, V validation, D and B settled
                questions). The build fails if a sentence or a row has neither code nor test nor a reason. Rows that
                decide say what they say: journal, answers and replays name them.

                ## Sentences

                | sentence | rows | code | tests |
                | --- | --- | --- | --- |
                """);
        for (Sentence sentence : sentences) {
            text.append("| **%s** %s | %s | %s | %s |%n".formatted(sentence.id(), sentence.text(),
                    String.join(" ", sentence.rows()), some(found(sentence, code)), some(found(sentence, tests))));
        }
        text.append("\n## Rows\n\n| row | rule | code | tests |\n| --- | --- | --- | --- |\n");
        for (String row : rows()) {
            text.append("| %s | %s | %s | %s |%n".formatted(row, Rule.withId(row).sentence(),
                    some(code.getOrDefault(row, Set.of())),
                    some(tests.getOrDefault(row, Set.of()))));
        }
        text.append("\n## Without code or test of their own\n\n");
        table("without.txt").forEach(line -> text.append("* %s (%s): %s%n".formatted(line[0],
                line[1].equals("both") ? "code and test" : line[1], line[2])));
        return text.toString();
    }

    /** File names, the first six of them. */
    private static String some(Set<String> files) {
        return files.isEmpty() ? "–" : files.stream().limit(6).collect(Collectors.joining(", "))
                + (files.size() > 6 ? " and %d more".formatted(files.size() - 6) : "");
    }

    /** The files that contain each id: simple names of classes and schemas. */
    private static Map<String, Set<String>> mentions(String below, boolean schemas) throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(path -> isSource(path, below, schemas)).sorted().toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                for (String line : Files.readAllLines(file)) {
                    ids(line).forEach(id -> found.computeIfAbsent(id, unseen -> new TreeSet<>()).add(name));
                }
            }
        }
        return found;
    }

    private static boolean isSource(Path path, String below, boolean schemas) {
        String name = path.toString().replace('\\', '/');
        boolean kind = name.endsWith(".java") || schemas && name.endsWith(".avdl");
        return kind && name.contains(below) && !name.contains("/target/") && !name.contains("/simulation/model/")
                && Stream.of("RulesDocumentTest.java", "PlantedMistakes.java", "/domain/model/Rule.java")
                        .noneMatch(name::endsWith);
    }

    /** The ids of a line: O14, S24–S26, P1-P5, and p9D7 at the beginning of a test's name. */
    static Set<String> ids(String line) {
        Set<String> ids = new TreeSet<>();
        Matcher plain = ID.matcher(line);
        while (plain.find()) {
            int first = Integer.parseInt(plain.group(2));
            boolean range = plain.group(4) != null
                    && (plain.group(3) == null || plain.group(3).equals(plain.group(1)));
            ids.addAll(ids(plain.group(1), first, range ? Integer.parseInt(plain.group(4)) : first));
        }
        Matcher method = Pattern.compile("void ([a-z]\\d{1,2}[A-Za-z0-9]*)\\(").matcher(line);
        if (method.find()) {
            Matcher id = Pattern.compile("\\G([SOPAERVDBsopaervdb])(\\d{1,2})(?![0-9])").matcher(method.group(1));
            while (id.find()) {
                ids.add(id.group(1).toUpperCase(Locale.ROOT) + id.group(2));
            }
        }
        return ids;
    }

    /** Every row of the specification. */
    private static List<String> rows() {
        List<String> rows = new ArrayList<>();
        Stream.of(ids("O", 1, 34), ids("P", 1, 16), ids("A", 1, 14), ids("E", 1, 14), ids("R", 1, 7), ids("V", 1, 4),
                ids("V", 10, 24), ids("V", 30, 35), ids("D", 1, 39), ids("B", 1, 76)).forEach(rows::addAll);
        return rows;
    }

    private static List<String> ids(String letter, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(number -> letter + number).toList();
    }

    /** The lines of a small table, cut at its bars. */
    private static Stream<String[]> table(String name) throws IOException {
        return Files.readAllLines(RULES.resolve(name)).stream().filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> Stream.of(line.split("\\|")).map(String::strip).toArray(String[]::new));
    }
}
