package io.offerflow.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.simulation.PlantedMistakes.Mistake;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The simulation can fail: each of these mistakes, planted alone into the engine's source, makes the engine and the paper
 * model differ. The build plants every fifth; {@code -Dmistake=.} all, {@code -Dmistake=A12|B34} those whose names match,
 * and with {@code -Dgolden.update=true} the seeds that show all are noted.
 */
class PlantedMistakesTest {

    private static final long MOST_SEEDS = 1_000;
    private static final int SHARE = 5;
    private static final Path SOURCES = Path.of("src/main/java/io/offerflow");
    /** Where to begin to look, so that the build need not search: the seeds that showed the mistakes before. */
    private static final Path KNOWN = Path.of("src/test/resources/simulation/seeds.properties");
    private static final Properties SEEDS = new Properties();

    @BeforeAll
    static void whereToBegin() throws IOException {
        try (Reader reader = Files.newBufferedReader(KNOWN)) {
            SEEDS.load(reader);
        }
    }

    @Test
    void everyPlantedMistakeIsCaught() throws Exception {
        String only = System.getProperty("mistake", "");
        List<Mistake> all = PlantedMistakes.all();
        List<Mistake> mistakes = only.isEmpty() ? IntStream.range(0, all.size()).filter(at -> at % SHARE == 0)
                .mapToObj(all::get).toList() : all.stream().filter(one -> Pattern.compile(only).matcher(one.toString())
                .find()).toList();
        assertThat(mistakes).as("mistakes to plant").isNotEmpty();
        List<String> missed = new ArrayList<>();
        SortedMap<String, String> shown = new TreeMap<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<String>> found = mistakes.stream().map(one -> pool.submit(() -> caught(one))).toList();
            for (int i = 0; i < found.size(); i++) {
                String how = found.get(i).get();
                System.out.printf("%-75s %s%n", mistakes.get(i), how.isEmpty() ? "NOT CAUGHT" : "seed " + how);
                shown.put(key(mistakes.get(i)), how.split(" ")[0]);
                if (how.isEmpty()) {
                    missed.add(mistakes.get(i).toString());
                }
            }
        }
        if (Boolean.getBoolean("golden.update") && mistakes.size() == all.size()) {
            StringBuilder lines = new StringBuilder("# Made by PlantedMistakesTest with -Dgolden.update=true.\n");
            shown.forEach((name, seed) -> lines.append(name).append('=').append(seed).append('\n'));
            Files.writeString(KNOWN, lines);
        }
        assertThat(missed).as("mistakes that %,d stories did not show", MOST_SEEDS).isEmpty();
    }

    @Test
    void everyMistakeCanStillBePlanted() throws IOException {
        for (Mistake mistake : PlantedMistakes.all()) {
            assertThat(planted(mistake)).isNotEmpty();
        }
    }

    /** By which seed and difference a mistake shows; empty if it does not. */
    private static String caught(Mistake mistake) throws Exception {
        MutatedClasses classes = MutatedClasses.with(mistake.file(), planted(mistake));
        @SuppressWarnings("unchecked")
        LongFunction<String> probe = (LongFunction<String>) classes.loadClass(Probe.class.getName())
                .getConstructor().newInstance();
        long known = Long.parseLong(SEEDS.getProperty(key(mistake), "0"));
        for (long seed = known; seed < known + MOST_SEEDS; seed++) {
            String difference = probe.apply(seed % MOST_SEEDS);
            if (!difference.isEmpty()) {
                return "%d %s".formatted(seed % MOST_SEEDS, difference.length() <= 90 ? difference
                        : difference.substring(0, 90) + "…");
            }
        }
        return "";
    }

    private static String key(Mistake mistake) {
        return mistake.name().replace(' ', '-');
    }

    /** The source text with the mistake; a text that has changed is a mistake that nobody looks for any more. */
    private static String planted(Mistake mistake) throws IOException {
        String source = Files.readString(SOURCES.resolve(mistake.file()));
        int at = source.indexOf(mistake.right());
        assertThat(at).as("%s: this text is no longer in %s: %s", mistake, mistake.file(), mistake.right())
                .isNotNegative();
        assertThat(source.indexOf(mistake.right(), at + 1)).as("%s: this text is twice in %s: %s", mistake,
                mistake.file(), mistake.right()).isNegative();
        return source.substring(0, at) + mistake.wrong() + source.substring(at + mistake.right().length());
    }
}
