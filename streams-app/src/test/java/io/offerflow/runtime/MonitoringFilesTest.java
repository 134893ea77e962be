package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts and dashboard speak of metrics that there are. */
class MonitoringFilesTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern METRIC = Pattern.compile("\\b(?:offerflow|kafka)_[a-z_]+");
    private static final Pattern DOCUMENTED = Pattern.compile("`((?:offerflow|kafka)_[a-z_]+)`(?: \\(([^)]*)\\))?");

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "alerts.test.yml", "grafana/offerflow.json"})
    void everyMetricIsInTheList(String file) throws IOException {
        Set<String> used = new TreeSet<>();
        Matcher names = METRIC.matcher(Files.readString(ROOT.resolve("deploy").resolve(file)));
        while (names.find()) {
            used.add(names.group());
        }
        assertThat(used).isNotEmpty();
        assertThat(documented()).containsAll(used);
    }

    @Test
    void theListHasTheMetricsOfKafkaThatAreHandedOn() throws IOException {
        Set<String> documented = documented();
        assertThat(ServiceMetrics.FROM_KAFKA).allSatisfy(name -> assertThat(documented).anySatisfy(listed ->
                assertThat(listed).startsWith(name.replace('.', '_').replaceAll("_(max|avg)$", ""))));
    }

    @Test
    void theDashboardIsJsonAndEveryPanelAsksForSomething() throws IOException {
        assertThat(new ObjectMapper().readTree(ROOT.resolve("deploy/grafana/offerflow.json").toFile()).get("panels"))
                .isNotEmpty().allSatisfy(panel -> assertThat(panel.at("/targets/0/expr").asText()).isNotEmpty());
    }

    /** Names as they are scraped: those of timers and histograms with each of their endings. */
    private static Set<String> documented() throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher matcher = DOCUMENTED.matcher(Files.readString(ROOT.resolve("docs/metrics.md"))
                + Files.readString(ROOT.resolve("docs/notifier.md"))
                + Files.readString(ROOT.resolve("docs/gateway.md")));
        while (matcher.find()) {
            names.add(matcher.group(1));
            if (matcher.group(2) != null) {
                Matcher ending = Pattern.compile("`(_[a-z]+)`").matcher(matcher.group(2));
                while (ending.find()) {
                    names.add(matcher.group(1) + ending.group(1));
                }
            }
        }
        return names;
    }
}
