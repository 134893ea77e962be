package io.offerflow.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offerflow.bench.result.CpuUse;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CpuWindowTest {

    @Test
    void harnessIsWhatNeitherTheSubjectNorTheBrokerTook() {
        CpuWindow window = new CpuWindow().with(CpuUse.APP, used(20_000)).with(CpuUse.BROKER, used(10_000))
                .with(CpuUse.LOADER, used(6_000)).with(CpuUse.CHECKER, used(4_000)).open().close();
        assertThat(window.harnessShare()).isCloseTo(0.25, within(0.02)); // with what this test itself took
        assertThat(window.per(1).micros()).containsOnlyKeys(CpuUse.APP, CpuUse.BROKER, CpuUse.LOADER, CpuUse.CHECKER);
    }

    /** Nothing when the window opens, this much when it closes. */
    private static Supplier<Duration> used(long seconds) {
        return List.of(Duration.ZERO, Duration.ofSeconds(seconds)).iterator()::next;
    }
}
