package io.offerflow;

import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.AddAudienceId;
import io.offerflow.avro.AskPublisher;
import io.offerflow.avro.AudienceRow;
import io.offerflow.avro.CompleteRemoval;
import io.offerflow.avro.CreateOffer;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.DeleteDraft;
import io.offerflow.avro.DeleteDraftPlan;
import io.offerflow.avro.Document;
import io.offerflow.avro.DownloadOffer;
import io.offerflow.avro.ImportAudience;
import io.offerflow.avro.LeadDestination;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.OfferSetup;
import io.offerflow.avro.Plan;
import io.offerflow.avro.RejectRemoval;
import io.offerflow.avro.RemoveAudienceId;
import io.offerflow.avro.RequestRemoval;
import io.offerflow.avro.ResumeSelling;
import io.offerflow.avro.SaveSection;
import io.offerflow.avro.StepMessage;
import io.offerflow.avro.StopSellingOffer;
import io.offerflow.avro.StopSellingPlan;
import io.offerflow.avro.SupportDecision;
import io.offerflow.avro.SyncPrivateAudience;
import io.offerflow.avro.TakeRemovalRequest;
import io.offerflow.avro.TechnicalConfiguration;
import io.offerflow.avro.TestDrive;
import io.offerflow.avro.UpdatePlan;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.PublishingRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.generic.IndexedRecord;

/** What publishers, pipeline, customers and support might send: mostly sensible, sometimes not; the same for a seed. */
public final class RandomInputs {

    private static final int REMEMBERED = 40;
    private static final String GUID = "3f0c1b9a-5f6e-4f59-9a43-0d6a4a1f2b11";
    private static final Instant ISSUED = Instant.parse("2026-03-02T08:59:58Z");

    private final Random random;
    private final List<IndexedRecord> sent = new ArrayList<>();
    private String importId = GUID;
    private int chunks;
    private int nextChunk;

    public RandomInputs(Random random) {
        this.random = random;
    }

    /** The next input for an offer in this state. */
    public IndexedRecord next(OfferKey offer, OfferHeader header) {
        IndexedRecord next = random.nextInt(12) == 0 && !sent.isEmpty() ? again() : fresh(offer, header);
        sent.add(next);
        if (sent.size() > 2 * REMEMBERED) {
            sent.subList(0, REMEMBERED).clear();
        }
        return next;
    }

    private IndexedRecord again() {
        IndexedRecord old = sent.get(sent.size() - 1 - random.nextInt(Math.min(sent.size(), REMEMBERED)));
        return old instanceof OfferCommand command && random.nextInt(4) == 0
                ? OfferCommand.newBuilder(command).setPayload(new CreateOffer("SAAS", "Reused id")).build() : old;
    }

    private IndexedRecord fresh(OfferKey offer, OfferHeader header) {
        if (header.stopPending() && random.nextInt(60) == 0) {
            return Envelopes.command(offer, new ResumeSelling(null));
        }
        if (header.exists() && !header.everLive() && random.nextInt(150) == 0) {
            return Envelopes.delete(offer);
        }
        if (random.nextInt(4) == 0) {
            return onTheWay(offer, header);
        }
        int dice = random.nextInt(100);
        if (dice < 38) {
            return result(offer, header);
        }
        if (dice < 41) {
            return new CustomerRequest(Envelopes.nextId(), offer.publisherId(), offer.offerId(), "commerce", ISSUED,
                    random.nextInt(10) == 0, random.nextInt(3) > 0 ? new AcquirePlan(customer(), planId())
                            : new DownloadOffer(customer(), planId()));
        }
        if (dice < 43) {
            return new SupportDecision(Envelopes.nextId(), offer.publisherId(), offer.offerId(), "desk", ISSUED,
                    false, decision(1L + random.nextInt(2)));
        }
        OfferCommand command = command(offer);
        return random.nextInt(12) != 0 ? command : OfferCommand.newBuilder(command)
                .setExpectedVersion((long) random.nextInt(30)).setValidateOnly(random.nextBoolean()).build();
    }

    /** The command of a publisher who wants to sell the offer, and later to stop. */
    private IndexedRecord onTheWay(OfferKey offer, OfferHeader header) {
        if (!header.exists()) {
            return Envelopes.create(offer);
        }
        if (header.sections().size() < 4) {
            return Envelopes.save(offer, Contents.listingOnly().get(random.nextInt(4)));
        }
        if (header.activeRun().isPresent()) {
            return header.activeRun().get().step() == PublishStep.PUBLISHER_SIGN_OFF ? Envelopes.goLive(offer)
                    : Envelopes.succeeded(offer, header.submission(), header.activeRun().get().step().name());
        }
        if (header.onSale() && random.nextInt(3) == 0) {
            return header.stopPending() ? Envelopes.command(offer, new ResumeSelling(null))
                    : Envelopes.stopSelling(offer);
        }
        return Envelopes.submit(offer);
    }

    private Object decision(long request) {
        return switch (random.nextInt(4)) {
            case 0 -> new TakeRemovalRequest(request);
            case 1 -> new AskPublisher(request, "Have they been told?");
            case 2 -> new RejectRemoval(request, "Not yours.");
            default -> new CompleteRemoval(request);
        };
    }

    private String customer() {
        return GUID.substring(0, GUID.length() - 1) + random.nextInt(4);
    }

