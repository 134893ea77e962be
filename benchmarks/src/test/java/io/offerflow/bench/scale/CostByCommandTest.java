package io.offerflow.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offerflow.bench.result.Figure;
import io.offerflow.contract.registry.InMemoryRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostByCommandTest {

    private static final int COMMANDS = 2_000;

    @Test
    void kindsAddUpToTheMix(@TempDir Path folder) {
        List<Figure> figures = CostByCommand.measure(new InMemoryRegistry(), folder, 100, 500, COMMANDS);
        Map<String, Map<String, Double>> kinds = figures.stream()
                .collect(Collectors.toMap(Figure::point, Figure::values));
        Map<String, Double> all = kinds.remove("all");
        assertThat(all.get("of the mix %")).isEqualTo(100);
        assertThat(all.get("accepted") + all.get("not accepted")).isEqualTo(COMMANDS);
        Function<String, Double> sum = name -> kinds.values().stream().mapToDouble(kind -> kind.get(name)).sum();
        assertThat(sum.apply("accepted")).isEqualTo(all.get("accepted"));
        assertThat(sum.apply("of the mix %")).isCloseTo(100, within(0.1));
        assertThat(kinds).containsKeys("SaveSection", "ReportStepSucceeded");
        assertThat(kinds).allSatisfy((kind, values) -> {
            assertThat(values.get("CPU µs")).isPositive();
            assertThat(values.containsKey("CPU µs a KB of input")).isEqualTo(kind.equals("SaveSection"));
        });
    }
}
