import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.offerflow.avro.AudienceIdType;
import io.offerflow.avro.AudienceInterval;
import io.offerflow.avro.AudienceMember;
import io.offerflow.avro.AudienceNumber;
import io.offerflow.avro.EndedEpoch;
import io.offerflow.avro.Entitlement;
import io.offerflow.avro.PlanState;
import io.offerflow.avro.PlanStatus;
import java.io.File;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Checks the documented predicates in Java against predicates.json. */
class CheckPredicates {
    public static void main(String[] arguments) throws Exception {
        JsonNode cases = new ObjectMapper().readTree(new File(arguments[0]));
        for (JsonNode each : cases.get("entitlement")) {
            OptionalLong actual = EntitledVersion.of(entitlement(each.get("entitlement")), plan(each.get("plan")), 7);
            check(each, actual.isPresent() ? Long.toString(actual.getAsLong()) : "null");
        }
        for (JsonNode each : cases.get("audience")) {
            check(each, Boolean.toString(Audience.mayBuy(plan(each.get("plan")),
                    given(each, "member").map(CheckPredicates::member))));
        }
    }

    private static void check(JsonNode each, String actual) {
        if (!each.get("expected").asText().equals(actual)) {
            throw new AssertionError("%s: expected %s, got %s"
                    .formatted(each.get("says"), each.get("expected"), actual));
        }
    }

    private static Entitlement entitlement(JsonNode had) {
        return new Entitlement("c", "p", Instant.EPOCH, 1L, had.get("planEpoch").longValue(),
                had.get("offerEpoch").longValue(), had.get("revocations").longValue());
    }

    private static AudienceMember member(JsonNode row) {
        return new AudienceMember("p", row.get("generation").longValue(), "c", AudienceIdType.UNKNOWN, null,
                list(row.get("intervals"), in -> new AudienceInterval(in.get("from").longValue(),
                        given(in, "until").map(JsonNode::longValue).orElse(null))));
    }

    private static PlanStatus plan(JsonNode row) {
        return PlanStatus.newBuilder().setPublisherId("p").setOfferId("o").setPlanId("p").setState(PlanState.LIVE)
                .setOnSale(row.path("onSale").asBoolean()).setPrivateOnSale(row.path("privateOnSale").asBoolean())
                .setLiveAudience(given(row, "liveAudience").map(live -> new AudienceNumber(
                        live.get("generation").longValue(), live.get("version").longValue(), 0, 0)).orElse(null))
                .setUnpublishedChanges(false).setSequence(1).setChangedAt(Instant.EPOCH).setSavedAtVersion(1)
                .setEndedPlanEpochs(ended(row.path("endedPlanEpochs")))
                .setEndedOfferEpochs(ended(row.path("endedOfferEpochs")))
                .setRevocations(row.path("revocations").longValue()).setProblems(List.of()).build();
    }

    private static List<EndedEpoch> ended(JsonNode epochs) {
        return list(epochs, ended -> new EndedEpoch(ended.get("epoch").longValue(), ended.get("version").longValue()));
    }

    private static Optional<JsonNode> given(JsonNode row, String name) {
        return Optional.ofNullable(row.get(name)).filter(value -> !value.isNull());
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> each) {
        return StreamSupport.stream(array.spliterator(), false).map(each).toList();
    }
}
