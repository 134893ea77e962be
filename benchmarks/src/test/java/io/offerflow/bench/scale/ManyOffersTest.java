package io.offerflow.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.contract.registry.InMemoryRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyOffersTest {

    @Test
    void pointHasCostSizeAndTimeToOpenAgain(@TempDir Path folder) {
        Map<String, Double> values = ManyOffers.measure(new InMemoryRegistry(), folder, 300, 1000, false);
        assertThat(values).containsKeys("CPU µs a command", "stores MiB", "open again ms", "outside the heap MiB");
        assertThat(values.get("facts B")).isBetween(200.0, 2_000.0);
        assertThat(values.get("rows")).isGreaterThan(5);
        assertThat(values.get("CPU µs a command")).isPositive();
    }
}
