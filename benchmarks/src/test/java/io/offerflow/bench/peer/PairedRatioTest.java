package io.offerflow.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.MedianRange;
import io.offerflow.bench.result.RunInfo.Machine;
import io.offerflow.bench.result.RunInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairedRatioTest {

    @Test
    void roundIsComparedWithItsOwnCounterpart() {
        BenchResult result = new BenchResult(new RunInfo("peer", "2026-03-02",
                new Machine(2, "", 8, "", "", ""), "", Map.of(), Optional.empty()), List.of(run("service", 1000),
                        run("peer", 500), run("service", 100), run("peer", 20)));
        assertThat(PeerCommand.ratio(result, "commands/s")).isEqualTo(new MedianRange(3.5, 2, 5));
    }

    private static Figure run(String subject, double perSecond) {
        return new Figure("subject", subject, Map.of("commands/s", perSecond));
    }
}
