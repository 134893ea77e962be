package io.offerflow.bench.scale;

import io.offerflow.avro.AddAudienceId;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.Plan;
import io.offerflow.avro.RemoveAudienceId;
import io.offerflow.avro.Result;
import io.offerflow.avro.ResumeSelling;
import io.offerflow.avro.StopSellingOffer;
import io.offerflow.avro.SyncPrivateAudience;
import io.offerflow.avro.UpdatePlan;
import io.offerflow.codec.StateCodec;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.topology.OfferTopology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/** Curves along which one offer grows: what single commands cost then. */
final class OneOffer {

    private static final int WARM_UP = 3000;
    private static final int MEASURED = 1000;
    private static final int RUNS = 20;
    private static final int BY_HAND = 5;
    private static final long CUSTOMERS = 1L << 36;

    private final Cell cell;
    private final OfferKey offer;
    private final Commands commands;
    private final Laps laps = new Laps();

    OneOffer(Cell cell, Templates templates) {
        this.cell = cell;
        this.offer = Commands.onSale(cell, templates);
        this.commands = new Commands(cell, offer);
    }

    /** An edit of one plan among so many, a purchase, and the commands of a whole publish. */
    Map<String, Double> plans(int plans) {
        for (int plan = 1; plan < plans; plan++) {
            cell.take(commands.command(new CreatePlan("plan-" + plan, Commands.plan("plan-" + plan, "PUBLIC"))));
        }
        repeat(turn -> {
            lap("UpdatePlan", commands.command(new UpdatePlan("basic", described(turn), List.of(), null)));
            lap("AcquirePlan", commands.bought("basic", CUSTOMERS + turn));
        });
        for (int run = 0; run < 2 * RUNS; run++) {
            if (run == RUNS) {
                laps.forgetOnly("whole publish");
            }
            cell.take(commands.command(new UpdatePlan("basic", described(run + 1_000_000), List.of(), null)));
            laps.add("whole publish", commands.publish());
        }
        return laps.values();
    }

    private static Plan described(long turn) {
        return Plan.newBuilder().setDescription("Shifts and rosters, reports and exports, edition " + turn).build();
    }

    /**
     * A private audience of so many members: adding one, syncing, buying, removing one; and what a command costs that
     * tidies up behind an import that took the place of the audience, in steps of some hundred rows.
     */
    Map<String, Double> audience(int members) {
        int lying = Math.min(members, Policy.DEFAULT.limits().audienceTenants() - BY_HAND); // room for those who are added
        cell.take(commands.command(new CreatePlan("club", Commands.plan("club", "PRIVATE"))));
        imported(lying);
        commands.publish();
        repeat(turn -> {
            lap("AddAudienceId", commands.command(new AddAudienceId("club", Commands.guid(CUSTOMERS / 2 + turn), "TENANT",
                    null)));
            lap("SyncPrivateAudience", commands.command(new SyncPrivateAudience(List.of("club"))));
            lap("RemoveAudienceId", commands.command(new RemoveAudienceId("club",
                    Commands.guid(CUSTOMERS / 2 + turn))));
        });
        laps.forget();
        for (int round = 0; round < RUNS; round++) {
            for (int newcomer = 0; newcomer < BY_HAND; newcomer++) {
                long customer = CUSTOMERS + round * BY_HAND + newcomer;
                lap("AddAudienceId", commands.command(new AddAudienceId("club", Commands.guid(customer), "TENANT", null)));
                lap("SyncPrivateAudience", commands.command(new SyncPrivateAudience(List.of("club"))));
                lap("AcquirePlan", commands.bought("club", customer));
            }
            lap("RemoveAudienceId", commands.command(new RemoveAudienceId("club",
                    Commands.guid(CUSTOMERS + round * BY_HAND))));
            lap("SyncPrivateAudience behind a removal", commands.command(new SyncPrivateAudience(List.of("club"))));
            imported(lying);
            cell.take(commands.command(new SyncPrivateAudience(List.of("club"))));
            for (int turn = 0; cell.facts(offer).audience().leftovers(); turn++) {
                lap("UpdatePlan that tidies up", commands.command(new UpdatePlan("basic", described(turn), List.of(),
                        null)));
            }
            lap("UpdatePlan", commands.command(new UpdatePlan("basic", described(-1), List.of(), null)));
        }
        return laps.values();
    }

    private void imported(int members) {
        long took = commands.audience("club", members, 0).stream().mapToLong(cell::take).sum();
        laps.add("import, a member", took / members);
    }

    /** Stopping to sell to so many customers: the request, the moment it takes effect, and the way back. */
    Map<String, Double> customers(int customers) {
        cell.take(commands.bought("basic", CUSTOMERS));
        KeyValueStore<byte[], byte[]> rows = cell.store(OfferTopology.CONTENTS);
        byte[] id = StateCodec.key(offer);
        byte[] had = rows.get(StateCodec.key(id, new RowKey.CustomerKey("basic", Commands.guid(CUSTOMERS))));
        for (int customer = 1; customer < customers; customer++) {
            rows.put(StateCodec.key(id, new RowKey.CustomerKey("basic", Commands.guid(CUSTOMERS + customer))), had);
        }
        repeat(turn -> {
            lap("StopSellingOffer", commands.command(new StopSellingOffer(null, true)));
            lap("ResumeSelling", commands.command(new ResumeSelling(null)));
            lap("any other: UpdatePlan", commands.command(new UpdatePlan("basic", described(turn), List.of(), null)));
        });
        for (int run = 0; run < 2 * RUNS; run++) {
            if (run == RUNS) {
                laps.forgetOnly("purchase that meets the stop");
            }
            cell.take(commands.command(new StopSellingOffer(null, true)));
            cell.pass(Duration.ofHours(5));
            laps.add("purchase that meets the stop", cell.take(commands.bought("basic", CUSTOMERS + customers + run),
                    Result.REJECTED));
            commands.publish();
        }
        return laps.values();
    }

    private interface Turn {
        void take(int turn);
    }

    private void repeat(Turn turn) {
        for (int number = 0; number < WARM_UP + MEASURED; number++) {
            if (number == WARM_UP) {
                laps.forget();
            }
            turn.take(number);
        }
    }

    private void lap(String name, IndexedRecord envelope) {
        laps.add(name, cell.take(envelope));
    }
}
