package io.offerflow.topology;

import static io.offerflow.topology.TopologyHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.CompleteRemoval;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.DownloadOffer;
import io.offerflow.avro.RequestRemoval;
import io.offerflow.avro.Result;
import io.offerflow.avro.StopSellingPlan;
import io.offerflow.avro.SupportDecision;
import io.offerflow.avro.TakeRemovalRequest;
import io.offerflow.codec.TaskPosition;
import io.offerflow.codec.TopicIds;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;

/**
 * However many customers a plan has, nothing that happens to all of them at once reads or writes more: neither the
 * request of a stop nor the stop itself (S26–S28, P9, P10, O25, O26), nor a relist (S30), nor a removal (S31, D32).
 */
class ManyCustomersTopologyTest {

    private static final OfferKey OFFER = new OfferKey("contoso", "shift-planner");
    private static final int MANY = 20_000;
    /** So that the numbers of entries have the same length with one customer as with many. */
    private static final StartCheck MANY_ENTRIES = (partition, none) -> new StartCheck.StartPoint(
            new TaskPosition(1_000_000, Map.of()), TopicIds.NONE, List.of(), Set.of());

    /** The cost of each change of the offer, and the size of the largest row of each store without customers. */
    private record Cost(SortedMap<String, SortedMap<String, Long>> happenings, Map<String, Integer> largestRows) {
    }

    @Test
    void s28AStopCostsTheSameForOneAndForTwentyThousandCustomers() {
        Cost one = cost(1);
        Cost many = cost(MANY);
        assertThat(one.happenings().keySet()).hasSize(6);
        one.happenings().forEach((what, counts) -> {
            assertThat(counts).as(what).isNotEmpty();
            assertThat(many.happenings().get(what)).as("calls, records and bytes of %s with %d customers", what, MANY)
                    .isEqualTo(counts);
        });
        assertThat(many.largestRows()).as("bytes of the largest row of each store").isEqualTo(one.largestRows());
    }

    private static Cost cost(int customers) {
        StoreCallCounter counted = new StoreCallCounter();
        try (TopologyHarness bench = TopologyHarness.start(counted::around, MANY_ENTRIES)) {
            OfferDriver publisher = new OfferDriver(bench, OFFER, START);
            live(publisher);
            Instant bought = publisher.clock();
            for (int customer = 1; customer <= customers; customer++) {
                bench.send(customer(new AcquirePlan(id(customer), "gold")), bought);
                assertThat(bench.outcome().getResult()).isEqualTo(Result.ACCEPTED);
            }
            bench.skip();
            SortedMap<String, SortedMap<String, Long>> costs = new TreeMap<>();
            counted.taken();

            publisher.send(Envelopes.command(OFFER, new StopSellingPlan("gold", null, true)));
            costs.put("1 the request to stop the plan", accepted(bench, counted));
            bench.pass(Duration.ofHours(5)); // and not by a command: nobody speaks to the offer
            costs.put("2 the stop of the plan", counted.taken());
            assertThat(bench.raw(Topic.PLAN_STATUS).value()).isNotNull();
            bench.skip();
            publisher.send(Envelopes.stopSelling(OFFER));
            costs.put("3 the request to stop the offer", accepted(bench, counted));
            bench.pass(Duration.ofHours(5));
            costs.put("4 the stop of the offer", counted.taken());
            bench.skip();
            assertThat(downloads(bench, publisher, customers)).as("S28").isEqualTo(1L);
            counted.taken();
            publisher.send(Envelopes.submit(OFFER));
            published(publisher, 2);
            bench.skip();
            costs.put("5 the relist", counted.taken());
            publisher.send(Envelopes.command(OFFER, new RequestRemoval("SAAS", "REMOVE_A_PUBLISHED_OFFER", null)))
                    .send(support(new TakeRemovalRequest(1L))).send(Envelopes.stopSelling(OFFER));
            bench.pass(Duration.ofHours(5));
            bench.skip();
            counted.taken();
            publisher.send(support(new CompleteRemoval(1L)));
            costs.put("6 the removal from all customers", accepted(bench, counted));
            assertThat(downloads(bench, publisher, customers)).as("E14").isNull();
            return new Cost(costs, largest(bench));
        }
    }

    private static SortedMap<String, Long> accepted(TopologyHarness bench, StoreCallCounter counted) {
        CommandOutcome answer = bench.outcome();
        assertThat(answer.getResult()).as("%s", answer).isEqualTo(Result.ACCEPTED);
        bench.skip();
        return counted.taken();
    }

    /** The version that the last of them may download. */
    private static Long downloads(TopologyHarness bench, OfferDriver publisher, int customer) {
        publisher.send(customer(new DownloadOffer(id(customer), "gold")));
        CommandOutcome answer = bench.outcome();
        bench.skip();
        return answer.getDownloadVersion();
    }

    private static Map<String, Integer> largest(TopologyHarness bench) {
        Map<String, Integer> largest = new TreeMap<>();
        for (String store : OfferTopology.stores()) {
            try (var rows = bench.store(store).all()) {
                rows.forEachRemaining(row -> largest.merge(store, row.value.length, Math::max));
            }
        }
        return largest;
    }

    private static void live(OfferDriver publisher) {
        publisher.send(Envelopes.create(OFFER));
        Contents.transactable().forEach(content -> publisher.send(Envelopes.save(OFFER, content)));
        List.of("gold", "silver").forEach(plan -> publisher.send(Envelopes.command(OFFER,
                new CreatePlan(plan, Contents.plan(plan, "PUBLIC")))));
        publisher.send(Envelopes.submit(OFFER));
        published(publisher, 1);
    }

    private static void published(OfferDriver publisher, long submission) {
        List.of("PURCHASE_FLOW", "LEAD_MANAGEMENT", "CERTIFICATION", "PREVIEW_CREATION").forEach(step ->
                publisher.send(Envelopes.succeeded(OFFER, submission, step)));
        publisher.send(Envelopes.goLive(OFFER));
        List.of("PUBLISH_PURCHASE_FLOW", "PUBLISH_LEAD_MANAGEMENT", "FINAL_PUBLISH").forEach(step ->
                publisher.send(Envelopes.succeeded(OFFER, submission, step)));
    }

    private static IndexedRecord customer(Object payload) {
        return new CustomerRequest(Envelopes.nextId(), OFFER.publisherId(), OFFER.offerId(), "commerce", START, false,
                payload);
    }

    private static IndexedRecord support(Object payload) {
        return SupportDecision.newBuilder().setCommandId(Envelopes.nextId()).setPublisherId(OFFER.publisherId())
                .setOfferId(OFFER.offerId()).setActor("support").setIssuedAt(START).setPayload(payload).build();
    }

    private static String id(int number) {
        return "0b1c2d3e-0000-4000-8000-%012d".formatted(number);
    }
}
