package io.offerflow.codec;

import io.offerflow.Golden;
import io.offerflow.avro.state.StoredAudiences;
import io.offerflow.avro.state.StoredContent;
import io.offerflow.avro.state.StoredCustomer;
import io.offerflow.avro.state.StoredEndedEpoch;
import io.offerflow.avro.state.StoredMember;
import io.offerflow.avro.state.StoredOffer;
import io.offerflow.avro.state.StoredOverview;
import io.offerflow.avro.state.StoredPlan;
import io.offerflow.avro.state.StoredPrices;
import io.offerflow.avro.state.StoredSales;
import io.offerflow.avro.state.StoredTexts;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredFormatsTest {

    @ParameterizedTest
    @CsvSource({"offer, 1", "content, 1", "overview, 1", "plan, 1", "sales, 1", "ended-epoch, 1", "customer, 1",
        "audiences, 1", "member, 1", "prices, 1", "texts, 1"})
    void theNewestFormatOfEachKindIsTheSchemaOfThisRelease(String kind, int newest) {
        Golden.check("src/main/resources/stored/%s-%d.avsc".formatted(kind, newest),
                SchemaFormatter.format("json/pretty", current(kind)) + "\n",
                "The stored form has changed. If format %d was ever released, give the changed schema the next number "
                        .formatted(newest) + "and keep this file for ever: stores and changelogs are full of it.");
    }

    private static Schema current(String kind) {
        return switch (kind) {
            case "offer" -> StoredOffer.getClassSchema();
            case "content" -> StoredContent.getClassSchema();
            case "overview" -> StoredOverview.getClassSchema();
            case "plan" -> StoredPlan.getClassSchema();
            case "sales" -> StoredSales.getClassSchema();
            case "ended-epoch" -> StoredEndedEpoch.getClassSchema();
            case "customer" -> StoredCustomer.getClassSchema();
            case "audiences" -> StoredAudiences.getClassSchema();
            case "member" -> StoredMember.getClassSchema();
            case "prices" -> StoredPrices.getClassSchema();
            case "texts" -> StoredTexts.getClassSchema();
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
