package io.offerflow.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTablesTest {

    @Test
    void medianOfAnEvenNumberIsInTheMiddle() {
        assertThat(MedianRange.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new MedianRange(2.5, 1, 4));
    }

    @Test
    void repeatedPointIsOneRowWithTheExtremesOfItsFirstValue() {
        assertThat(ResultTables.of(List.of(round("service", 1000, 3), round("peer", 500, 1),
                round("service", 1100, 5)))).isEqualTo("""
                        | subject | commands/s | others % |
                        |---|---|---|
                        | service | 1,050 (1,000–1,100, 2 times) | 4.00 |
                        | peer | 500.0 | 1.00 |
                        """);
    }

    @Test
    void pointIsNoisyIfItsRoundsDifferOrOtherProgramsRan() {
        assertThat(ResultTables.of(List.of(round("service", 1000, 0), round("service", 1200, 0)))).contains("(noisy)");
        assertThat(ResultTables.of(List.of(round("service", 1000, 6)))).contains("(noisy)");
        assertThat(ResultTables.of(List.of(round("service", 1000, 5)))).doesNotContain("noisy");
    }

    private static Figure round(String subject, double perSecond, double others) {
        return new Figure("subject", subject, Figure.named("commands/s", perSecond, "others %", others));
    }
}
