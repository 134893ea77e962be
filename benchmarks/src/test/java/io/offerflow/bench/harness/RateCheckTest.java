package io.offerflow.bench.harness;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.run.CpuWindow;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateCheckTest {

    private static final Map<String, Double> CPU = Map.of(CpuWindow.MEASURED, 50.0, CpuWindow.CHECKER, 10.0);

    @Test
    void moreCommandsThanTheProcessorsHaveTimeForAreAnError() {
        assertThatThrownBy(() -> Harness.checkRate("service", 1_000_000, 20, CPU, 2)).isInstanceOf(BenchException.class)
                .hasMessage("measuring error: service: 50,000 commands/s, but 2 processors have time for 33,333 at "
                        + "that cost");
    }

    @Test
    void asManyCommandsAsTheProcessorsHaveTimeForAreFine() {
        assertThatCode(() -> Harness.checkRate("service", 660_000, 20, CPU, 2)).doesNotThrowAnyException();
    }

    @Test
    void shortRunIsNotJudgedByWhatWasUsedAroundIt() {
        assertThatCode(() -> Harness.checkRate("service", 100, 0.01, Map.of(CpuWindow.MEASURED, 9_000.0,
                CpuWindow.CHECKER, 0.0), 2)).doesNotThrowAnyException();
    }
}
