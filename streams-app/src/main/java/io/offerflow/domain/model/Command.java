package io.offerflow.domain.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A command to an offer. The topic that it was read from decides who may send it. */
public sealed interface Command {

    /** Name of the command, for people. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** A command of a publisher, on offer-commands. */
    sealed interface ByPublisher extends Command {
    }

    /** A result of a validation, certification or publishing system, on step-results. */
    sealed interface ByPipeline extends Command {
        /** The submission that the result belongs to. */
        long submission();

        /** Name of the step that the result belongs to. */
        String step();

        /** Messages for the publisher. */
        List<StepMessage> messages();
    }

    /** A request of a customer, sent by commerce on customer-requests. */
    sealed interface ByCustomer extends Command {
        String customerId();

        String planId();
    }

    /** A decision of the support desk, on support-decisions. */
    sealed interface BySupport extends Command {
        /** Number of the removal request. */
        long request();
    }

    /** A command of a publisher about the private audience of a plan (domain.md 5.3). */
    sealed interface OfAudience extends ByPublisher {
    }

    record CreateOffer(String offerType, String alias) implements ByPublisher {
    }

    record SaveSection(String section, Optional<Content> content) implements ByPublisher {
    }

    record SubmitOffer(Optional<String> notes) implements ByPublisher {
    }

    record GoLive(Optional<Long> submission) implements ByPublisher {
    }

    record CancelPublish(boolean confirmed) implements ByPublisher {
    }

    record DeleteDraft(boolean confirmed) implements ByPublisher {
    }

    record StopSellingOffer(Optional<Instant> notBefore, boolean confirmed) implements ByPublisher {
    }

    record StopSellingPlan(String planId, Optional<Instant> notBefore, boolean confirmed) implements ByPublisher {
    }

    record ResumeSelling(Optional<String> planId) implements ByPublisher {
    }

    record RequestRemoval(String problemType, String category, Optional<String> explanation) implements ByPublisher {
    }

    record AnswerRemoval(long request, String answer) implements ByPublisher {
    }

    record WithdrawRemoval(long request) implements ByPublisher {
    }

    record CreatePlan(String planId, PlanChange plan) implements ByPublisher {
    }

    record UpdatePlan(String planId, PlanChange changes, Optional<Boolean> relist) implements ByPublisher {
    }

    record DeleteDraftPlan(String planId, boolean confirmed) implements ByPublisher {
    }

    record AddAudienceId(String planId, String id, String type, Optional<String> label) implements OfAudience {
    }

    record RemoveAudienceId(String planId, String id) implements OfAudience {
    }

    /**
     * A chunk of an import.
     *
     * @param index number of the chunk, from 0
     * @param chunks number of chunks of the import
     * @param total rows of the whole import
     * @param digest XOR of {@link AudienceType#digest} over all rows of the import
     */
    record ImportAudience(String planId, String importId, int index, int chunks, int total, Optional<Long> digest,
            List<AudienceRow> rows, boolean confirmed) implements OfAudience {
        /** Maximum rows of a chunk. */
        public static final int MAX_ROWS = 500;
    }

    /**
     * A row of an import.
     *
     * @param line number in the file; 0 if it is not known
     */
    record AudienceRow(String id, String type, Optional<String> label, int line) {
    }

    record SyncPrivateAudience(List<String> planIds) implements OfAudience {
    }

    record ReportStepSucceeded(long submission, String step, List<StepMessage> messages) implements ByPipeline {
    }

    record ReportStepFailed(long submission, String step, List<StepMessage> messages) implements ByPipeline {
    }

    record AcquirePlan(String customerId, String planId) implements ByCustomer {
    }

    record DownloadOffer(String customerId, String planId) implements ByCustomer {
    }

    record TakeRemovalRequest(long request) implements BySupport {
    }

    record AskPublisher(long request, String question) implements BySupport {
    }

    record CompleteRemoval(long request) implements BySupport {
    }

    record RejectRemoval(long request, String explanation) implements BySupport {
    }
}
