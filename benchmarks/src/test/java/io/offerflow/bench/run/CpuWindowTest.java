package io.offerflow.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CpuWindowTest {

    @Test
    void harnessIsWhatNeitherTheSubjectNorTheBrokerTook() {
        Map<String, Double> values = new CpuWindow().with(CpuWindow.APP, used(20_000))
                .with(CpuWindow.BROKER, used(10_000)).with(CpuWindow.LOADER, used(6_000))
                .with(CpuWindow.CHECKER, used(4_000)).open().close().per(1);
        assertThat(values.get(CpuWindow.HARNESS)).isCloseTo(25, within(2.0)); // with what this test itself took
        assertThat(values.get(CpuWindow.MEASURED)).isEqualTo(30_000e6);
        assertThat(values).containsKeys(CpuWindow.APP, CpuWindow.BROKER, CpuWindow.LOADER, CpuWindow.CHECKER);
    }

    /** Nothing when the window opens, this much when it closes. */
    private static Supplier<Duration> used(long seconds) {
        return List.of(Duration.ZERO, Duration.ofSeconds(seconds)).iterator()::next;
    }
}
