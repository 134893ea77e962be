package io.offerflow.bench.scale;

import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.AudienceRow;
import io.offerflow.avro.BillingTerm;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.GoLive;
import io.offerflow.avro.ImportAudience;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.Plan;
import io.offerflow.avro.ReportStepSucceeded;
import io.offerflow.avro.StepResult;
import io.offerflow.avro.SubmitOffer;
import io.offerflow.avro.UpdatePlan;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.PublishStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.generic.IndexedRecord;

/** Builds and runs commands for one offer. */
final class OfferScript {

    private static final Instant ISSUED = Instant.parse("2026-03-02T08:59:58Z");
    private static final int CHUNK = 500;

    private final ProcessorHarness processor;
    private final OfferKey offer;
    private long numbers;

    OfferScript(ProcessorHarness processor, OfferKey offer) {
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

    IndexedRecord command(Object payload) {
        return OfferCommand.newBuilder().setCommandId(nextId()).setPublisherId(offer.publisherId())
                .setOfferId(offer.offerId()).setActor("portal").setIssuedAt(ISSUED).setPayload(payload).build();
    }

    IndexedRecord purchase(String planId, long customer) {
        return CustomerRequest.newBuilder().setCommandId(nextId()).setPublisherId(offer.publisherId())
                .setOfferId(offer.offerId()).setActor("commerce").setIssuedAt(ISSUED)
                .setPayload(new AcquirePlan(guid(customer), planId)).build();
    }

    static CreatePlan createPlan(String name, String visibility) {
        return new CreatePlan(name, Plan.newBuilder().setAlias(name).setName("Plan " + name).setDescription("All of "
                        + name + " for teams that plan their shifts, with reports, exports and support by mail.")
                .setMarkets(List.of("DE", "FR", "GB", "US", "NL", "SE")).setPricingModel("FLAT_RATE")
                .setVisibility(visibility).setTerms(List.of(new BillingTerm("MONTHLY", "49.00"))).build());
    }

    /** An edit of the basic plan. */
    IndexedRecord edit(long edition) {
        return command(new UpdatePlan("basic", Plan.newBuilder().setDescription(
                "Shifts and rosters, reports and exports, edition " + edition).build(), List.of(), null));
    }

    /** An import of an audience, in chunks. */
    List<IndexedRecord> audience(String planId, int members) {
        List<IndexedRecord> chunks = new ArrayList<>();
        String importId = nextId();
        int count = (members + CHUNK - 1) / CHUNK;
        for (int chunk = 0; chunk < count; chunk++) {
            List<AudienceRow> rows = IntStream.range(chunk * CHUNK, Math.min(members, (chunk + 1) * CHUNK))
                    .mapToObj(row -> new AudienceRow(guid(row), "TENANT", null, 0)).toList();
            chunks.add(command(new ImportAudience(planId, importId, chunk, count, members, null, rows, true)));
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
        long took = processor.take(command(new SubmitOffer(null)));
        var facts = processor.facts(offer);
        while (facts.activeRun().isPresent()) {
            PublishStep step = facts.activeRun().get().step();
            took += processor.take(step == PublishStep.PUBLISHER_SIGN_OFF ? command(new GoLive(null))
                    : StepResult.newBuilder().setCommandId(nextId()).setPublisherId(offer.publisherId())
                            .setOfferId(offer.offerId()).setActor("pipeline").setIssuedAt(ISSUED).setPayload(
                                    new ReportStepSucceeded(facts.submission(), step.name(), List.of())).build());
            facts = processor.facts(offer);
        }
        return took;
    }
}
