package io.offerflow.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.simulation.PlantedMistakes.Mistake;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The simulation can fail: each of these mistakes, planted alone, makes the service and the reference model differ.
 * {@code -Dmistake=A12|B34} plants those whose names match; {@code -Dgolden.update=true} notes the seeds that show
 * them.
 */
class PlantedMistakesTest {

    /** Every mistake has to show in one of the traces from 0 to this number. */
    static final long SEEDS = 1_000;

    private static final int STEPS = 300;
    /** Where the search begins, so that the build runs one trace per mistake. */
    private static final Path KNOWN = Path.of("src/test/resources/simulation/seeds.properties");

    /** How a mistake shows. */
    private record Found(Mistake mistake, Optional<Trace> trace) {
        private record Trace(long seed, String difference) {
        }

        @Override
        public String toString() {
            return "%-70s %s".formatted(mistake, trace.map(shown -> "seed %d: %.90s".formatted(shown.seed(),
                    shown.difference())).orElse("NOT CAUGHT"));
        }
    }

    @Test
    void everyMistakeIsCaught() throws IOException {
        Properties seeds = new Properties();
        try (Reader reader = Files.newBufferedReader(KNOWN)) {
            seeds.load(reader);
        }
        Pattern only = Pattern.compile(System.getProperty("mistake", ""));
        List<Found> all = PlantedMistakes.all().parallelStream()
                .filter(mistake -> only.matcher(mistake.toString()).find())
                .map(mistake -> search(mistake, Long.parseLong(seeds.getProperty(key(mistake), "0")))).toList();
        all.forEach(System.out::println);
        if (Boolean.getBoolean("golden.update") && only.pattern().isEmpty()) {
            Files.writeString(KNOWN, all.stream().flatMap(PlantedMistakesTest::line).sorted().collect(
                    Collectors.joining("", "# Made by PlantedMistakesTest with -Dgolden.update=true.\n", "")));
        }
        assertThat(all).isNotEmpty().allSatisfy(found -> assertThat(found.trace()).as("%s", found).isPresent());
        assertThat(all).as("differences, not failures of a variant").noneMatch(found ->
                found.trace().orElseThrow().difference().startsWith(Simulation.EXCEPTION));
    }

    private static Found search(Mistake mistake, long first) {
        return new Found(mistake, LongStream.range(first, first + SEEDS).map(seed -> seed % SEEDS).boxed()
                .flatMap(seed -> Simulation.run(seed, STEPS, policy -> mistake.variant().apply(Rules.of(policy)))
                        .difference().map(difference -> new Found.Trace(seed, difference.what())).stream())
                .findFirst());
    }

    private static Stream<String> line(Found found) {
        return found.trace().map(trace -> "%s=%d%n".formatted(key(found.mistake()), trace.seed())).stream();
    }

    /** A name without blanks, for a list of properties. */
    private static String key(Mistake mistake) {
        return mistake.toString().replaceAll("[^A-Za-z0-9]+", ".");
    }
}
