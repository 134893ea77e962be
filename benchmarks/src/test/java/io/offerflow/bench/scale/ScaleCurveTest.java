package io.offerflow.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.bench.result.Figure;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScaleCurveTest {

    @Test
    void pointsAreOrderedByCurveAndSize() {
        assertThat(Stream.of(figure("partitions", "2"), figure("offers", "5,000,000"), figure("offers", "10,000"),
                figure("kind of command", "SaveSection"), figure("kind of command", "GoLive"),
                figure("offers", "100,000")).sorted(ScaleCurve.ORDER).map(Figure::point)).containsExactly(
                "SaveSection", "GoLive", "10,000", "100,000", "5,000,000", "2");
    }

    private static Figure figure(String curve, String point) {
        return new Figure(curve, point, Map.of());
    }
}
