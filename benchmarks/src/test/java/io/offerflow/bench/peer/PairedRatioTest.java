package io.offerflow.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.CpuUse;
import io.offerflow.bench.result.RunInfo.Machine;
import io.offerflow.bench.result.RunInfo;
import io.offerflow.bench.result.ThroughputSample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairedRatioTest {

    @Test
    void roundIsComparedWithItsOwnCounterpart() {
        BenchResult result = new BenchResult(new RunInfo("peer", "2026-03-02",
                new Machine(2, "", 8, "", "", ""), "", Map.of(), Optional.empty()), Optional.empty(),
                List.of(sample("service", 1, 1000), sample("peer", 1, 500), sample("service", 2, 100),
                        sample("peer", 2, 20)), List.of(), List.of(), List.of());
        PeerCommand.PairedRatio ratio = PeerCommand.PairedRatio.of(result, "service", "peer");
        assertThat(ratio.rate().min()).isEqualTo(2);
        assertThat(ratio.rate().max()).isEqualTo(5);
        assertThat(ratio.cpu().median()).isEqualTo(1);
    }

    private static ThroughputSample sample(String subject, int round, double perSecond) {
        return new ThroughputSample(subject, round, 1, 1, perSecond,
                new CpuUse(Map.of(CpuUse.APP, 10.0, CpuUse.BROKER, 5.0), 0, 0));
    }
}
