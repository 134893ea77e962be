package io.offerflow.topology;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.Golden;
import io.offerflow.contract.registry.InMemoryRegistry;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.TopologyException;
import org.apache.kafka.streams.kstream.Consumed;
import org.junit.jupiter.api.Test;

/** The topology as Kafka Streams sees it: what a deployment that runs would have to be able to take over. */
class GoldenTopologyTest {

    private final StreamsConfig config = new StreamsConfig(TopologyHarness.properties());

    @Test
    void theTopologyIsTheOneThatWasDeployed() {
        Topology topology = OfferTopology.build(config, TopologySettings.defaults("test-build", 4),
                new InMemoryRegistry());

        Golden.check("src/test/resources/topology.txt", topology.describe().toString(), """
                The topology has changed, which concerns every deployment that runs:
                - a store that was renamed or removed begins empty: its changelog keeps the old name and is not read.
                  Rebuild it from the journal under a new application.id, and say so in VERSIONING.md.
                - an input that was added or removed, or a new number of sub-topologies, changes the tasks: with
                  standbys or several instances no rolling restart; stop all of them, then start the new release.
                - a new output, or another name for a source, processor or sink, needs nothing but its topic.
                If the change is meant, run this test once with -Dgolden.update=true and commit the file with it.
                """);
    }

    @Test
    void unnamedInternalTopicsAreRefused() {
        StreamsBuilder nameless = new StreamsBuilder(new TopologyConfig(config));
        nameless.stream("some-input", Consumed.with(Serdes.String(), Serdes.String())).groupBy((key, value) -> value)
                .count();

        assertThatThrownBy(nameless::build).isInstanceOf(TopologyException.class);
    }
}
