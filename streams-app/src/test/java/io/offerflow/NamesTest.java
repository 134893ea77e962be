package io.offerflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One word per thing, one thing per word; names and lines are short enough to read. */
class NamesTest {

    private static final int LONGEST_TEST_NAME = 59;
    private static final int LONGEST_LINE = 120;
    private static final Pattern TYPE = Pattern.compile("^(\\s*)(?:public |protected |private |static |final |abstract "
            + "|sealed |non-sealed )*(?:class|record|interface|@interface|enum) ([A-Z]\\w*)", Pattern.MULTILINE);
    private static final Pattern SEALED = Pattern.compile("\\bsealed interface (\\w+)");
    private static final Pattern TEST = Pattern.compile("^    (?:public )?void (\\w+)\\(", Pattern.MULTILINE);

    @Test
    void noSimpleClassNameIsUsedForTwoThings() throws IOException {
        Map<String, TreeSet<String>> places = new TreeMap<>();
        try (Stream<Path> files = SourceTree.main()) {
            for (Path file : files.toList()) {
                String source = Files.readString(file);
                boolean group = SEALED.matcher(source).find();
                for (Matcher type = TYPE.matcher(source); type.find();) {
                    if (type.group(1).isEmpty() || !group) { // members of a sealed group are named within it
                        places.computeIfAbsent(type.group(2), unseen -> new TreeSet<>()).add(file.toString());
                    }
                }
            }
        }
        assertThat(places.entrySet().stream().filter(name -> name.getValue().size() > 1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .as("names with two meanings").isEmpty();
    }

    @Test
    void testNamesAreShorterThanSixtyLetters() throws IOException {
        try (Stream<Path> files = SourceTree.tests()) {
            List<String> names = files.flatMap(file -> TEST.matcher(read(file)).results().map(found -> found.group(1)))
                    .filter(name -> name.length() > LONGEST_TEST_NAME).toList();
            assertThat(names).as("names of tests above %d letters", LONGEST_TEST_NAME).isEmpty();
        }
    }

    @Test
    void noLineIsLongerThanTheEditorConfigurationSays() throws IOException {
        assertThat(SourceTree.ROOT.resolve(".editorconfig")).content().contains("max_line_length = " + LONGEST_LINE);
        List<String> longer = new ArrayList<>();
        try (Stream<Path> files = SourceTree.files()) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                List<String> lines = Files.readAllLines(file);
                IntStream.range(0, lines.size()).filter(line -> lines.get(line).length() > LONGEST_LINE)
                        .forEach(line -> longer.add("%s:%d".formatted(file, line + 1)));
            }
        }
        assertThat(longer).as("Java lines above %d characters", LONGEST_LINE).isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
