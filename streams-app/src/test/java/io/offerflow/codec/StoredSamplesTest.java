package io.offerflow.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.Golden;
import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.AddAudienceId;
import io.offerflow.avro.AudienceRow;
import io.offerflow.avro.BillingTerm;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.ImportAudience;
import io.offerflow.avro.LeadDestination;
import io.offerflow.avro.OfferSetup;
import io.offerflow.avro.Plan;
import io.offerflow.avro.RemoveAudienceId;
import io.offerflow.avro.RequestRemoval;
import io.offerflow.avro.StepMessage;
import io.offerflow.avro.StopSellingPlan;
import io.offerflow.avro.SyncPrivateAudience;
import io.offerflow.avro.TechnicalConfiguration;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that stores and changelogs of earlier releases are full of still say what they said. */
class StoredSamplesTest {

    private static final Path DIRECTORY = StoredSamples.DIRECTORY;
    private static final String OTHER_CUSTOMER = "0b1c2d3e-0000-4000-8000-0000000000c2";
    private static final String CUSTOMER = StoredSamples.CUSTOMER;
    private static final OfferKey OFFER = StoredSamples.OFFER;

    /** {@code -Drelease.write=0.2} keeps the bytes of a release; never for one that is out. */
    @BeforeAll
    static void keep() throws IOException {
        String release = System.getProperty("release.write", "");
        if (!release.isEmpty()) {
            Files.createDirectories(DIRECTORY);
            Files.write(DIRECTORY.resolve(release + ".bytes"), new Story().lines());
            Golden.check(text(release).toString(), said(release), "");
        }
    }

    @ParameterizedTest
    @MethodSource("io.offerflow.codec.StoredSamples#releases")
    void whatAReleaseStoredIsReadAsItWasMeant(String release) {
        Golden.check(text(release).toString(), said(release), ("Values stored by release %s are read as something else."
                + " Read older formats as before; only if nothing but the domain's own types have changed, update this"
                + " file with -Dgolden.update=true.").formatted(release));
    }

    private static Path text(String release) {
        return DIRECTORY.resolve(release + ".txt");
    }

    private static String said(String release) {
        StringBuilder said = new StringBuilder();
        StoredSamples.of(release).forEach(sample -> said.append(sample.name()).append(": ")
                .append(value(sample.name(), sample.bytes())).append('\n'));
        return said.toString();
    }

    private static Object value(String name, byte[] bytes) {
        StateCodec codec = new StateCodec();
        return StoredSamples.rowKey(name).<Object>map(key -> codec.decodeRow(key, bytes))
                .orElseGet(() -> codec.decodeHeader(bytes));
    }

    /** An offer that goes through enough to have every kind of row. */
    private static final class Story {

        private final StateCodec codec = new StateCodec();
        private final InputMapping mapping = new InputMapping();
        private final OfferEngine engine = new OfferEngine(Policy.DEFAULT);
        private final Map<String, byte[]> samples = new LinkedHashMap<>();
        private final Map<RowKey, StateRow> rows = new LinkedHashMap<>();
        private OfferHeader facts = OfferHeader.NONE;
        private Instant now = Instant.parse("2026-03-02T09:00:00Z");
        private int number;

