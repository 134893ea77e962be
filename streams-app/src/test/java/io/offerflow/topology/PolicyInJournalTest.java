package io.offerflow.topology;

import static io.offerflow.topology.TopologyHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.Envelopes;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.JournalEntry;
import io.offerflow.codec.JournalMapping;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PolicySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A partition's journal says by which policy it decides, once for each policy, before the first entry. */
class PolicyInJournalTest {

    private static final OfferKey OFFER = new OfferKey("contoso", "shifts");

    private TopologyHarness bench = TopologyHarness.start();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void theWholePolicyComesBeforeTheFirstEntryAndOnlyThere() {
        bench.send(Envelopes.create(OFFER), START);
        bench.send(Envelopes.submit(OFFER), START);

        TestRecord<byte[], byte[]> first = bench.raw(Topic.OFFER_JOURNAL);
        assertThat(first.key()).isNull();
        JournalEntry line = line(first);
        assertThat(line.getKind()).isEqualTo(EntryKind.POLICY);
        assertThat(line.getNow()).isEqualTo(START);
        assertThat(line.getPolicy()).isEqualTo(Policy.DEFAULT.id());
        assertThat(JournalMapping.policy(line)).isEqualTo(Policy.DEFAULT);
        assertThat(lines()).extracting(JournalEntry::getKind).containsExactly(EntryKind.INPUT, EntryKind.INPUT);
    }

    @Test
    void anInputThatCannotBeReadNamesARecordedPolicyToo() {
        bench.send(Topic.STEP_RESULTS, null, new byte[] {1}, START);
        assertThat(lines()).extracting(JournalEntry::getKind).containsExactly(EntryKind.POLICY, EntryKind.INPUT);
    }

    @Test
    void aRestartRecordsThePolicyOnlyIfItChanged() {
        bench.send(Envelopes.create(OFFER), START);
        bench = bench.restarted();
        bench.send(Envelopes.submit(OFFER), START);
        assertThat(lines()).extracting(JournalEntry::getKind).containsExactly(EntryKind.INPUT);

        Map<String, String> settings = new HashMap<>(PolicySettings.of(Policy.DEFAULT));
        settings.put("stop.sell.delay", "PT24H");
        settings.put("limit.plans", "7");
        bench = bench.restarted(PolicySettings.policy(settings));
        bench.send(Envelopes.submit(OFFER), START);
        List<JournalEntry> lines = lines();
        assertThat(lines).extracting(JournalEntry::getKind).containsExactly(EntryKind.POLICY, EntryKind.INPUT);
        assertThat(lines).extracting(JournalEntry::getPolicy).hasSize(2)
                .allMatch(bench.settings().policy().id()::equals);
        assertThat(JournalMapping.policy(lines.getFirst()).stopSellDelay()).isEqualTo(Duration.ofHours(24));
        assertThat(JournalMapping.policy(lines.getFirst()).limits().plans()).isEqualTo(7);
    }

    private List<JournalEntry> lines() {
        List<JournalEntry> lines = new ArrayList<>();
        while (bench.has(Topic.OFFER_JOURNAL)) {
            lines.add(line(bench.raw(Topic.OFFER_JOURNAL)));
        }
        return lines;
    }

    private JournalEntry line(TestRecord<byte[], byte[]> record) {
        return (JournalEntry) bench.decode(Topic.OFFER_JOURNAL, record.value());
    }
}
