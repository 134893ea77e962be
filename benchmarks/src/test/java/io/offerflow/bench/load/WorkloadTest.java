package io.offerflow.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadTest {

    private static final int COMMANDS = 2_500;

    @TempDir
    private Path folder;

    @Test
    void sameSeedGivesTheSameBytes() throws IOException {
        write(1, folder.resolve("one"));
        write(1, folder.resolve("again"));
        write(2, folder.resolve("other"));
        assertThat(bytes("again")).isEqualTo(bytes("one"));
        assertThat(bytes("other")).isNotEqualTo(bytes("one"));
    }

    @Test
    void threePercentAreDuplicatesAndFivePercentAreRefused() {
        List<Figure> figures = write(1, folder);
        assertThat(share(figures, "DUPLICATE")).isCloseTo(3, within(2.0));
        assertThat(share(figures, "REJECTED")).isCloseTo(5, within(2.5));
        assertThat(share(figures, "")).isCloseTo(100, within(0.1));
        assertThat(figures).extracting(Figure::point).contains("CreateOffer", "SaveSection", "CreatePlan",
                "SubmitOffer", "ReportStepSucceeded", "GoLive", "AcquirePlan", "DownloadOffer");
    }

    @Test
    void offerChangesTopicOnlyInALaterEpoch() {
        write(1, folder);
        Map<String, Set<Topic>> topics = new HashMap<>();
        try (WorkloadReader reader = new WorkloadReader(folder)) {
            for (int number = 0; number < COMMANDS; number++) {
                WorkloadCommand command = reader.next();
                topics.computeIfAbsent(command.epoch() + new String(command.key()), first -> new HashSet<>())
                        .add(command.topic());
            }
        }
        assertThat(topics.values()).allSatisfy(some -> assertThat(some).hasSize(1));
    }

    private static double share(List<Figure> figures, String outcome) {
        return figures.stream().filter(figure -> figure.group().equals("outcome")
                && figure.point().startsWith(outcome)).mapToDouble(figure -> figure.values().get("share %")).sum();
    }

    private static List<Figure> write(long seed, Path to) {
        return Workload.write(new WorkloadSpec(seed, COMMANDS, 400, 0.99, 0.03, 0.05, 100), new InMemoryRegistry(),
                4, to, false);
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name).resolve("commands.bin"));
    }
}
