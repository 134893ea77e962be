package io.offerflow.simulation;

import io.offerflow.domain.Limits;
import io.offerflow.domain.OfferKey;
import io.offerflow.domain.Policy;
import io.offerflow.simulation.paper.PaperOffer;
import io.offerflow.simulation.paper.PaperPolicy;
import io.offerflow.simulation.paper.Reply;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Some offers of one seed, both in the service and on paper. The same seed gives the same story; the same moves give the
 * same end, whichever of them are left out.
 */
final class Simulation {

    /** Where and how the two first differ. */
    record Difference(int move, String what) {
    }

    /** What a seed led to: its moves, how far the offers came, and the difference, if there was one. */
    record Story(List<Move> moves, Optional<Difference> difference, long wentLive) {
    }

    private final List<PaperOffer> paper = new ArrayList<>();
    private final List<Machine> service = new ArrayList<>();

    private Simulation(long seed) {
        Random random = new Random(seed * 31 + 7);
        Duration delay = random.nextInt(12) == 0 ? Duration.ZERO : Duration.ofMinutes(20 + random.nextInt(300));
        Duration syncs = random.nextBoolean() ? Duration.ZERO // or longer than a stop, so that both can fall due at once (B43)
                : (random.nextBoolean() ? delay : Duration.ZERO).plusMinutes(1 + random.nextInt(200));
        PaperPolicy set = new PaperPolicy(delay, syncs, random.nextInt(6) > 0, random.nextInt(5) == 0,
                random.nextInt(4) == 0, random.nextInt(6) > 0, 4, 2, 3, 5, 4);
        int offers = 1 + random.nextInt(3);
        for (int i = 0; i < offers; i++) {
            String offerId = random.nextInt(60) == 0 ? "O" : i == 2 ? "o" : "offer-" + i;
            paper.add(new PaperOffer(offerId, set));
            service.add(new Machine(new OfferKey("contoso", offerId), policy(set)));
        }
    }

    private static Policy policy(PaperPolicy set) {
        return new Policy(set.stopSellDelay(), set.audienceSyncDelay(), set.rejectSubmitWithoutChanges(), set.strictOfferIds(),
                set.deleteNewPlanOfPublishedOffer(), set.redownloadAfterStop(), false,
                limits(Map.of("plans", set.plans(), "privatePlans", set.privatePlans(),
                        "audienceByHand", set.audienceByHand(), "audienceTenants", set.tenants(),
                        "audienceSubscriptions", set.subscriptions())));
    }

    /** The documented limits, but for some. */
    private static Limits limits(Map<String, Integer> others) {
        RecordComponent[] components = Limits.class.getRecordComponents();
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                Integer other = others.get(components[i].getName());
                values[i] = other == null ? components[i].getAccessor().invoke(Limits.DEFAULT) : other;
            }
            return (Limits) Limits.class.getDeclaredConstructors()[0].newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the limits cannot be changed one by one", e);
        }
    }

    /** Lets the actors of a seed say so many things, or fewer if the two differ before. */
    static Story tell(long seed, int steps) {
        Simulation simulation = new Simulation(seed);
        Actors actors = new Actors(new Random(seed), simulation.paper);
        List<Move> moves = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            Move move = actors.next();
            moves.add(move);
            Optional<String> difference = simulation.make(move);
            if (difference.isPresent()) {
                return new Story(moves, Optional.of(new Difference(step, difference.get())), simulation.wentLive());
            }
        }
        Optional<Difference> atTheEnd = simulation.audit().map(what -> new Difference(steps - 1, what));
        return new Story(moves, atTheEnd, simulation.wentLive());
    }

    /** Makes the same moves again, or some of them. */
    static Optional<Difference> repeat(long seed, List<Move> moves) {
        Simulation simulation = new Simulation(seed);
        for (int step = 0; step < moves.size(); step++) {
            Optional<String> difference = simulation.make(moves.get(step));
            if (difference.isPresent()) {
                return Optional.of(new Difference(step, difference.get()));
            }
        }
        return simulation.audit().map(what -> new Difference(moves.size() - 1, what));
    }

    private Optional<String> make(Move move) {
        PaperOffer onPaper = paper.get(move.offer());
        Machine inService = service.get(move.offer());
        try {
            Reply reply = switch (move) {
                case Move.Say say -> {
                    inService.take(say.ask(), say.at(), say.crashAfter());
                    yield onPaper.take(say.ask(), say.at());
                }
                case Move.Pass pass -> {
                    inService.advance(pass.until());
                    yield onPaper.advance(pass.until());
                }
            };
            return Comparison.first(inService, onPaper.view(), reply);
        } catch (RuntimeException e) {
            return Optional.of("an exception: " + e + " at " + Arrays.stream(e.getStackTrace()).limit(6).toList());
        }
    }

    private Optional<String> audit() {
        service.forEach(Machine::audit);
        return service.stream().flatMap(machine -> machine.broken().stream()).findFirst();
    }

    private long wentLive() {
        return paper.stream().filter(offer -> offer.view().everLive()).count();
    }
}
