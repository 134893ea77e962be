package io.offerflow.faults.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The faults of a run depend on the seed alone, and every kind has its share. */
class FaultScheduleTest {

    private static final Set<FaultKind> ALL = EnumSet.allOf(FaultKind.class);

    @Test
    void aSeedGivesTheSameFaultsAndAnotherSeedOthers() {
        List<FaultKind> faults = FaultSchedule.of(7, 130, ALL);
        assertThat(faults).hasSize(130).isEqualTo(FaultSchedule.of(7, 130, ALL))
                .isNotEqualTo(FaultSchedule.of(8, 130, ALL)).containsAll(ALL);
    }

    @Test
    void aKindThatIsNotPossibleIsReplacedByOthers() {
        Set<FaultKind> possible = EnumSet.complementOf(EnumSet.of(FaultKind.DISK_FULL, FaultKind.INSTANCE_KILLED));
        assertThat(FaultSchedule.of(7, 60, possible)).hasSize(60).doesNotContain(FaultKind.DISK_FULL,
                FaultKind.INSTANCE_KILLED);
    }

    @Test
    void aShortRunHasTheMostFrequentKinds() {
        assertThat(FaultSchedule.of(1, 8, ALL)).hasSize(8).contains(FaultKind.INSTANCE_KILLED,
                FaultKind.BROKER_KILLED, FaultKind.NETWORK_CUT);
    }
}
