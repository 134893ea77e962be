package io.offerflow.bench.scale;

import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.AudienceRow;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.GoLive;
import io.offerflow.avro.ImportAudience;
import io.offerflow.avro.ReportStepSucceeded;
import io.offerflow.avro.Result;
import io.offerflow.avro.SubmitOffer;
import io.offerflow.avro.UpdatePlan;
import io.offerflow.bench.load.InputEnvelopes;
import io.offerflow.bench.load.ProcessorHarness;
import io.offerflow.bench.load.SampleContent;
import io.offerflow.bench.load.WorkloadCommand;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.PublishStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.generic.IndexedRecord;

/** Builds and runs commands for one offer. */
final class OfferScript {

    private static final int CHUNK = 500;

    private final ProcessorHarness processor;
    private final OfferKey offer;
    private final AvroEncoder encoder;
    private final SampleContent content = new SampleContent(new Random(5));
    private long numbers;

    OfferScript(ProcessorHarness processor, SchemaRegistry registry, OfferKey offer) {
        this.encoder = new AvroEncoder(registry, Topic.inputs());
        this.processor = processor;
        this.offer = offer;
    }

    /** A unique GUID for each number. */
    static String guid(long number) {
        return new UUID(0x3f0c1b9a5f6e4f59L, 0x9a43_0000_0000_0000L | number).toString();
    }

    private String nextId() {
        return guid(1L << 40 | numbers++);
    }

    /** Takes a command that must be accepted; returns the processor time that it took, in ns. */
    long take(Object payload) {
        return take(payload, Result.ACCEPTED);
    }

    /** Takes a command that must have this result. */
    long take(Object payload, Result expected) {
        IndexedRecord envelope = InputEnvelopes.of(offer, nextId(), payload);
        Topic topic = InputEnvelopes.topic(envelope);
        return processor.take(new WorkloadCommand(0, topic, StateCodec.key(offer), encoder.encode(topic, envelope),
                expected)).nanos();
    }

    static AcquirePlan purchase(String planId, long customer) {
        return new AcquirePlan(guid(customer), planId);
    }

    CreatePlan createPlan(String name, String visibility) {
        return content.createPlan(name, visibility);
    }

    /** An edit of the basic plan. */
    UpdatePlan edit() {
        return content.updatePlan("basic");
    }

    /** An import of an audience, in chunks. */
    List<ImportAudience> audience(String planId, int members) {
        List<ImportAudience> chunks = new ArrayList<>();
        String importId = nextId();
        int count = (members + CHUNK - 1) / CHUNK;
        for (int chunk = 0; chunk < count; chunk++) {
            List<AudienceRow> rows = IntStream.range(chunk * CHUNK, Math.min(members, (chunk + 1) * CHUNK))
                    .mapToObj(row -> new AudienceRow(guid(row), "TENANT", null, 0)).toList();
            chunks.add(new ImportAudience(planId, importId, chunk, count, members, null, rows, true));
        }
        return chunks;
    }

    /** An offer that is on sale with one public plan, made from a template. */
    static OfferKey onSale(ProcessorHarness processor, OfferTemplates templates) {
        for (int number = 0; number < 1000; number++) {
            OfferKey offer = OfferTemplates.offer(number);
            templates.put(number, (store, id, key, value) -> processor.store(store).put(key, value));
            var facts = processor.facts(offer);
            if (facts.onSale() && facts.activeRun().isEmpty() && facts.planStops().isEmpty()
                    && !templates.of(number).rows().isEmpty()) {
                return offer;
            }
        }
        throw new IllegalStateException("no template is on sale");
    }

    /** Publishes the draft; returns the processor time of all commands, in ns. */
    long publish() {
        long took = take(new SubmitOffer(null));
        var facts = processor.facts(offer);
        while (facts.activeRun().isPresent()) {
            PublishStep step = facts.activeRun().get().step();
            took += take(step == PublishStep.PUBLISHER_SIGN_OFF ? new GoLive(null)
                    : new ReportStepSucceeded(facts.submission(), step.name(), List.of()));
            facts = processor.facts(offer);
        }
        return took;
    }
}
