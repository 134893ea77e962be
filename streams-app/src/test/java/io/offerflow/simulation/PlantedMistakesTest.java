package io.offerflow.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.simulation.PlantedMistakes.Mistake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * The simulation can fail: each of these mistakes, planted alone into the engine's source, makes the engine and the paper
 * model differ. {@code -Dmistake=text} plants only those whose name contains the text.
 */
class PlantedMistakesTest {

    private static final long MOST_SEEDS = 400;
    private static final Path SOURCES = Path.of("src/main/java/io/offerflow");

    @Test
    void everyPlantedMistakeIsCaught() throws Exception {
        String only = System.getProperty("mistake", "");
        List<Mistake> mistakes = PlantedMistakes.all().stream().filter(one -> one.toString().contains(only)).toList();
        assertThat(mistakes).as("mistakes to plant").isNotEmpty();
        List<String> missed = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<String>> all = mistakes.stream().map(one -> pool.submit(() -> caught(one))).toList();
            for (int i = 0; i < all.size(); i++) {
                String how = all.get(i).get();
                System.out.printf("%-75s %s%n", mistakes.get(i), how.isEmpty() ? "NOT CAUGHT" : how);
                if (how.isEmpty()) {
                    missed.add(mistakes.get(i).toString());
                }
            }
        }
        assertThat(missed).as("mistakes that %,d stories did not show", MOST_SEEDS).isEmpty();
    }

    /** By which seed and difference a mistake shows; empty if it does not. */
    private static String caught(Mistake mistake) throws Exception {
        String source = Files.readString(SOURCES.resolve(mistake.file()));
        int at = source.indexOf(mistake.right());
        assertThat(at).as("%s: this text is no longer in %s: %s", mistake, mistake.file(), mistake.right())
                .isNotNegative();
        assertThat(source.indexOf(mistake.right(), at + 1)).as("%s: this text is twice in %s: %s", mistake,
                mistake.file(), mistake.right()).isNegative();
        String wrong = source.substring(0, at) + mistake.wrong() + source.substring(at + mistake.right().length());
        MutatedClasses classes = MutatedClasses.with(mistake.file(), wrong);
        @SuppressWarnings("unchecked")
        LongFunction<String> probe = (LongFunction<String>) classes.loadClass(Probe.class.getName())
                .getConstructor().newInstance();
        for (long seed = 0; seed < MOST_SEEDS; seed++) {
            String difference = probe.apply(seed);
            if (!difference.isEmpty()) {
                return "seed %d: %s".formatted(seed, difference.length() <= 90 ? difference
                        : difference.substring(0, 90) + "…");
            }
        }
        return "";
    }
}
