package io.offerflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The glossary names classes that exist, each term once. */
class GlossaryTest {

    private static final Path GLOSSARY = Path.of("../docs/glossary.md");
    private static final Pattern TERM = Pattern.compile("\\| ([a-z][a-z -]+) \\| (.+) \\| `(\\w+)` \\|");
    private static final int MOST_TERMS = 40;

    @Test
    void everyTermIsOneLineWithAClassThatExists() throws IOException {
        List<String> rows = Files.readAllLines(GLOSSARY).stream()
                .filter(line -> line.startsWith("| ")).skip(2).toList();
        assertThat(rows).hasSizeLessThanOrEqualTo(MOST_TERMS).allMatch(row -> TERM.matcher(row).matches());
        List<String> terms = rows.stream().map(row -> group(row, 1)).toList();
        assertThat(terms).doesNotHaveDuplicates().isSorted();
        assertThat(rows.stream().map(row -> group(row, 3))).isSubsetOf(classes());
    }

    private static String group(String row, int group) {
        Matcher term = TERM.matcher(row);
        assertThat(term.matches()).as(row).isTrue();
        return term.group(group);
    }

    private static List<String> classes() throws IOException {
        try (Stream<Path> files = SourceTree.main()) {
            return files.map(file -> file.getFileName().toString().replace(".java", "")).toList();
        }
    }
}
