package io.offerflow.domain.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A change that happened to an offer. */
public sealed interface Event {

    /** The offer was created (O1). */
    record OfferCreated(OfferType type, String alias) implements Event {
    }

    /** A section has new content, with these problems (O2). */
    record SectionSaved(SectionId section, long revision, Content content, List<Problem> problems) implements Event {
    }

    /** The problems of an unchanged section are others now, because something that it depends on has changed. */
    record SectionAssessed(SectionId section, long revision, List<Problem> problems) implements Event {
    }

    /** A run began with the draft as it was at {@code revision} (O3–O6, O8). */
    record OfferSubmitted(long submission, long revision, List<PublishStep> steps, Optional<String> notes)
            implements Event {
    }

    /** A newer submission replaced the one that waited for sign-off (O8). */
    record SubmissionSuperseded(long submission) implements Event {
    }

    /** A step was done (O9). */
    record StepSucceeded(long submission, PublishStep step, List<StepMessage> messages) implements Event {
    }

    /** The preview is ready; the run waits for the publisher's sign-off (O10). */
    record PreviewReady(long submission) implements Event {
    }

    /** The publisher signed off (O17). */
    record OfferSignedOff(long submission) implements Event {
    }

    /** The submission is the live version from now on (O19). */
    record OfferWentLive(long submission, long version) implements Event {
    }

    /** A step failed and ended the run (O11, O12). */
    record PublishFailed(long submission, PublishStep step, List<StepMessage> messages) implements Event {
    }

    /** The publisher cancelled the run (O13). */
    record PublishCancelled(long submission) implements Event {
    }

    /** The offer was deleted from the portal (O21, O24). */
    record DraftDeleted() implements Event {
    }

    /** A plan was created or changed (P1, P2), with its problems and those of all plans together. */
    record PlanSaved(String planId, long revision, PlanChange change, RelistIntent relist, List<Problem> problems,
            List<Problem> overview) implements Event {
    }

    /** The problems of an unchanged plan are others now, because its audience or the live version has changed. */
    record PlanAssessed(String planId, List<Problem> problems) implements Event {
    }

    /** A plan was deleted (P5, P8), with the problems of the remaining plans together. */
    record PlanDeleted(String planId, long revision, List<Problem> overview) implements Event {
    }

    /** Selling will stop at {@code effectiveAt} (O25). */
    record SellingStopRequested(Instant effectiveAt) implements Event {
    }

    /** The submission that waited for sign-off was withdrawn by a stop (O31). */
    record SubmissionWithdrawn(long submission) implements Event {
    }

    /** Selling one plan will stop at {@code effectiveAt} (P9). */
    record PlanSellingStopRequested(String planId, Instant effectiveAt) implements Event {
    }

    /** The pending stop of one plan was withdrawn (B37). */
    record PlanSellingResumed(String planId) implements Event {
    }

    /** Selling one plan stopped; happens at its due time (P10). */
    record PlanSellingStopped(String planId) implements Event {
    }

    /** A customer has the plan from now on (E1, E8). */
    record PlanAcquired(String customerId, String planId) implements Event {
    }

    /** A removal request moved on (R1–R6); once completed, everything that customers had is revoked (D32). */
    record RemovalMoved(long request, RemovalState state) implements Event {
    }

    /** An id was added to the saved audience of a plan (A1). */
    record AudienceIdAdded(String planId, long generation, long revision, AudienceType type, String id,
            Optional<String> label) implements Event {
    }

    /** An id was removed from the saved audience of a plan (A3). */
    record AudienceIdRemoved(String planId, long generation, long revision, String id) implements Event {
    }

    /** A chunk of an import was staged (A2, B34); the first one begins a generation. */
    record AudienceChunkStaged(String planId, long generation, String importId, int index, int chunks, int total,
            List<Command.AudienceRow> rows) implements Event {
    }

    /** The import is complete: its generation is the saved audience (A2, D29). */
    record AudienceImported(String planId, long generation, long revision) implements Event {
    }

    /** The audiences that these plans have at {@code revision} count for customers from now on (A9). */
    record AudienceSynced(List<String> planIds, long revision) implements Event {
    }

    /** The audiences that these plans have at {@code revision} will count at {@code effectiveAt} (A4, B12). */
    record AudienceSyncRequested(List<String> planIds, long revision, Instant effectiveAt) implements Event {
    }

    /** None of the plans of a sync was on sale any more at its due time; their audiences are unchanged (A11). */
    record AudienceSyncFailed(List<String> planIds) implements Event {
    }

    /** The live version changes prices from a later day on; until then customers pay these terms (V16, D23). */
    record PriceChangeScheduled(String planId, Instant effectiveAt, List<Value> charged) implements Event {
    }

    /** A scheduled change of prices will not happen. */
    record PriceChangeDropped(String planId) implements Event {
    }

    /** The pending stop was withdrawn (O34). */
    record SellingResumed() implements Event {
    }

    /** Selling stopped; happens at its due time (O26). */
    record SellingStopped() implements Event {
    }
}
