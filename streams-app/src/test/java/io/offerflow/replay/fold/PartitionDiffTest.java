package io.offerflow.replay.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.codec.StateCodec;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.topology.LiveRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each difference between the journal's state and the service's state is found, and nothing else. */
class PartitionDiffTest {

    private static final byte[] GHOST = "contoso/ghost".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private PartitionFold fold;
    private SpillStore live;
    private Optional<byte[]> policy = Optional.empty();
    private byte[] offer;
    private byte[] row;

    @BeforeEach
    void foldAndCopy() {
        fold = new PartitionFold(registry, new ReplayBound.Latest(), Optional.empty(), folder.resolve("fold"),
                1L << 30);
        live = new SpillStore(folder.resolve("live"));
        try (LiveRun run = new LiveRun(registry, 5).inputs(60)) {
            run.journal().forEach(record -> fold.add(record, (at, entry, before, after) -> { }));
            run.stores().forEach(this::copy);
        }
    }

    private void copy(byte[] key, byte[] value) {
        if (Arrays.equals(key, StateCodec.POLICY)) {
            policy = Optional.of(value);
        } else if (Arrays.equals(key, StateCodec.offerOf(Arrays.copyOf(key, key.length + 1)))) {
            offer = key;
            live.putHeader(key, value);
        } else {
            row = key;
            live.putRow(key, value);
        }
    }

    @AfterEach
    void close() {
        fold.close();
        live.close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void equalStatesHaveNoFindings() {
        assertThat(findings()).isEmpty();
    }

    @Test
    void whatTheServiceLacksIsFound() {
        live.deleteHeader(offer);
        live.deleteRow(row);

        assertThat(findings()).flatExtracting(Verify.Finding::differences).hasSize(2)
                .allSatisfy(difference -> assertThat(difference).contains("the service does not have it"));
    }

    @Test
    void whatOnlyTheServiceHasIsFound() {
        live.putHeader(GHOST, live.header(offer).orElseThrow());

        assertThat(findings()).containsExactly(
                new Verify.Finding(3, "contoso/ghost", List.of("only the service has it")));
    }

    @Test
    void aHeaderRowThatDiffersIsShownByField() {
        StateCodec codec = new StateCodec();
        long sequence = codec.decodeHeader(live.header(offer).orElseThrow()).sequence();
        live.putHeader(offer, codec.encode(OfferHeader.NONE));

        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.offer()).isEqualTo(new String(offer, StandardCharsets.UTF_8));
            assertThat(finding.differences()).anyMatch(difference ->
                    difference.equals("sequence is 0 in the service, " + sequence + " by the journal"));
        });
    }

    @Test
    void anotherPolicyIsFound() {
        policy = Optional.of(new byte[] {1});
        assertThat(findings()).containsExactly(
                new Verify.Finding(3, "(policy)", List.of("the service recorded another policy last")));
    }

    private List<Verify.Finding> findings() {
        return new PartitionDiff(3, fold, live, policy, folder).findings();
    }
}
