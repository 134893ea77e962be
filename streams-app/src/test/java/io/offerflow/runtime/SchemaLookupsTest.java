package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.offerflow.contract.registry.UnknownSchemaException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Schemas are looked up without a stream thread that waits. */
class SchemaLookupsTest {

    private final UnsteadyRegistry registry = new UnsteadyRegistry();
    private final SchemaLookups lookups = new SchemaLookups(registry);

    @AfterEach
    void close() {
        lookups.close();
    }

    @Test
    void aSchemaIsAnsweredAMomentAfterTheFirstQuestion() {
        lookups.isAnswered(7);
        lookups.awaitFirstAttempt(List.of(7), Duration.ofSeconds(5));

        assertThat(lookups.isAnswered(7)).isTrue();
        assertThat(lookups.schemaById(7)).isEqualTo(UnsteadyRegistry.SCHEMA);
    }

    @Test
    void anUnknownIdIsAnAnswerAndIsNotAskedForAgain() {
        lookups.isAnswered(UnsteadyRegistry.UNKNOWN);
        lookups.awaitFirstAttempt(List.of(UnsteadyRegistry.UNKNOWN), Duration.ofSeconds(5));
        assertThat(lookups.isAnswered(UnsteadyRegistry.UNKNOWN)).isTrue();

        registry.away = true;
        assertThatThrownBy(() -> lookups.schemaById(UnsteadyRegistry.UNKNOWN))
                .isInstanceOf(UnknownSchemaException.class).hasMessage("no schema has id 404");
    }

    @Test
    void aRegistryThatIsAwayIsTheReasonAndIsAskedAgain() {
        registry.away = true;
        lookups.isAnswered(7);
        lookups.isAnswered(8);
        lookups.awaitFirstAttempt(List.of(7, 8), Duration.ofSeconds(5));
        assertThat(lookups.isAnswered(7)).isFalse();
        assertThat(lookups.failure(7)).isEqualTo("the schema registry is away");
        assertThat(lookups.failure(8)).isEqualTo("the schema registry is away");

        registry.away = false;
        await().atMost(Duration.ofSeconds(5)).until(() -> lookups.isAnswered(7) && lookups.isAnswered(8));
    }

    @Test
    void oneWaitIsNoLongerThanItsLimit() {
        registry.hangs = true;
        lookups.isAnswered(7);
        long start = System.nanoTime();
        lookups.awaitFirstAttempt(List.of(7), Duration.ofMillis(100));

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(100), Duration.ofSeconds(2));
        assertThat(lookups.failure(7)).isEqualTo("the schema registry has not answered yet");
    }
}
