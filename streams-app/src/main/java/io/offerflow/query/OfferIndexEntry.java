package io.offerflow.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.LiveVersion;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.OfferType;
import io.offerflow.avro.PublishRun;
import io.offerflow.avro.RunState;
import io.offerflow.avro.ScheduledChange;
import io.offerflow.avro.SectionState;
import io.offerflow.avro.SellingStop;
import io.offerflow.avro.Status;
import io.offerflow.avro.StepProgress;
import io.offerflow.avro.StepState;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a row of offer-status that lists show.
 *
 * @param scheduled what happens at a fixed time, the next one first
 * @param searchText text for searches, in lower case
 */
record OfferIndexEntry(OfferKey key, String alias, OfferType offerType, OfferSale sale, OfferVersions versions,
        Optional<NewestRun> run, int incompleteSections, List<ScheduledChange> scheduled, String searchText) {

    private static final Set<SectionState> DONE =
            Set.of(SectionState.COMPLETE, SectionState.PUBLISHED, SectionState.UNPUBLISHED_CHANGES);

    /** Whether customers can get the offer. */
    record OfferSale(Status status, boolean onSale, Optional<SellingStop> stop) {
    }

    /** The versions of an offer, and its newest entry. */
    record OfferVersions(long sequence, Instant changedAt, long draft, Optional<Long> live) {
    }

    /** The newest run, with its present or last step. */
    record NewestRun(long submission, RunState state, String step, StepState stepState, Optional<Instant> startedAt,
            Optional<Instant> expectedAt, int done, int total) {

        static NewestRun of(PublishRun run) {
            List<StepProgress> steps = run.getSteps();
            StepProgress at = steps.stream().filter(step -> step.getStartedAt() != null)
                    .reduce((earlier, later) -> later).orElse(steps.getFirst());
            Optional<Instant> started = Optional.ofNullable(at.getStartedAt());
            return new NewestRun(run.getSubmission(), run.getState(), at.getStep().name(), at.getState(), started,
                    expected(at), (int) steps.stream().filter(step -> step.getState() == StepState.SUCCEEDED).count(),
                    steps.size());
        }

        private static Optional<Instant> expected(StepProgress step) {
            return Optional.ofNullable(step.getStartedAt()).filter(started -> step.getEstimatedMinutes() > 0
                    && step.getState() == StepState.IN_PROGRESS)
                    .map(started -> started.plus(Duration.ofMinutes(step.getEstimatedMinutes())));
        }
    }

    static OfferIndexEntry of(OfferStatus row) {
        OfferKey key = new OfferKey(row.getPublisherId(), row.getOfferId());
        return new OfferIndexEntry(key, row.getAlias(), row.getOfferType(),
                new OfferSale(row.getStatus(), row.getOnSale(), Optional.ofNullable(row.getStop())),
                new OfferVersions(row.getSequence(), row.getChangedAt(), row.getDraftVersion(),
                        Optional.ofNullable(row.getLive()).map(LiveVersion::getVersion)),
                Optional.ofNullable(row.getRun()).map(NewestRun::of), (int) row.getSections().stream()
                        .filter(section -> section.getApplies() && !DONE.contains(section.getState())).count(),
                List.copyOf(row.getScheduled()),
                "%s %s".formatted(key, row.getAlias()).toLowerCase(Locale.ROOT));
    }

    /** Whether the present step takes longer than it usually does. */
    boolean overdue(Instant now) {
        return run.flatMap(NewestRun::expectedAt).filter(now::isAfter).isPresent();
    }

    boolean waitsForPublisher() {
        return run.filter(newest -> newest.stepState() == StepState.WAITING_FOR_PUBLISHER).isPresent();
    }

    /** Rank by need for attention; 0 is the most urgent. */
    int urgency(Instant now) {
        return sale.status() == Status.ATTENTION_NEEDED ? 0 : overdue(now) ? 1 : waitsForPublisher() ? 2 : 3;
    }

    /** When the next scheduled change happens; far in the future if there is none. */
    Instant nextChange() {
        return scheduled.isEmpty() ? Instant.MAX : scheduled.getFirst().getAt();
    }

    ObjectNode json(Instant now) {
        ObjectNode node = Json.object().put("publisherId", key.publisherId()).put("offerId", key.offerId())
                .put("alias", alias).put("offerType", offerType.name()).put("status", sale.status().name())
                .put("onSale", sale.onSale()).put("sequence", versions.sequence())
                .put("changedAt", Json.time(versions.changedAt())).put("draftVersion", versions.draft());
        node.set("liveVersion", Json.number(versions.live()));
        node.set("stop", Json.record(sale.stop()));
        node.set("submission", Json.number(run.map(NewestRun::submission)));
        node.set("runState", Json.text(run.map(newest -> newest.state().name())));
        node.set("step", Json.text(run.map(NewestRun::step)));
        node.set("stepState", Json.text(run.map(newest -> newest.stepState().name())));
        node.set("stepStartedAt", Json.time(run.flatMap(NewestRun::startedAt)));
        node.set("stepExpectedAt", Json.time(run.flatMap(NewestRun::expectedAt)));
        node.set("scheduled", Json.records(scheduled));
        return node.put("overdue", overdue(now)).put("stepsDone", run.map(NewestRun::done).orElse(0))
                .put("stepsTotal", run.map(NewestRun::total).orElse(0)).put("incompleteSections", incompleteSections);
    }
}
