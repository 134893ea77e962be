package io.offerflow.fuzz;

import io.offerflow.Envelopes;
import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.AskPublisher;
import io.offerflow.avro.CreateOffer;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.ReportStepSucceeded;
import io.offerflow.avro.StepMessage;
import io.offerflow.avro.StepResult;
import io.offerflow.avro.SupportDecision;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * An input that can be read, which a poison is made of.
 *
 * @param neighbour another offer of the same partition
 * @param value in the wire format; the text {@link #MARK} is in it once
 */
public record GoodInput(Topic topic, OfferKey offer, OfferKey neighbour, IndexedRecord envelope, byte[] value) {

    /** Text of 16 letters that is the actor of every good input. */
    public static final String MARK = "actor-to-replace";

    private static final Instant ISSUED = Instant.parse("2026-03-02T08:59:58Z");
    private static final String CUSTOMER = "3f0c1b9a-5f6e-4f59-9a43-0d6a4a1f2b11";

    /** An input of each of the four topics, for the offer with this number in a partition. */
    public static GoodInput of(Topic topic, int number, int partition, int partitions, AvroEncoder encoder) {
        OfferKey offer = offer("poison", number, partition, partitions);
        IndexedRecord envelope = envelope(topic, offer);
        return new GoodInput(topic, offer, offer("neighbour", number, partition, partitions), envelope,
                encoder.encode(topic, envelope));
    }

    private static OfferKey offer(String name, int number, int partition, int partitions) {
        for (int attempt = 0;; attempt++) {
            OfferKey offer = new OfferKey("northwind", "%s-%d-%d".formatted(name, number, attempt));
            if (partition(offer, partitions) == partition) {
                return offer;
            }
        }
    }

    private static int partition(OfferKey offer, int partitions) {
        return Utils.toPositive(Utils.murmur2(offer.toString().getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    private static IndexedRecord envelope(Topic topic, OfferKey offer) {
        String id = Envelopes.nextId();
        return switch (topic) {
            case OFFER_COMMANDS -> new OfferCommand(id, offer.publisherId(), offer.offerId(), MARK, ISSUED, null, false,
                    new CreateOffer("SAAS", "An alias"));
            case STEP_RESULTS -> new StepResult(id, offer.publisherId(), offer.offerId(), MARK, ISSUED, false,
                    new ReportStepSucceeded(1L, "CERTIFICATION", List.of(new StepMessage("100.1", "A remark"))));
            case CUSTOMER_REQUESTS -> new CustomerRequest(id, offer.publisherId(), offer.offerId(), MARK, ISSUED, false,
                    new AcquirePlan(CUSTOMER, "basic"));
            case SUPPORT_DECISIONS -> new SupportDecision(id, offer.publisherId(), offer.offerId(), MARK, ISSUED, false,
                    new AskPublisher(1L, "A question"));
            default -> throw new IllegalArgumentException("no input topic: " + topic);
        };
    }

    /** The key that belongs to it. */
    public byte[] key() {
        return offer.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The value with other bytes in the place of the beginning of the actor. */
    public byte[] withActor(byte... bytes) {
        byte[] changed = value.clone();
        System.arraycopy(bytes, 0, changed, indexOf(MARK), bytes.length);
        return changed;
    }

    /** The value with another schema id. */
    public byte[] withSchema(int id) {
        byte[] changed = value.clone();
        ByteBuffer.wrap(changed).putInt(1, id);
        return changed;
    }

    private int indexOf(String text) {
        int at = new String(value, StandardCharsets.ISO_8859_1).indexOf(text);
        if (at < 0) {
            throw new IllegalStateException("the value has no text " + text);
        }
        return at;
    }
}
