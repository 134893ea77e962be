package io.offerflow.bench.scale;

import io.offerflow.avro.AddAudienceId;
import io.offerflow.avro.RemoveAudienceId;
import io.offerflow.avro.Result;
import io.offerflow.avro.ResumeSelling;
import io.offerflow.avro.StopSellingOffer;
import io.offerflow.avro.SyncPrivateAudience;
import io.offerflow.bench.load.ProcessorHarness;
import io.offerflow.bench.result.MedianRange;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.topology.OfferTopology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Curves along which one offer grows: the cost of single commands. */
final class GrowingOffer {

    private static final int WARM_UP = 3000;
    private static final int MEASURED = 1000;
    private static final int RUNS = 20;
    private static final int ADDED = 5;
    private static final long CUSTOMERS = 1L << 36;

    private final ProcessorHarness processor;
    private final OfferKey offer;
    private final OfferScript script;
    /** Processor time of commands by name; their median is shown, so that a garbage collection does not decide. */
    private final Map<String, List<Double>> micros = new LinkedHashMap<>();

    GrowingOffer(ProcessorHarness processor, SchemaRegistry registry, OfferTemplates templates) {
        this.processor = processor;
        this.offer = OfferScript.onSale(processor, templates);
        this.script = new OfferScript(processor, registry, offer);
    }

    /** With a number of plans: an edit of one plan, a purchase, and all commands of a publish. */
    Map<String, Double> plans(int plans) {
        for (int plan = 1; plan < plans; plan++) {
            script.take(script.createPlan("plan-" + plan, "PUBLIC"));
        }
        warmUpAndMeasure(turn -> {
            time("UpdatePlan", script.edit());
            time("AcquirePlan", OfferScript.purchase("basic", CUSTOMERS + turn));
        });
        for (int run = 0; run < 2 * RUNS; run++) {
            if (run == RUNS) {
                micros.remove("whole publish µs");
            }
            script.take(script.edit());
            add("whole publish", script.publish());
        }
        return medians();
    }

    /**
     * With a private audience of a size: adding a member, a sync, a purchase, removing a member; and a command that
     * deletes rows of an audience that an import has replaced, some hundred rows at a time.
     */
    Map<String, Double> audience(int members) {
        int imported = Math.min(members, Policy.DEFAULT.limits().audienceTenants() - ADDED); // room for added members
        script.take(script.createPlan("club", "PRIVATE"));
        importMembers(imported);
        script.publish();
        warmUpAndMeasure(turn -> {
            time("AddAudienceId", add(CUSTOMERS / 2 + turn));
            time("SyncPrivateAudience", sync());
            time("RemoveAudienceId", remove(CUSTOMERS / 2 + turn));
        });
        micros.clear();
        for (int round = 0; round < RUNS; round++) {
            for (long customer = CUSTOMERS + round * ADDED; customer < CUSTOMERS + (round + 1) * ADDED; customer++) {
                time("AddAudienceId", add(customer));
                time("SyncPrivateAudience", sync());
                time("AcquirePlan", OfferScript.purchase("club", customer));
            }
            time("RemoveAudienceId", remove(CUSTOMERS + round * ADDED));
            time("SyncPrivateAudience after a removal", sync());
            importMembers(imported);
            script.take(sync());
            while (processor.facts(offer).audience().leftovers()) {
                time("UpdatePlan that deletes rows", script.edit());
            }
            time("UpdatePlan", script.edit());
        }
        return medians();
    }

    private static AddAudienceId add(long customer) {
        return new AddAudienceId("club", OfferScript.guid(customer), "TENANT", null);
    }

    private static RemoveAudienceId remove(long customer) {
        return new RemoveAudienceId("club", OfferScript.guid(customer));
    }

    private static SyncPrivateAudience sync() {
        return new SyncPrivateAudience(List.of("club"));
    }

    private void importMembers(int members) {
        long took = script.audience("club", members).stream().mapToLong(script::take).sum();
        add("import, a member", took / members);
    }

    /** With a number of customers: the request to stop selling, the instant it takes effect, and the way back. */
    Map<String, Double> customers(int customers) {
        script.take(OfferScript.purchase("basic", CUSTOMERS));
        var rows = processor.store(OfferTopology.CONTENTS);
        byte[] row = rows.get(customerKey(CUSTOMERS));
        for (int customer = 1; customer < customers; customer++) {
            rows.put(customerKey(CUSTOMERS + customer), row);
        }
        warmUpAndMeasure(turn -> {
            time("StopSellingOffer", new StopSellingOffer(null, true));
            time("ResumeSelling", new ResumeSelling(null));
            time("any other: UpdatePlan", script.edit());
        });
        for (int run = 0; run < 2 * RUNS; run++) {
            if (run == RUNS) {
                micros.remove("purchase that meets the stop µs");
            }
            script.take(new StopSellingOffer(null, true));
            processor.pass(Duration.ofHours(5));
            add("purchase that meets the stop", script.take(OfferScript.purchase("basic",
                    CUSTOMERS + customers + run), Result.REJECTED));
            script.publish();
        }
        return medians();
    }

    private byte[] customerKey(long customer) {
        return StateCodec.key(StateCodec.key(offer), new RowKey.CustomerKey("basic", OfferScript.guid(customer)));
    }

    private void warmUpAndMeasure(IntConsumer turn) {
        for (int number = 0; number < WARM_UP + MEASURED; number++) {
            if (number == WARM_UP) {
                micros.clear();
            }
            turn.accept(number);
        }
    }

    private void time(String name, Object payload) {
        add(name, script.take(payload));
    }

    private void add(String name, long nanos) {
        micros.computeIfAbsent(name + " µs", first -> new ArrayList<>()).add(nanos / 1e3);
    }

    private Map<String, Double> medians() {
        Map<String, Double> medians = new LinkedHashMap<>();
        micros.forEach((name, all) -> medians.put(name, MedianRange.of(all).median()));
        return medians;
    }
}
