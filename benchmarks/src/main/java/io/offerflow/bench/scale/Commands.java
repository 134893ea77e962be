package io.offerflow.bench.scale;

import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.AudienceRow;
import io.offerflow.avro.BillingTerm;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.GoLive;
import io.offerflow.avro.ImportAudience;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.Plan;
import io.offerflow.avro.ReportStepSucceeded;
import io.offerflow.avro.StepResult;
import io.offerflow.avro.SubmitOffer;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.state.OfferHeader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.generic.IndexedRecord;

/** What is asked of one offer that is led somewhere on purpose. */
final class Commands {

    private static final Instant ISSUED = Instant.parse("2026-03-02T08:59:58Z");
    private static final int CHUNK = 500;

    private final Cell cell;
    private final OfferKey offer;
    private long numbers;

    Commands(Cell cell, OfferKey offer) {
        this.cell = cell;
        this.offer = offer;
    }

    /** A GUID of its own for each number. */
    static String guid(long number) {
        return new UUID(0x3f0c1b9a5f6e4f59L, 0x9a43_0000_0000_0000L | number).toString();
    }

    IndexedRecord command(Object payload) {
        return OfferCommand.newBuilder().setCommandId(guid(1L << 40 | numbers++)).setPublisherId(offer.publisherId())
                .setOfferId(offer.offerId()).setActor("portal").setIssuedAt(ISSUED).setPayload(payload).build();
    }

    IndexedRecord bought(String planId, long customer) {
        return CustomerRequest.newBuilder().setCommandId(guid(1L << 41 | numbers++))
                .setPublisherId(offer.publisherId()).setOfferId(offer.offerId()).setActor("commerce")
                .setIssuedAt(ISSUED).setPayload(new AcquirePlan(guid(customer), planId)).build();
    }

    static Plan plan(String name, String visibility) {
        return Plan.newBuilder().setAlias(name).setName("Plan " + name).setDescription("All of " + name
                        + " for teams that plan their shifts, with reports, exports and support by mail.")
                .setMarkets(List.of("DE", "FR", "GB", "US", "NL", "SE")).setPricingModel("FLAT_RATE")
                .setVisibility(visibility).setTerms(List.of(new BillingTerm("MONTHLY", "49.00"))).build();
    }

    /** An import of so many members, in chunks, the first of them with this number. */
    List<IndexedRecord> audience(String planId, int members, long first) {
        List<IndexedRecord> chunks = new ArrayList<>();
        String importId = guid(1L << 42 | numbers++);
        int count = (members + CHUNK - 1) / CHUNK;
        for (int chunk = 0; chunk < count; chunk++) {
            List<AudienceRow> rows = new ArrayList<>();
            for (int row = chunk * CHUNK; row < Math.min(members, (chunk + 1) * CHUNK); row++) {
                rows.add(new AudienceRow(guid(first + row), "TENANT", null, 0));
            }
            chunks.add(command(new ImportAudience(planId, importId, chunk, count, members, null, rows, true)));
        }
        return chunks;
    }

    /** An offer that is on sale with one public plan: the commands of a template that got there. */
    static OfferKey onSale(Cell cell, Templates templates) {
        for (int number = 0; number < 1000; number++) {
            Templates.Template template = templates.of(number);
            OfferKey offer = Templates.offer(number);
            templates.put(number, (store, id, key, value) -> cell.store(store).put(key, value));
            OfferHeader facts = cell.facts(offer);
            if (facts.onSale() && facts.activeRun().isEmpty() && facts.planStops().isEmpty() && !template.rows().isEmpty()) {
                return offer;
            }
        }
        throw new IllegalStateException("no template is on sale");
    }

    /** Leads the draft onto the shelf; returns the processor time that all commands took, in ns. */
    long publish() {
        long took = cell.take(command(new SubmitOffer(null)));
        while (cell.facts(offer).activeRun().isPresent()) {
            OfferHeader facts = cell.facts(offer);
            PublishStep step = facts.activeRun().orElseThrow().step();
            took += cell.take(step == PublishStep.PUBLISHER_SIGN_OFF ? command(new GoLive(null))
                    : StepResult.newBuilder().setCommandId(guid(1L << 43 | numbers++))
                            .setPublisherId(offer.publisherId()).setOfferId(offer.offerId()).setActor("pipeline")
                            .setIssuedAt(ISSUED).setPayload(new ReportStepSucceeded(facts.submission(), step.name(),
                                    List.of())).build());
        }
        return took;
    }
}
