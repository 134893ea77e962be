package io.offerflow.replay.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.JournalFold;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.JournalEntry;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PolicySettings;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.MemoryJournal;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayProgress;
import io.offerflow.replay.whatif.WhatIf;
import io.offerflow.replay.whatif.WhatIfReport;
import io.offerflow.topology.LiveRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** live run = rebuild = what-if with the same rules: state and decisions, byte for byte. */
public class RebuildTest {

    @TempDir
    private Path folder;

    private final InMemoryRegistry registry = new InMemoryRegistry();

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void aRebuildIsTheLiveStateAndDecidesNothingDifferently(long seed) throws Exception {
        try (LiveRun live = new LiveRun(registry, seed).inputs(700).restart(policy("stop.sell.delay", "PT6H"))
                .inputs(700)) {
            CollectingSink rebuilt = new CollectingSink();
            Rebuild.RebuildResult result = rebuild(new MemoryJournal(live.journal()), new ReplayBound.Latest(),
                    rebuilt, 1L << 30);

            same(rebuilt.state(), live.stores());
            assertThat(result.parts().getFirst().sha256()).isEqualTo(sha256(live.stores()));
            assertThat(result.totals().entries()).isEqualTo(live.journal().size()).isGreaterThan(1_400);
            assertThat(result.totals().spilled()).isZero();

            for (boolean follow : List.of(false, true)) {
                WhatIfReport report = whatIf(live, UnaryOperator.identity(), follow);
                assertThat(report.differences()).isEmpty();
                assertThat(report.divergences()).isEmpty();
                assertThat(report.total()).isZero();
                assertThat(report.settings()).isEmpty();
                assertThat(report.counts().judged() + report.counts().unreadable() + policies(live))
                        .isEqualTo(live.journal().size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void aStateThatDoesNotFitIntoMemoryIsTheSame(long seed) throws Exception {
        try (LiveRun live = new LiveRun(registry, seed).inputs(600)) {
            for (long memory : List.of(0L, 20_000L)) {
                CollectingSink rebuilt = new CollectingSink();
                Rebuild.RebuildResult result = rebuild(new MemoryJournal(live.journal()), new ReplayBound.Latest(),
                        rebuilt, memory);
                same(rebuilt.state(), live.stores());
                assertThat(result.parts().getFirst().sha256()).isEqualTo(sha256(live.stores()));
                assertThat(result.totals().spilled()).isOne();
                assertThat(folder).as("what did not fit is deleted").isEmptyDirectory();
            }
        }
    }

    @Test
    void cutAtAnyEntryItIsTheStateThatTheServiceHadThen() throws Exception {
        try (LiveRun live = new LiveRun(registry, 31)) {
            Map<Long, SortedMap<byte[], byte[]>> states = new HashMap<>();
            for (int step = 0; step < 250; step++) {
                live.inputs(1);
                states.put((long) live.journal().size() - 1, live.stores());
            }
            MemoryJournal journal = new MemoryJournal(live.journal());
            assertThat(states).hasSizeGreaterThan(240);
            for (Map.Entry<Long, SortedMap<byte[], byte[]>> state : states.entrySet()) {
                CollectingSink rebuilt = new CollectingSink();
                rebuild(journal, new ReplayBound.AtEntries(Map.of(0, state.getKey())), rebuilt, 1L << 30);
                same(rebuilt.state(), state.getValue());
            }
        }
    }

    @Test
    void atAnInstantEveryOfferIsAsItWasThen() throws Exception {
        try (LiveRun live = new LiveRun(registry, 41).inputs(500)) {
            List<JournalEntry> lines = live.lines();
            Instant instant = lines.get(lines.size() / 2).getNow();
            CollectingSink rebuilt = new CollectingSink();
            rebuild(new MemoryJournal(live.journal()), new ReplayBound.AtInstant(instant), rebuilt, 1L << 30);

            // each offer's own beginning, folded by itself
            CollectingSink expected = new CollectingSink();
            Map<String, Boolean> over = new HashMap<>();
            List<JournalRecord> kept = live.journal().stream().filter(record -> {
                JournalEntry line = lines.get((int) record.offset());
                String key = record.key().map(String::new).orElse("");
                if (line.getKind() != EntryKind.POLICY && line.getSequence() > 0) {
                    over.merge(key, line.getNow().isAfter(instant), Boolean::logicalOr);
                }
                return !over.getOrDefault(key, false) || line.getSequence() == 0 && line.getInput() != null;
            }).toList();
            JournalFold fold = new JournalFold(registry);
            kept.forEach(record -> fold.add(record.key().orElse(null), lines.get((int) record.offset())));
            fold.offers().forEach((key, value) -> expected.state().put(bytes(key), bytes(value)));
            fold.contents().forEach((key, value) -> expected.state().put(bytes(key), bytes(value)));
            same(rebuilt.state(), expected.state());
            assertThat(kept.size()).isBetween(100, live.journal().size() - 100);
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static long policies(LiveRun live) {
        return live.lines().stream().filter(line -> line.getKind() == EntryKind.POLICY).count();
    }

    public static Policy policy(String setting, String value) {
        return with(Policy.DEFAULT, setting, value);
    }

    public static Policy with(Policy policy, String setting, String value) {
        Map<String, String> settings = new TreeMap<>(PolicySettings.of(policy));
        settings.put(setting, value);
        return PolicySettings.policy(settings);
    }

    private Rebuild.RebuildResult rebuild(Journal journal, ReplayBound until, StateSink sink, long memory)
            throws InterruptedException {
        return new Rebuild(journal, registry, new ReplayOptions(2, memory, folder, ReplayProgress.NONE))
                .run(until, Optional.of(sink));
    }

    private WhatIfReport whatIf(LiveRun live, UnaryOperator<Policy> with, boolean follow) throws InterruptedException {
        return new WhatIf(new MemoryJournal(live.journal()), registry, ReplayOptions.defaults(folder), "test-build")
                .run(new WhatIf.WhatIfQuestion(with, follow, 1_000));
    }

    /** Of the bytes as the stores hand them out, by code of its own that groups rows under their offers. */
    private static String sha256(SortedMap<byte[], byte[]> stores) {
        StateDigest digest = new StateDigest();
        TreeMap<byte[], TreeMap<byte[], byte[]>> offers = new TreeMap<>(Arrays::compareUnsigned);
        stores.forEach((key, value) -> offers.computeIfAbsent(StateCodec.offerOf(Arrays.copyOf(key, key.length + 1)),
                first -> new TreeMap<>(Arrays::compareUnsigned)).put(key, value));
        offers.forEach((offer, rows) -> rows.forEach((key, value) -> digest.offer(key, value)));
        return digest.hex();
    }

    private static void same(SortedMap<byte[], byte[]> rebuilt, SortedMap<byte[], byte[]> live) {
        assertThat(text(rebuilt)).isEqualTo(text(live)).isNotEmpty();
    }

    private static SortedMap<String, String> text(SortedMap<byte[], byte[]> state) {
        SortedMap<String, String> text = new TreeMap<>();
        state.forEach((key, value) -> text.put(JournalFold.hex(key), JournalFold.hex(value)));
        return text;
    }
}
