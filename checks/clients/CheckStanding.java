import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.offerflow.avro.EndedEpoch;
import io.offerflow.avro.Entitlement;
import io.offerflow.avro.PlanState;
import io.offerflow.avro.PlanStatus;
import java.io.File;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/** Holds the documented predicate in Java against standing.json. */
class CheckStanding {
    public static void main(String[] arguments) throws Exception {
        for (JsonNode each : new ObjectMapper().readTree(new File(arguments[0]))) {
            JsonNode had = each.get("entitlement");
            JsonNode plan = each.get("plan");
            OptionalLong met = Standing.version(
                    new Entitlement("c", "p", Instant.EPOCH, 1L, had.get("planEpoch").longValue(),
                            had.get("offerEpoch").longValue(), had.get("revocations").longValue()),
                    PlanStatus.newBuilder().setPublisherId("p").setOfferId("o").setPlanId("p")
                            .setState(PlanState.LIVE).setOnSale(true).setUnpublishedChanges(false).setSequence(1)
                            .setChangedAt(Instant.EPOCH).setSavedAtVersion(1)
                            .setEndedPlanEpochs(ended(plan.get("endedPlanEpochs")))
                            .setEndedOfferEpochs(ended(plan.get("endedOfferEpochs")))
                            .setRevocations(plan.get("revocations").longValue()).setProblems(List.of()).build(), 7);
            JsonNode expected = each.get("expected");
            if (!met.equals(expected.isNull() ? OptionalLong.empty() : OptionalLong.of(expected.longValue()))) {
                throw new AssertionError("%s, expected %s, met %s".formatted(each.get("says"), expected, met));
            }
        }
    }

    private static List<EndedEpoch> ended(JsonNode epochs) {
        return StreamSupport.stream(epochs.spliterator(), false).map(ended -> new EndedEpoch(
                ended.get("epoch").longValue(), ended.get("version").longValue())).toList();
    }
}
