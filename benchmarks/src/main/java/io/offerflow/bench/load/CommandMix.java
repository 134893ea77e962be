package io.offerflow.bench.load;

import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.CreateOffer;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.DownloadOffer;
import io.offerflow.avro.GoLive;
import io.offerflow.avro.ReportStepFailed;
import io.offerflow.avro.ReportStepSucceeded;
import io.offerflow.avro.Result;
import io.offerflow.avro.StepMessage;
import io.offerflow.avro.SubmitOffer;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.PublishingRun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.generic.IndexedRecord;

/**
 * Chooses the next command of an offer by its state. An offer is created, its five sections and two plans are written,
 * it is submitted; the pipeline answers each step, and certification fails one time in thirty; the publisher signs off;
 * while it is on sale customers buy and download, and the publisher edits and publishes again.
 */
final class CommandMix {

    private final Random random;
    private final SampleContent content;
    private final double illegal;
    private final Map<OfferKey, DownloadOffer> customers = new HashMap<>();

    CommandMix(Random random, double illegal) {
        this.random = random;
        this.content = new SampleContent(random);
        this.illegal = illegal;
    }

    IndexedRecord next(OfferKey offer, OfferHeader facts) {
        Object payload = random.nextDouble() < illegal ? illegal(facts) : legal(offer, facts);
        return InputEnvelopes.of(offer, content.guid(), payload);
    }

    private Object legal(OfferKey offer, OfferHeader facts) {
        if (!facts.exists()) {
            return new CreateOffer("SAAS", content.prose(40));
        }
        return missing(facts).or(() -> facts.activeRun().map(run -> duringRun(facts, run)))
                .orElseGet(() -> facts.onSale() ? onSale(offer, facts) : new SubmitOffer(notes()));
    }

    private Object illegal(OfferHeader facts) {
        if (!facts.exists()) {
            return random.nextBoolean() ? new SubmitOffer(null) : new GoLive(null);
        }
        return switch (random.nextInt(3)) {
            case 0 -> new CreateOffer("SAAS", content.prose(40));
            case 1 -> content.updatePlan("gold");
            default -> facts.activeRun().isPresent() ? new SubmitOffer(null) : new GoLive(null);
        };
    }

    private Optional<Object> missing(OfferHeader facts) {
        for (String section : SampleContent.SECTIONS) {
            if (!facts.sections().containsKey(SectionId.valueOf(section))) {
                return Optional.of(content.save(section));
            }
        }
        // The facts do not list plans: the first plan makes the first revision of the overview.
        return facts.sections().get(SectionId.PLAN_OVERVIEW) != null ? Optional.empty()
                : Optional.of(content.createPlan("basic", "PUBLIC"));
    }

    private Object duringRun(OfferHeader facts, PublishingRun run) {
        if (run.step() == PublishStep.PUBLISHER_SIGN_OFF) {
            return random.nextInt(4) == 0 ? content.save("OFFER_LISTING") : new GoLive(null);
        }
        if (random.nextInt(5) == 0) {
            return edit();
        }
        boolean fails = run.step() == PublishStep.CERTIFICATION && random.nextInt(30) == 0;
        String step = run.step().name();
        return fails ? new ReportStepFailed(facts.submission(), step, List.of(
                new StepMessage("100.1.3", content.prose(200)), new StepMessage("100.4.1", content.prose(300))))
                : new ReportStepSucceeded(facts.submission(), step, random.nextInt(5) > 0 ? List.of()
                        : List.of(new StepMessage("100.2.1", content.prose(120))));
    }

    private Object onSale(OfferKey offer, OfferHeader facts) {
        int dice = random.nextInt(10);
        if (dice < 4) {
            DownloadOffer bought = customers.get(offer);
            return bought != null && random.nextInt(3) == 0 ? bought : new AcquirePlan(content.guid(), "basic");
        }
        boolean edited = facts.live().filter(live -> live.revision() < facts.revision()).isPresent();
        return edited && dice < 8 ? new SubmitOffer(notes()) : edit();
    }

    /** Takes note of an outcome: a customer who bought may download later. */
    void answered(OfferKey offer, IndexedRecord envelope, Result result) {
        if (result == Result.ACCEPTED && envelope instanceof CustomerRequest request
                && request.getPayload() instanceof AcquirePlan bought) {
            customers.put(offer, new DownloadOffer(bought.getCustomerId(), bought.getPlanId()));
        }
    }

    private Object edit() {
        return switch (random.nextInt(6)) {
            case 0 -> content.updatePlan("basic");
            case 1 -> content.save("PROPERTIES");
            case 2 -> content.save("PREVIEW");
            default -> content.save("OFFER_LISTING");
        };
    }

    private String notes() {
        return random.nextInt(3) == 0 ? content.prose(150) : null;
    }
}
