package io.offerflow.bench.harness;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Result;
import io.offerflow.bench.harness.Harness.HarnessSpec;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarnessTest {

    private static final int COMMANDS = 300;

    @TempDir
    private static Path folder;
    private static Harness harness;

    @BeforeAll
    static void open() throws InterruptedException {
        harness = new Harness(new HarnessSpec(new WorkloadSpec(1, COMMANDS, 50, 0.99, 0.03, 0.05, 50), 2, 10, 20,
                true, Duration.ofSeconds(2)), folder);
        harness.loader().fill(COMMANDS);
    }

    @AfterAll
    static void close() {
        harness.close();
    }

    @Test
    void runIsVoidIfACommandHasNoOutcome() {
        assertVoid("forgets", outcome -> List.of(), "1 commands have no outcome");
    }

    @Test
    void runIsVoidIfACommandHasTwoOutcomes() {
        assertVoid("repeats", outcome -> List.of(outcome, outcome), "1 outcomes came more than once");
    }

    @Test
    void runIsVoidIfAnOutcomeDiffersFromTheRules() {
        assertVoid("bends", HarnessTest::bend, "1 outcomes differ from the rules");
    }

    private static void assertVoid(String name, Function<byte[], List<byte[]>> fault, String message) {
        assertThatThrownBy(() -> harness.drain(new FaultySubject(name, COMMANDS, fault)))
                .isInstanceOf(BenchException.class)
                .hasMessage("void: %s: %s, of %d commands".formatted(name, message, COMMANDS));
    }

    private static List<byte[]> bend(byte[] outcome) {
        try (RegistryClient registry = harness.config("test").registry()) {
            CommandOutcome said = (CommandOutcome) new AvroDecoder(registry).decode(Topic.COMMAND_OUTCOMES, outcome);
            return List.of(new AvroEncoder(registry, Topic.outputs()).encode(Topic.COMMAND_OUTCOMES,
                    CommandOutcome.newBuilder(said).setResult(Result.IGNORED).build()));
        }
    }
}
