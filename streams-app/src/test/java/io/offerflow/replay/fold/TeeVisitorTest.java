package io.offerflow.replay.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.domain.state.row.RowKey;
import org.junit.jupiter.api.Test;

class TeeVisitorTest {

    @Test
    void bothVisitorsReceiveEveryEntry() {
        CollectingSink one = new CollectingSink();
        CollectingSink other = new CollectingSink();
        TeeVisitor tee = new TeeVisitor(one, other);

        tee.policy(new byte[] {1}, new byte[] {10});
        tee.offer(new byte[] {2}, new byte[] {20});
        tee.row(new byte[] {2}, new RowKey.PlanSalesKey(), new byte[] {3}, new byte[] {30});

        assertThat(one.state().values()).containsExactly(new byte[] {10}, new byte[] {20}, new byte[] {30});
        assertThat(other.state()).isEqualTo(one.state());
    }
}
