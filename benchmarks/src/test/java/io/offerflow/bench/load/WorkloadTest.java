package io.offerflow.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.result.WorkloadSummary;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
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
        WorkloadSummary summary = write(1, folder);
        assertThat(share(summary, "DUPLICATE")).isCloseTo(0.03, within(0.02));
        assertThat(share(summary, "REJECTED")).isCloseTo(0.05, within(0.025));
        assertThat(summary.results().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(COMMANDS);
        assertThat(summary.commands()).containsKeys("CreateOffer", "SaveSection", "CreatePlan", "SubmitOffer",
                "ReportStepSucceeded", "GoLive", "AcquirePlan", "DownloadOffer");
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

    private static double share(WorkloadSummary summary, String result) {
        return summary.results().entrySet().stream().filter(count -> count.getKey().startsWith(result))
                .mapToInt(Map.Entry::getValue).sum() / (double) COMMANDS;
    }

    private static WorkloadSummary write(long seed, Path to) {
        return Workload.write(new WorkloadSpec(seed, COMMANDS, 400, 0.99, 0.03, 0.05, 100), new InMemoryRegistry(),
                4, to, false);
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name).resolve("commands.bin"));
    }
}
