package io.offerflow.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offerflow.bench.result.Sample;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WindowTest {

    @Test
    void theHarnessIsWhatNeitherTheSubjectNorTheBrokerTook() {
        Window window = new Window().with(Sample.APP, used(20_000)).with(Sample.BROKER, used(10_000))
                .with("loader", used(6_000)).with(Sample.CHECKER, used(4_000)).open().close();
        assertThat(window.harnessShare()).isCloseTo(0.25, within(0.02)); // what this test itself took is in it
    }

    /** Nothing when the window opens, so much when it closes. */
    private static Supplier<Duration> used(long seconds) {
        return List.of(Duration.ZERO, Duration.ofSeconds(seconds)).iterator()::next;
    }
}
