package io.offerflow.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.contract.registry.InMemoryRegistry;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

class StoreMemoryTest {

    private static final double DEFAULT_BYTES = 256 << 20;

    @Test
    void everyStoreTakesItsMemoryFromTheOneOfTheProcess() {
        Properties properties = TopologyHarness.properties();
        try (TopologyTestDriver driver = new TopologyTestDriver(OfferTopology.build(new StreamsConfig(properties),
                TopologySettings.defaults("test-build", 1), new InMemoryRegistry()), properties)) {
            assertThat(of(driver, "block-cache-capacity")).hasSize(OfferTopology.stores().size())
                    .containsOnly(DEFAULT_BYTES);
            // Write buffers and filters are charged to the cache that all share: each store sees the whole.
            assertThat(of(driver, "block-cache-usage")).allSatisfy(usage -> assertThat(usage).isPositive());
        }
    }

    private static List<Double> of(TopologyTestDriver driver, String metric) {
        return driver.metrics().values().stream().filter(each -> each.metricName().name().equals(metric))
                .map(Metric::metricValue).map(value -> ((Number) value).doubleValue()).toList();
    }
}
