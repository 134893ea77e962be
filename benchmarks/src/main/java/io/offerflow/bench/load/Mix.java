package io.offerflow.bench.load;

import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.CreateOffer;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.DownloadOffer;
import io.offerflow.avro.GoLive;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.ReportStepFailed;
import io.offerflow.avro.ReportStepSucceeded;
import io.offerflow.avro.Result;
import io.offerflow.avro.StepMessage;
import io.offerflow.avro.StepResult;
import io.offerflow.avro.SubmitOffer;
import io.offerflow.avro.UpdatePlan;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.PublishingRun;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.generic.IndexedRecord;

/**
 * What is asked of an offer next, given how it stands. An offer is created, its five sections and two plans are
 * written, it is submitted; the pipeline answers each step, certification fails one time in thirty; the publisher signs
 * off; while it is on sale customers buy and download, and the publisher edits and publishes again.
 */
final class Mix {

    private static final Instant ISSUED = Instant.parse("2026-03-02T08:59:58Z");

    private final Random random;
    private final SectionTexts texts;
    private final double illegal;
    private final Map<OfferKey, DownloadOffer> customers = new HashMap<>();

    Mix(Random random, double illegal) {
        this.random = random;
        this.texts = new SectionTexts(random);
        this.illegal = illegal;
    }

    IndexedRecord next(OfferKey offer, OfferHeader facts) {
        if (random.nextDouble() < illegal) {
            return command(offer, against(facts));
        }
        if (!facts.exists()) {
            return command(offer, new CreateOffer("SAAS", texts.prose(40)));
        }
        Optional<Object> missing = missing(facts);
        if (missing.isPresent()) {
            return command(offer, missing.get());
        }
        return facts.activeRun().map(run -> during(offer, facts, run))
                .orElseGet(() -> facts.onSale() ? onSale(offer, facts) : command(offer, new SubmitOffer(notes())));
    }

    /** Something that the offer's state does not allow. */
    private Object against(OfferHeader facts) {
        if (!facts.exists()) {
            return random.nextBoolean() ? new SubmitOffer(null) : new GoLive(null);
        }
        return switch (random.nextInt(3)) {
            case 0 -> new CreateOffer("SAAS", texts.prose(40));
            case 1 -> new UpdatePlan("gold", texts.changes(), List.of(), null);
            default -> facts.activeRun().isPresent() ? new SubmitOffer(null) : new GoLive(null);
        };
    }

    private Optional<Object> missing(OfferHeader facts) {
        for (String section : SectionTexts.SECTIONS) {
            if (!facts.sections().containsKey(SectionId.valueOf(section))) {
                return Optional.of(texts.save(section));
            }
        }
        // Of the plans the facts only hold that there are some: the first makes the overview's first revision.
        return Optional.ofNullable(facts.sections().get(SectionId.PLAN_OVERVIEW)).isPresent() ? Optional.empty()
                : Optional.of(new CreatePlan("basic", texts.plan("basic")));
    }

    private IndexedRecord during(OfferKey offer, OfferHeader facts, PublishingRun run) {
        if (run.step() == PublishStep.PUBLISHER_SIGN_OFF) {
            return command(offer, random.nextInt(4) == 0 ? texts.save("OFFER_LISTING") : new GoLive(null));
        }
        if (random.nextInt(5) == 0) {
            return command(offer, edit());
        }
        boolean fails = run.step() == PublishStep.CERTIFICATION && random.nextInt(30) == 0;
        String step = run.step().name();
        return result(offer, fails ? new ReportStepFailed(facts.submission(), step, List.of(
                new StepMessage("100.1.3", texts.prose(200)), new StepMessage("100.4.1", texts.prose(300))))
                : new ReportStepSucceeded(facts.submission(), step, random.nextInt(5) > 0 ? List.of()
                        : List.of(new StepMessage("100.2.1", texts.prose(120)))));
    }

    private IndexedRecord onSale(OfferKey offer, OfferHeader facts) {
        int dice = random.nextInt(10);
        if (dice < 4) {
            return customer(offer);
        }
        boolean edited = facts.live().filter(live -> live.revision() < facts.revision()).isPresent();
        return command(offer, edited && dice < 8 ? new SubmitOffer(notes()) : edit());
    }

    private IndexedRecord customer(OfferKey offer) {
        DownloadOffer last = customers.get(offer);
        if (last != null && random.nextInt(3) == 0) {
            return request(offer, last);
        }
        return request(offer, new AcquirePlan(texts.guid(), "basic"));
    }

    /** What became of a command: a customer who bought may download later. */
    void answered(OfferKey offer, IndexedRecord envelope, Result result) {
        if (result == Result.ACCEPTED && envelope instanceof CustomerRequest request
                && request.getPayload() instanceof AcquirePlan bought) {
            customers.put(offer, new DownloadOffer(bought.getCustomerId(), bought.getPlanId()));
        }
    }

    private Object edit() {
        return switch (random.nextInt(6)) {
            case 0 -> new UpdatePlan("basic", texts.changes(), List.of(), null);
            case 1 -> texts.save("PROPERTIES");
            case 2 -> texts.save("PREVIEW");
            default -> texts.save("OFFER_LISTING");
        };
    }

    private String notes() {
        return random.nextInt(3) == 0 ? texts.prose(150) : null;
    }

    private String id() {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
    }

    private OfferCommand command(OfferKey offer, Object payload) {
        return OfferCommand.newBuilder().setCommandId(id()).setPublisherId(offer.publisherId())
                .setOfferId(offer.offerId()).setActor("partner-portal").setIssuedAt(ISSUED).setPayload(payload).build();
    }

    private StepResult result(OfferKey offer, Object payload) {
        return StepResult.newBuilder().setCommandId(id()).setPublisherId(offer.publisherId())
                .setOfferId(offer.offerId()).setActor("certification").setIssuedAt(ISSUED).setPayload(payload).build();
    }

    private CustomerRequest request(OfferKey offer, Object payload) {
        return CustomerRequest.newBuilder().setCommandId(id()).setPublisherId(offer.publisherId())
                .setOfferId(offer.offerId()).setActor("commerce").setIssuedAt(ISSUED).setPayload(payload).build();
    }
}
