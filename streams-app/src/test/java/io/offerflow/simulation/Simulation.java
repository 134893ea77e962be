package io.offerflow.simulation;

import io.offerflow.domain.model.Limits;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.simulation.model.ModelOffer;
import io.offerflow.simulation.model.ModelPolicy;
import io.offerflow.simulation.model.Reply;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * The offers of one seed, both in the service and in the reference model. The same seed gives the same trace, and the
 * same actions give the same result, so a trace can be shortened.
 */
final class Simulation {

    static final String EXCEPTION = "an exception: ";

    /** Where and how the two first differ. */
    record Difference(int step, String what) {
    }

    /** The actions of a seed, the difference they led to, if any, and how many offers went live. */
    record Trace(List<Action> actions, Optional<Difference> difference, long wentLive) {
    }

    private final List<ModelOffer> model = new ArrayList<>();
    private final List<EngineUnderTest> service = new ArrayList<>();

    private Simulation(long seed, Function<Policy, Rules> rules) {
        Random random = new Random(seed * 31 + 7);
        Duration delay = random.nextInt(12) == 0 ? Duration.ZERO : Duration.ofMinutes(20 + random.nextInt(300));
        // Also longer than a stop, so that both can fall due at once (B43).
        Duration syncs = random.nextBoolean() ? Duration.ZERO
                : (random.nextBoolean() ? delay : Duration.ZERO).plusMinutes(1 + random.nextInt(200));
        ModelPolicy set = new ModelPolicy(delay, syncs, random.nextInt(6) > 0, random.nextInt(5) == 0,
                random.nextInt(4) == 0, random.nextInt(6) > 0, 4, 2, 3, 5, 4);
        int offers = 1 + random.nextInt(3);
        for (int i = 0; i < offers; i++) {
            String offerId = random.nextInt(60) == 0 ? "O" : i == 2 ? "o" : "offer-" + i;
            model.add(new ModelOffer(offerId, set));
            service.add(new EngineUnderTest(new OfferKey("contoso", offerId), () -> rules.apply(policy(set))));
        }
    }

    private static Policy policy(ModelPolicy set) {
        return new Policy(set.stopSellDelay(), set.audienceSyncDelay(), set.rejectSubmitWithoutChanges(),
                set.strictOfferIds(),
                set.deleteNewPlanOfPublishedOffer(), set.redownloadAfterStop(), false,
                limits(Map.of("plans", set.plans(), "privatePlans", set.privatePlans(),
                        "audienceByHand", set.audienceByHand(), "audienceTenants", set.tenants(),
                        "audienceSubscriptions", set.subscriptions())));
    }

    /** The documented limits, except for these. */
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

    /** Runs this number of actions of a seed's actors under these rules, or fewer if the two differ before. */
    static Trace run(long seed, int steps, Function<Policy, Rules> rules) {
        Simulation simulation = new Simulation(seed, rules);
        Actors actors = new Actors(new Random(seed), simulation.model);
        List<Action> actions = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            Action action = actors.next();
            actions.add(action);
            Optional<String> difference = simulation.act(action);
            if (difference.isPresent()) {
                return new Trace(actions, Optional.of(new Difference(step, difference.get())), simulation.wentLive());
            }
        }
        Optional<Difference> atTheEnd = simulation.audit().map(what -> new Difference(steps - 1, what));
        return new Trace(actions, atTheEnd, simulation.wentLive());
    }

    /** Repeats these actions. */
    static Optional<Difference> repeat(long seed, List<Action> actions) {
        Simulation simulation = new Simulation(seed, Rules::of);
        for (int step = 0; step < actions.size(); step++) {
            Optional<String> difference = simulation.act(actions.get(step));
            if (difference.isPresent()) {
                return Optional.of(new Difference(step, difference.get()));
            }
        }
        return simulation.audit().map(what -> new Difference(actions.size() - 1, what));
    }

    private Optional<String> act(Action action) {
        ModelOffer expected = model.get(action.offer());
        EngineUnderTest actual = service.get(action.offer());
        try {
            Reply reply = switch (action) {
                case Action.Send sent -> {
                    actual.take(sent.envelope(), sent.at(), sent.crashAfter());
                    yield expected.take(sent.envelope(), sent.at());
                }
                case Action.PassTime pass -> {
                    actual.advance(pass.until());
                    yield expected.advance(pass.until());
                }
            };
            return ModelComparison.first(actual, expected.view(), reply);
        } catch (RuntimeException e) {
            return Optional.of(EXCEPTION + e + " at " + Arrays.stream(e.getStackTrace()).limit(6).toList());
        }
    }

    private Optional<String> audit() {
        service.forEach(EngineUnderTest::audit);
        return service.stream().flatMap(engine -> engine.broken().stream()).findFirst();
    }

    private long wentLive() {
        return model.stream().filter(offer -> offer.view().everLive()).count();
    }
}