    private IndexedRecord result(OfferKey offer, OfferHeader header) {
        PublishStep step = header.activeRun().map(PublishingRun::step).filter(current -> random.nextInt(5) > 0)
                .orElse(PublishStep.values()[random.nextInt(PublishStep.values().length)]);
        long submission = Math.max(0, header.submission() - random.nextInt(10) / 9);
        StepMessage[] messages = random.nextInt(3) > 0 ? new StepMessage[0]
                : new StepMessage[] {new StepMessage("100.1.%d".formatted(random.nextInt(9)), text(40))};
        return random.nextInt(8) == 0 ? Envelopes.failed(offer, submission, step.name(), messages)
                : Envelopes.succeeded(offer, submission, step.name(), messages);
    }

    private OfferCommand command(OfferKey offer) {
        return switch (random.nextInt(33)) {
            case 0, 1 -> Envelopes.create(offer);
            case 2 -> Envelopes.save(offer, setup());
            case 3 -> Envelopes.save(offer, Contents.properties());
            case 4 -> Envelopes.save(offer, Contents.listing(text(60)));
            case 5 -> Envelopes.save(offer, Contents.preview());
            case 6 -> Envelopes.save(offer, technical());
            case 7 -> Envelopes.save(offer, testDrive());
            case 8, 9, 10 -> Envelopes.submit(offer);
            case 11 -> Envelopes.submit(offer, text(30));
            case 12, 13, 14, 15 -> Envelopes.goLive(offer);
            case 16, 25 -> Envelopes.cancel(offer);
            case 17 -> Envelopes.command(offer, new DeleteDraft(random.nextInt(15) == 0));
            case 18, 24 -> Envelopes.command(offer, new StopSellingOffer(null, random.nextBoolean()));
            case 19 -> random.nextInt(10) > 0 ? Envelopes.submit(offer)
                    : Envelopes.command(offer, new ResumeSelling(null));
            case 20 -> Envelopes.command(offer, new CreatePlan(planId(), plan()));
            case 21 -> Envelopes.command(offer, new UpdatePlan(planId(), plan(),
                    random.nextBoolean() ? List.of() : List.of("description"),
                    random.nextInt(4) == 0 ? random.nextBoolean() : null));
            case 26 -> Envelopes.command(offer, new StopSellingPlan(planId(), null, random.nextInt(4) > 0));
            case 27 -> Envelopes.command(offer, new ResumeSelling(random.nextInt(4) == 0 ? planId() : null));
            case 28 -> Envelopes.command(offer, new RequestRemoval("SAAS", "REMOVE_A_PUBLISHED_OFFER", null));
            case 29 -> Envelopes.command(offer, new AddAudienceId(planId(), customer(), "TENANT", text(10)));
            case 30, 23 -> Envelopes.command(offer, new RemoveAudienceId(planId(), customer()));
            case 31 -> Envelopes.command(offer, chunk());
            case 32 -> Envelopes.command(offer, new SyncPrivateAudience(random.nextBoolean() ? List.of()
                    : List.of(planId())));
            case 22 -> Envelopes.command(offer, new DeleteDraftPlan(planId(), random.nextBoolean()));
            default -> Envelopes.command(offer, new SaveSection("OFFER_LISTNG", Contents.preview()));
        };
    }

    /** A chunk that mostly goes on with the import before it. */
    private ImportAudience chunk() {
        if (random.nextInt(8) == 0 || nextChunk == chunks) {
            nextChunk = 0;
            chunks = 1 + random.nextInt(3);
            importId = new UUID(11, random.nextLong()).toString();
        }
        int index = nextChunk++;
        String planId = "plus";
        return new ImportAudience(planId, importId, index, chunks, chunks * 2, null, List.of(
                new AudienceRow(GUID.substring(0, GUID.length() - 1) + 2 * index, "TENANT", null, 0),
                new AudienceRow(GUID.substring(0, GUID.length() - 1) + (2 * index + 1), "TENANT", text(9), 0)),
                random.nextInt(12) > 0);
    }

    private OfferSetup setup() {
        OfferSetup.Builder setup = OfferSetup.newBuilder(Contents.setup());
        if (random.nextInt(3) == 0) {
            setup.setLeadDestination(new LeadDestination("HTTPS_ENDPOINT", "https://crm.contoso.example/leads"));
        }
        if (random.nextInt(4) == 0) {
            setup.setTestDriveEnabled(true).setTestDriveType("POWER_BI");
        }
        if (random.nextInt(6) == 0) {
            setup.setSellThroughMicrosoft(true)
                    .setLeadDestination(new LeadDestination("HTTPS_ENDPOINT", "https://crm.contoso.example/leads"));
        }
        return setup.build();
    }

    private TechnicalConfiguration technical() {
        return new TechnicalConfiguration("https://www.contoso.example/land" + (random.nextInt(4) == 0 ? "#x" : ""),
                "https://www.contoso.example/hook", GUID, GUID);
    }

    private TestDrive testDrive() {
        return TestDrive.newBuilder().setDescription(text(50)).setUserManual(new Document("manual.pdf",
                "https://www.contoso.example/manual.pdf", "application/pdf")).build();
    }

    private String planId() {
        return random.nextBoolean() ? "basic" : "plus";
    }

    private Plan plan() {
        return Plan.newBuilder().setAlias(text(20)).setLanguage("en-US").setName(text(30)).setDescription(text(100))
                .setMarkets(List.of("DE", "FR")).setPricingModel(random.nextInt(4) == 0 ? "PER_USER" : "FLAT_RATE")
                .setVisibility(random.nextInt(3) == 0 ? "PUBLIC" : "PRIVATE").build();
    }

    /** Some text, with characters of one to four bytes. */
    private String text(int most) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(most) + 1;
        for (int index = 0; index < length; index++) {
            text.appendCodePoint(random.nextInt(12) == 0 ? 0x1F6D2 : random.nextInt(9) == 0 ? 'é' : 'a' + index % 26);
        }
        return text.toString();
    }
}