        List<String> lines() {
            take(Envelopes.create(OFFER));
            Contents.listingOnly().forEach(content -> take(Envelopes.save(OFFER, content)));
            take(Envelopes.save(OFFER, OfferSetup.newBuilder(Contents.setup()).setSellThroughMicrosoft(true)
                    .setLeadDestination(new LeadDestination("MARKETO", "https://leads.contoso.example")).build()));
            take(Envelopes.save(OFFER, new TechnicalConfiguration("https://www.contoso.example/welcome",
                    "https://www.contoso.example/hook", CUSTOMER, CUSTOMER)));
            take(plan("basic"));
            take(plan("plus"));
            take(plan("closed", "PRIVATE"));
            take(Envelopes.command(OFFER, new AddAudienceId("closed", CUSTOMER, "TENANT", "A customer of ours")));
            take(Envelopes.submit(OFFER, "Please look at the test account."));
            steps("PURCHASE_FLOW", "LEAD_MANAGEMENT", "CERTIFICATION", "PREVIEW_CREATION");
            take(Envelopes.goLive(OFFER));
            steps("PUBLISH_PURCHASE_FLOW", "PUBLISH_LEAD_MANAGEMENT", "FINAL_PUBLISH");
            take(new CustomerRequest(Envelopes.nextId(), OFFER.publisherId(), OFFER.offerId(), "commerce", now, false,
                    new AcquirePlan(CUSTOMER, "basic")));
            take(Envelopes.command(OFFER, new AddAudienceId("closed", OTHER_CUSTOMER, "TENANT", null)));
            take(Envelopes.command(OFFER, new SyncPrivateAudience(List.of())));
            take(Envelopes.command(OFFER, new RemoveAudienceId("closed", OTHER_CUSTOMER)));
            take(Envelopes.command(OFFER, new ImportAudience("closed", CUSTOMER, 0, 2, 2, null,
                    List.of(new AudienceRow(CUSTOMER, "TENANT", null, 2)), true)));
            take(Envelopes.command(OFFER, new StopSellingPlan("basic", null, true)));
            take(Envelopes.command(OFFER, new RequestRemoval("SAAS", "REMOVE_A_PUBLISHED_OFFER", null)));
            now = now.plusSeconds(5 * 3600);
            take(Envelopes.stopSelling(OFFER));
            now = now.plusSeconds(5 * 3600);
            take(Envelopes.submit(OFFER));
            List<String> lines = new ArrayList<>();
            samples.forEach((name, bytes) -> lines.add(name + " " + Base64.getEncoder().encodeToString(bytes)));
            assertThat(facts.live()).isPresent();
            return lines;
        }

        private void steps(String... steps) {
            for (String step : steps) {
                take(Envelopes.succeeded(OFFER, 1, step, new StepMessage("100.1", "Fine.")));
            }
        }

        private static IndexedRecord plan(String planId) {
            return plan(planId, "PUBLIC");
        }

        private static IndexedRecord plan(String planId, String visibility) {
            return Envelopes.command(OFFER, new CreatePlan(planId, Plan.newBuilder().setAlias("Alias of " + planId)
                    .setName("Plan " + planId).setMarkets(List.of("DE")).setPricingModel("FLAT_RATE")
                    .setVisibility(visibility).setTerms(List.of(new BillingTerm("MONTHLY", "49.00"))).build()));
        }

        private void take(IndexedRecord envelope) {
            now = now.plusSeconds(1);
            OfferState before = new OfferState(OFFER, facts, StateRows.of(rows));
            Entry entry = engine.decide(before, mapping.fromAvro(envelope).envelope(), now);
            OfferState after = OfferEvolver.apply(before, entry);
            after.rows().changes().forEach((key, row) -> row.ifPresentOrElse(written -> {
                rows.put(key, written);
                samples.put(name(key), codec.encode(written));
            }, () -> rows.remove(key)));
            facts = after.header();
            samples.put("offer/" + ++number, codec.encode(facts));
        }

        private String name(RowKey key) {
            return switch (key) {
                case RowKey.SectionKey section -> "section/%s/%d".formatted(section.section(), section.revision());
                case RowKey.PlanKey plan -> "plan/%s/%d".formatted(plan.planId(), plan.revision());
                case RowKey.PlanSalesKey sales -> "sales";
                case RowKey.EndedEpochKey ended -> "ended/%s/%d".formatted(ended.planId().orElse("-"), ended.epoch());
                case RowKey.CustomerKey customer ->
                        "customer/%s/%s".formatted(customer.planId(), customer.customerId());
                case RowKey.SubmissionNotesKey texts -> "texts/%d".formatted(texts.submission());
                case RowKey.PriceKey plan -> "prices/%s".formatted(plan.planId());
                case RowKey.AudienceIndexKey every -> "audiences/%d".formatted(number);
                case RowKey.AudienceMemberKey member -> "member/%s/%d/%s".formatted(member.planId(),
                        member.generation(),
                        member.id());
            };
        }
    }
}
