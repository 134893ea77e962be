package io.offerflow.bench.http;

import io.offerflow.avro.CreateOffer;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.SaveSection;
import io.offerflow.avro.TestDrive;
import io.offerflow.contract.json.AvroJson;
import java.time.Instant;
import java.util.UUID;
import org.apache.avro.generic.IndexedRecord;

/** The same commands for both ways: first one that creates each offer, then saves of a section of one after another. */
record CommandSource(int offers) {

    /** A command by its number. */
    OfferCommand command(int number) {
        IndexedRecord payload = number < offers ? new CreateOffer("SAAS", "Offer " + number)
                : new SaveSection("TEST_DRIVE", TestDrive.newBuilder().setDescription("Version " + number).build());
        return OfferCommand.newBuilder().setCommandId(new UUID(1, number).toString()).setPublisherId("bench")
                .setOfferId("offer-" + number % offers).setActor("bench").setIssuedAt(Instant.EPOCH)
                .setPayload(payload).build();
    }

    /** The JSON of its fields, which is the body of a request. */
    static String body(OfferCommand command) {
        return AvroJson.write((IndexedRecord) command.getPayload()).toString();
    }
}
