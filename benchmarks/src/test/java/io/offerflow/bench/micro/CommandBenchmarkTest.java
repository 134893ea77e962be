package io.offerflow.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.Blackhole;

class CommandBenchmarkTest {

    @Test
    void everyPartRunsOverCommandsOfAllKinds() {
        CommandBenchmark parts = new CommandBenchmark();
        parts.prepare();
        Blackhole hole = new Blackhole("Today's password is swordfish. I understand instantiating Blackholes directly "
                + "is dangerous.");
        for (int turn = 0; turn < 50; turn++) {
            assertThat(parts.decodeCommand()).isNotNull();
            assertThat(parts.readCommand()).isNotNull();
            assertThat(parts.decide().envelope()).isPresent();
            assertThat(parts.evolve()).isNotNull();
            assertThat(parts.encodeOutcome()).isNotEmpty();
            assertThat(parts.encodeJournal()).isNotEmpty();
            assertThat(parts.makeOutputs()).isNotNull();
            assertThat(parts.decodeFacts()).isNotNull();
            assertThat(parts.encodeFacts()).isNotEmpty();
            parts.decodeRows(hole);
            parts.encodeRows(hole);
            parts.wholeCommand(hole);
        }
    }
}
