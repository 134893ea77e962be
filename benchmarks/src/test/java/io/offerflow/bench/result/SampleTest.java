package io.offerflow.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.bench.BenchException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleTest {

    private static final int SECONDS = 20;

    @Test
    void moreCommandsThanTheProcessorsHaveTimeForAreAMeasuringError() {
        Sample sample = sample(50_000, 30, 20, 10);
        assertThatThrownBy(() -> sample.checked(2)).isInstanceOf(BenchException.class).hasMessage("measuring error: "
                + "service, round 1: 50,000 commands/s, but 2 processors have time for 33,333 at that cost");
    }

    @Test
    void asManyCommandsAsTheProcessorsHaveTimeForAreFine() {
        Sample sample = sample(33_000, 30, 20, 10);
        assertThat(sample.checked(2)).isSameAs(sample);
    }

    @Test
    void aShortRunIsNotJudgedByWhatWasUsedAroundIt() {
        Sample burst = new Sample("service", 1, 100, 0.01, 10_000, Map.of(Sample.APP, 9_000.0), 0, 0);
        assertThat(burst.checked(2)).isSameAs(burst);
    }

    @Test
    void theHarnessIsTheCheckersShareOfAllProcessorTime() {
        assertThat(sample(1, 30, 10, 10).harnessShare()).isEqualTo(0.2);
    }

    @Test
    void theMedianOfAnEvenNumberLiesInTheMiddle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(2.5, 1, 4));
    }

    private static Sample sample(double perSecond, double app, double broker, double checker) {
        return new Sample("service", 1, (int) (perSecond * SECONDS), SECONDS, perSecond, Map.of(Sample.APP, app, Sample.BROKER, broker,
                Sample.CHECKER, checker), 0, 0);
    }
}
