package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.QuarantineReason;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an instance shows before anything has happened, and after the first time. */
class ServiceMetricsTest {

    @Test
    void metricsOfAlertsExistFromTheStart() {
        try (ServiceMetrics metrics = new ServiceMetrics()) {
            List<String> quarantined = Arrays.stream(QuarantineReason.values())
                    .map(reason -> "offerflow_quarantined_total{reason=\"%s\"} 0.0".formatted(reason)).toList();
            assertThat(metrics.scrape().lines()).containsAll(quarantined)
                    .contains(fault("none"), fault("CreateOffer"), fault("ReportStepFailed"), fault("ImportAudience"));
        }
    }

    @Test
    void aQuarantinedInputIsCounted() {
        try (ServiceMetrics metrics = new ServiceMetrics()) {
            metrics.quarantined(QuarantineReason.FOREIGN_BYTES);

            assertThat(metrics.scrape().lines()).contains("offerflow_quarantined_total{reason=\"FOREIGN_BYTES\"} 1.0",
                    "offerflow_quarantined_total{reason=\"WRONG_KEY\"} 0.0");
        }
    }

    @Test
    void somethingDueThatMetAFaultIsCountedWithTheFaultsOfCommands() {
        try (ServiceMetrics metrics = new ServiceMetrics()) {
            metrics.postponed();

            assertThat(metrics.scrape().lines()).contains(fault("none").replace("0.0", "1.0"), fault("GoLive"));
        }
    }

    private static String fault(String command) {
        return "offerflow_inputs_total{command=\"%s\",reason=\"INTERNAL_ERROR\",result=\"REJECTED\"} 0.0"
                .formatted(command);
    }
}
