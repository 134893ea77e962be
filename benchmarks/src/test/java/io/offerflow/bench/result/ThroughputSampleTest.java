package io.offerflow.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThroughputSampleTest {

    private static final int SECONDS = 20;

    @Test
    void moreCommandsThanTheProcessorsHaveTimeForAreAnError() {
        ThroughputSample sample = sample(50_000, 30, 20, 10);
        assertThatThrownBy(() -> sample.checked(2)).isInstanceOf(BenchException.class).hasMessage("measuring error: "
                + "service, round 1: 50,000 commands/s, but 2 processors have time for 33,333 at that cost");
    }

    @Test
    void asManyCommandsAsTheProcessorsHaveTimeForAreFine() {
        ThroughputSample sample = sample(33_000, 30, 20, 10);
        assertThat(sample.checked(2)).isSameAs(sample);
    }

    @Test
    void shortRunIsNotJudgedByWhatWasUsedAroundIt() {
        ThroughputSample burst = new ThroughputSample("service", 1, 100, 0.01, 10_000,
                new CpuUse(Map.of(CpuUse.APP, 9_000.0), 0, 0));
        assertThat(burst.checked(2)).isSameAs(burst);
    }

    @Test
    void harnessIsTheCheckersShareOfAllProcessorTime() {
        assertThat(sample(1, 30, 10, 10).cpu().harnessShare()).isEqualTo(0.2);
    }

    @Test
    void medianOfAnEvenNumberIsInTheMiddle() {
        assertThat(MedianRange.of(List.of(4.0, 1.0, 2.0, 3.0), Double::doubleValue))
                .isEqualTo(new MedianRange(2.5, 1, 4));
    }

    private static ThroughputSample sample(double perSecond, double app, double broker, double checker) {
        return new ThroughputSample("service", 1, (int) (perSecond * SECONDS), SECONDS, perSecond, new CpuUse(
                Map.of(CpuUse.APP, app, CpuUse.BROKER, broker, CpuUse.CHECKER, checker), 0, 0));
    }
}
