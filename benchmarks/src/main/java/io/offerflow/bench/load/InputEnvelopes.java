package io.offerflow.bench.load;

import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.DownloadOffer;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.ReportStepFailed;
import io.offerflow.avro.ReportStepSucceeded;
import io.offerflow.avro.StepResult;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import java.time.Instant;
import org.apache.avro.generic.IndexedRecord;

/** Envelopes of inputs, each for the topic to which its payload belongs. */
public final class InputEnvelopes {

    private static final Instant ISSUED = Instant.parse("2026-03-02T08:59:58Z");

    private InputEnvelopes() {
    }

    public static IndexedRecord of(OfferKey offer, String commandId, Object payload) {
        String publisherId = offer.publisherId();
        String offerId = offer.offerId();
        if (payload instanceof ReportStepSucceeded || payload instanceof ReportStepFailed) {
            return StepResult.newBuilder().setCommandId(commandId).setPublisherId(publisherId).setOfferId(offerId)
                    .setActor("certification").setIssuedAt(ISSUED).setPayload(payload).build();
        }
        if (payload instanceof AcquirePlan || payload instanceof DownloadOffer) {
            return CustomerRequest.newBuilder().setCommandId(commandId).setPublisherId(publisherId).setOfferId(offerId)
                    .setActor("commerce").setIssuedAt(ISSUED).setPayload(payload).build();
        }
        return OfferCommand.newBuilder().setCommandId(commandId).setPublisherId(publisherId).setOfferId(offerId)
                .setActor("partner-portal").setIssuedAt(ISSUED).setPayload(payload).build();
    }

    public static Topic topic(IndexedRecord envelope) {
        return Topic.inputs().stream().filter(input -> input.schema().equals(envelope.getSchema())).findFirst()
                .orElseThrow();
    }
}
