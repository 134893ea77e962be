package io.offerflow.faults.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.faults.crash.MemoryRun;
import io.offerflow.faults.history.PartitionHistory;
import io.offerflow.topology.OfferTopology;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The oracles accept good histories and no other. */
class OraclesTest {

    private static final int STEPS = 160;
    private static final int HISTORIES = 30;

    @Test
    void aDueTimeWithoutATimerIsFound() {
        assertThat(LongStream.range(0, HISTORIES).filter(seed -> {
            SchemaRegistry registry = new InMemoryRegistry();
            PartitionHistory history = MemoryRun.of(seed, STEPS, registry);
            history.stores().get(OfferTopology.TIMERS).clear();
            return !Oracles.check(history, registry).isEmpty();
        })).isNotEmpty();
    }

    @Test
    void aGoodHistoryKeepsEveryPromiseAndNoMutantDoes() {
        Map<Mutation.Kind, Set<Promise>> caught = new EnumMap<>(Mutation.Kind.class);
        int mutants = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            SchemaRegistry registry = new InMemoryRegistry();
            PartitionHistory good = MemoryRun.of(seed, STEPS, registry);
            assertThat(Oracles.check(good, registry)).as("the history of seed %d", seed).isEmpty();
            for (Mutation.Kind kind : Mutation.Kind.values()) {
                List<Violation> violations = Oracles.check(Mutation.of(good, registry, kind, seed), registry);
                assertThat(violations).as("mutant %s of seed %d", kind, seed).isNotEmpty();
                caught.computeIfAbsent(kind, first -> EnumSet.noneOf(Promise.class)).addAll(
                        violations.stream().map(Violation::promise).collect(Collectors.toSet()));
                mutants++;
            }
        }
        assertThat(mutants).isGreaterThanOrEqualTo(600);
        assertThat(caught.values().stream().flatMap(Set::stream).collect(Collectors.toSet()))
                .as("each oracle catches some").containsExactlyInAnyOrderElementsOf(
                        EnumSet.range(Promise.ONE_ANSWER, Promise.RULES));
        assertThat(caught.get(Mutation.Kind.REFUSED_TURNED_ACCEPTED)).contains(Promise.RULES);
        assertThat(caught.get(Mutation.Kind.DUPLICATE_TURNED_NEW)).contains(Promise.DUPLICATES);
        assertThat(Stream.of(Mutation.Kind.ABORTED_RECORD_SEEN, Mutation.Kind.SEEN_RECORD_VANISHED,
                Mutation.Kind.EVENT_ID_REUSED).map(caught::get)).allMatch(by -> by.contains(Promise.NOTHING_ABORTED));
    }
}
