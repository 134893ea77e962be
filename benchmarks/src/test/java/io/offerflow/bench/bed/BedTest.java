package io.offerflow.bench.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.bench.VoidRunException;
import io.offerflow.bench.load.WorkloadSpec;
import io.offerflow.bench.result.Sample;
import io.offerflow.bench.run.JvmSubject;
import io.offerflow.bench.run.Subject;
import io.offerflow.bench.subject.Rungs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BedTest {

    private static final int COMMANDS = 900;
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1");

    @TempDir
    private static Path folder;
    private static Bed bed;

    @BeforeAll
    static void open() throws InterruptedException {
        bed = Bed.open(new BedSpec(new WorkloadSpec(1, COMMANDS, 50, 0.99, 0.03, 0.05, 50), 2, 10, 20, true,
                Duration.ofSeconds(3)), folder);
        bed.loader().fill(COMMANDS);
    }

    @AfterAll
    static void close() {
        bed.close();
    }

    @Test
    void theServiceGivesEveryCommandTheOutcomeThatTheRulesGive() throws InterruptedException {
        assertMeasured(Rungs.named("service", QUICK).orElseThrow());
    }

    @Test
    void aRungWithoutRulesPassesTheSameCheck() throws InterruptedException {
        assertMeasured(Rungs.named("null-stateful", QUICK).orElseThrow());
    }

    @Test
    void aRunIsVoidIfACommandHasNoOutcome() {
        assertThatThrownBy(() -> bed.drain(liar("forgets"), 1)).isInstanceOf(VoidRunException.class)
                .hasMessage("void: forgets: 1 commands have no outcome, of 900 commands");
    }

    @Test
    void aRunIsVoidIfACommandHasTwoOutcomes() {
        assertThatThrownBy(() -> bed.drain(liar("repeats"), 1)).isInstanceOf(VoidRunException.class)
                .hasMessage("void: repeats: 1 outcomes came more than once, of 900 commands");
    }

    @Test
    void aRunIsVoidIfAnOutcomeSaysSomethingElseThanTheRules() {
        assertThatThrownBy(() -> bed.drain(liar("bends"), 1)).isInstanceOf(VoidRunException.class)
                .hasMessage("void: bends: 1 outcomes are not what the rules say, of 900 commands");
    }

    private static void assertMeasured(Subject subject) throws InterruptedException {
        Sample sample = bed.drain(subject, 1);
        assertThat(sample.subject()).isEqualTo(subject.name());
        assertThat(sample.commands()).isBetween(1, COMMANDS * 3 / 4);
        assertThat(sample.perSecond()).isPositive();
        assertThat(sample.cpuMicros()).containsOnlyKeys(Sample.APP, Sample.BROKER, Sample.CHECKER);
    }

    private static Subject liar(String lie) {
        return new JvmSubject(lie, LyingProcess.class, QUICK, List.of("lie=" + lie));
    }
}
