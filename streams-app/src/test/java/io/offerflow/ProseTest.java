package io.offerflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Main sources and documents are written in plain technical English: turns that it does not use are refused. */
class ProseTest {

    /** What is refused, and what to write instead. */
    private static final Map<Pattern, String> TURNS = new LinkedHashMap<>();

    static {
        turn("\\b(nobody|somebody|whoever)\\b", "name who: no client, a consumer, the sender, users who …");
        turn("\\banew\\b", "again");
        turn("\\b(lie|lies|lying)\\b", "is stored, is kept, is");
        turn("\\bstands?\\b(?! for\\b|-)", "is, exists, is listed");
        turn("\\bsp(eak|eaks|eaking|oke|oken) (of|to)\\b", "refers to, is sent to");
        turn("\\bbecame of\\b", "the outcome of");
        turn("(?<!fall|falls|fell|is|are|lag|lags) behind\\b(?! a proxy)", "after");
        turn("\\bbeside\\b", "besides, next to, compared with");
        turn("(?<!\\bno )\\bsuch\\b(?! as\\b)", "this, of this kind");
        turn("\\b((one|two|each|\\d+) \\w+|\\d+) an? (offer|plan|section|topic|record|partition|customer|key|line"
                + "|second|minute|member|input|output|class|tick|day|thread|task)\\b", "per");
    }

    @Test
    void mainSourcesAndDocumentsUseNoRefusedTurn() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = SourceTree.files()) {
            files.filter(ProseTest::isProse).forEach(file -> read(file, found));
        }
        assertThat(found).as("turns that plain technical English does not use").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nobody reads it.", "made anew", "bytes lie in the store", "it stands in the file",
        "It speaks of a run", "what became of it", "a sleep behind the commit", "beside the journal", "such a row",
        "one row an offer", "at most 20 a section"})
    void theCheckRefuses(String text) {
        assertThat(refused(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stands for the pipeline", "a stand-in", "no such id", "such as this", "falls behind",
        "behind a proxy", "one row per offer", "besides this"})
    void theCheckAllows(String text) {
        assertThat(refused(text)).isEmpty();
    }

    private static void turn(String refused, String instead) {
        TURNS.put(Pattern.compile(refused, Pattern.CASE_INSENSITIVE), instead);
    }

    private static boolean isProse(Path file) {
        String path = SourceTree.slashed(file);
        return path.contains("/src/main/") && path.matches(".*\\.(java|avdl|html|properties|xml)")
                || path.matches("\\.\\./([^/]+|(docs|deploy|checks|samples|\\.ci)/.+)\\.(md|ya?ml|sh)")
                || path.matches("\\.\\./(offerflow|docker-compose.yml|([^/]+/)?pom.xml)");
    }

    private static void read(Path file, List<String> found) {
        try {
            List<String> lines = Files.readAllLines(file);
            for (int number = 0; number < lines.size(); number++) {
                for (String turn : refused(lines.get(number))) {
                    found.add("%s:%d: %s".formatted(SourceTree.ROOT.relativize(file), number + 1, turn));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static List<String> refused(String line) {
        return TURNS.entrySet().stream().flatMap(turn -> turn.getKey().matcher(line).results()
                .map(match -> "\"%s\"; write: %s".formatted(match.group().strip(), turn.getValue()))).toList();
    }
}
