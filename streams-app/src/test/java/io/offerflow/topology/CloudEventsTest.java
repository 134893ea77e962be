package io.offerflow.topology;

import static io.offerflow.topology.TopologyHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The headers of outputs as another implementation of CloudEvents reads them: the project's own, for Java. */
class CloudEventsTest {

    private static final OfferKey OFFER = new OfferKey("fabrikam", "fleet-ledger");

    private final TopologyHarness bench = TopologyHarness.start();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void outcomeStatusAndQuarantineAreCloudEventsInBinaryMode() {
        bench.send(Envelopes.create(OFFER), START);
        bench.send(Topic.STEP_RESULTS, "fabrikam/fleet-ledger".getBytes(StandardCharsets.UTF_8), new byte[] {7},
                START);

        isEvent(Topic.COMMAND_OUTCOMES, "0-2-1");
        isEvent(Topic.OFFER_STATUS, "0-2-2");
        isEvent(Topic.QUARANTINE, "0-3-1");
    }

    @Test
    void aTombstoneIsAnEventWithoutData() {
        bench.send(Envelopes.create(OFFER), START);
        bench.send(Envelopes.save(OFFER, Contents.setup()), START);
        bench.skip();
        bench.send(Envelopes.delete(OFFER), START);

        TestRecord<byte[], byte[]> tombstone = bench.raw(Topic.OFFER_STATUS);
        assertThat(tombstone.value()).isNull();
        CloudEvent event = event(tombstone);
        assertThat(event.getType()).isEqualTo("io.offerflow.avro.OfferStatus");
        assertThat(Optional.ofNullable(event.getData())).isEmpty();
    }

    @Test
    void notificationsAndStepRequestsCarryTheTraceOfTheirCause() {
        new OfferDriver(bench, OFFER, START).submitted();
        traced(Envelopes.succeeded(OFFER, 1, "CERTIFICATION"), "00-1-1-01");
        traced(Envelopes.succeeded(OFFER, 1, "PREVIEW_CREATION"), "00-2-2-01");
        traced(Envelopes.goLive(OFFER), "00-3-3-01");

        assertThat(trace(Topic.STEP_REQUESTS)).as("of a command without a trace").isEmpty();
        assertThat(trace(Topic.STEP_REQUESTS)).contains("00-1-1-01");
        assertThat(trace(Topic.NOTIFICATIONS)).contains("00-2-2-01");
        assertThat(trace(Topic.STEP_REQUESTS)).contains("00-3-3-01");
    }

    private void traced(IndexedRecord envelope, String trace) {
        bench.send(TopologyHarness.topicOf(envelope), TopologyHarness.key(envelope), bench.bytes(envelope),
                START.plusSeconds(3600), new RecordHeaders().add("traceparent",
                        trace.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<String> trace(Topic topic) {
        return Optional.ofNullable(bench.raw(topic).headers().lastHeader("traceparent"))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }

    private void isEvent(Topic topic, String id) {
        TestRecord<byte[], byte[]> record = bench.raw(topic);
        CloudEvent event = event(record);
        assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(event.getId()).isEqualTo(id);
        assertThat(event.getSource()).isEqualTo(URI.create("/offerflow"));
        assertThat(event.getType()).isEqualTo(topic.schema().getFullName());
        assertThat(event.getTime().toInstant()).isEqualTo(START);
        assertThat(event.getDataContentType()).isEqualTo("application/avro");
        assertThat(event.getData()).extracting(CloudEventData::toBytes).isEqualTo(record.value());
    }

    private static CloudEvent event(TestRecord<byte[], byte[]> record) {
        return KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent();
    }
}
