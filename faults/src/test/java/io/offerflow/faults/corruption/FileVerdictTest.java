package io.offerflow.faults.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.faults.crash.MemoryRun;
import io.offerflow.faults.history.PartitionHistory;
import io.offerflow.faults.oracle.Mutation;
import io.offerflow.faults.oracle.Oracles;
import io.offerflow.faults.oracle.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A changed decision is WRONG whatever was said; a change that was made is the one that the report names. */
class FileVerdictTest {

    private static final int STEPS = 120;
    private static final List<SeenLine> SAID = List.of(new SeenLine("service", "store offers is corrupt"));

    @ParameterizedTest
    @EnumSource(value = Mutation.Kind.class, names = {"REFUSED_TURNED_ACCEPTED", "ROW_STALE", "BIT_FLIPPED"})
    void aChangedDecisionRowOrOutputIsWrong(Mutation.Kind change) {
        SchemaRegistry registry = new InMemoryRegistry();
        PartitionHistory good = MemoryRun.of(1, STEPS, registry);
        List<Violation> none = Oracles.check(good, registry);
        List<Violation> violations = Oracles.check(Mutation.of(good, registry, change, 1), registry);
        assertThat(FileVerdict.of(true, List.of(), none)).isEqualTo(FileVerdict.HARMLESS);
        assertThat(FileVerdict.of(true, SAID, none)).isEqualTo(FileVerdict.NOTICED);
        assertThat(FileVerdict.of(true, List.of(), violations)).isEqualTo(FileVerdict.WRONG);
        assertThat(FileVerdict.of(true, SAID, violations)).as("a warning does not excuse it")
                .isEqualTo(FileVerdict.WRONG);
    }

    @Test
    void aServiceThatStopsHasToSayWhy() {
        assertThat(FileVerdict.of(false, List.of(), List.of())).isEqualTo(FileVerdict.WRONG);
        assertThat(FileVerdict.of(false, SAID, List.of())).isEqualTo(FileVerdict.NOTICED);
    }

    @Test
    void aReportWithAWrongVerdictOrAWayBackThatFailsIsNotGood() {
        assertThat(report(FileVerdict.NOTICED, Optional.of(true)).keptAll()).isTrue();
        assertThat(report(FileVerdict.WRONG, Optional.empty()).keptAll()).isFalse();
        assertThat(report(FileVerdict.NOTICED, Optional.of(false)).keptAll()).isFalse();
    }

    private static CorruptionReport report(FileVerdict verdict, Optional<Boolean> restored) {
        return new CorruptionReport(1, 2, 10, List.of(new CaseResult(CorruptionCase.all().getFirst(), 5, verdict,
                restored.isEmpty(), SAID, List.of(), restored.map(worked -> WayBack.RESTORED_FILE), restored)));
    }

    @ParameterizedTest
    @EnumSource
    void aChangeIsOneBitOrAShorterFile(FileChange change, @TempDir Path folder) throws IOException {
        byte[] before = new byte[1_000];
        Path file = Files.write(folder.resolve("file"), before);
        Path copy = Files.write(folder.resolve("copy"), before);
        long position = change.apply(file, new Random(3));
        byte[] after = Files.readAllBytes(file);
        if (change == FileChange.CUT_TAIL) {
            assertThat(after).hasSize((int) position).hasSizeBetween(899, 999);
            return;
        }
        assertThat(Integer.bitCount(after[(int) position] & 0xff)).isEqualTo(1);
        assertThat(Arrays.mismatch(before, after)).isEqualTo((int) position);
        FileChange.restore(copy, file, position);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
}
