package io.offerflow;

import io.offerflow.avro.CancelPublish;
import io.offerflow.avro.CreateOffer;
import io.offerflow.avro.DeleteDraft;
import io.offerflow.avro.GoLive;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.ReportStepFailed;
import io.offerflow.avro.ReportStepSucceeded;
import io.offerflow.avro.SaveSection;
import io.offerflow.avro.StepMessage;
import io.offerflow.avro.StepResult;
import io.offerflow.avro.StopSellingOffer;
import io.offerflow.avro.SubmitOffer;
import io.offerflow.domain.model.OfferKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** What publishers and pipeline systems send in the tests; every envelope has a command id of its own. */
public final class Envelopes {

    private static final Instant ISSUED = Instant.parse("2026-03-02T08:59:58Z");
    private static final AtomicLong NUMBERS = new AtomicLong();

    private Envelopes() {
    }

    /** A command id that was not used before in this process. */
    public static String nextId() {
        return new UUID(0x0f_fe_f1_00_77_00_40_00L, 0x8000_0000_0000_0000L | NUMBERS.incrementAndGet()).toString();
    }

    public static OfferCommand create(OfferKey offer) {
        return command(offer, new CreateOffer("SAAS", "Alias of " + offer.offerId()));
    }

    public static OfferCommand save(OfferKey offer, Object content) {
        return command(offer, new SaveSection(Contents.sectionOf(content), content));
    }

    public static OfferCommand submit(OfferKey offer) {
        return command(offer, new SubmitOffer(null));
    }

    public static OfferCommand submit(OfferKey offer, String notes) {
        return command(offer, new SubmitOffer(notes));
    }

    public static OfferCommand goLive(OfferKey offer) {
        return command(offer, new GoLive(null));
    }

    public static OfferCommand cancel(OfferKey offer) {
        return command(offer, new CancelPublish(true));
    }

    public static OfferCommand delete(OfferKey offer) {
        return command(offer, new DeleteDraft(true));
    }

    public static OfferCommand stopSelling(OfferKey offer) {
        return command(offer, new StopSellingOffer(null, true));
    }

    public static OfferCommand command(OfferKey offer, Object payload) {
        return OfferCommand.newBuilder().setCommandId(nextId()).setPublisherId(offer.publisherId())
                .setOfferId(offer.offerId()).setActor("partner-portal").setIssuedAt(ISSUED).setPayload(payload).build();
    }

    public static StepResult succeeded(OfferKey offer, long submission, String step, StepMessage... remarks) {
        return result(offer, new ReportStepSucceeded(submission, step, Arrays.asList(remarks)));
    }

    public static StepResult failed(OfferKey offer, long submission, String step, StepMessage... report) {
        return result(offer, new ReportStepFailed(submission, step, List.of(report)));
    }

    public static StepResult result(OfferKey offer, Object payload) {
        return StepResult.newBuilder().setCommandId(nextId()).setPublisherId(offer.publisherId())
                .setOfferId(offer.offerId()).setActor("certification").setIssuedAt(ISSUED).setPayload(payload).build();
    }
}
