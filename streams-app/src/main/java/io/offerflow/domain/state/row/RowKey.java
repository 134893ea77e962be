package io.offerflow.domain.state.row;

import io.offerflow.domain.model.SectionId;
import java.util.Optional;

/** The key of a state row within its offer. */
public sealed interface RowKey {

    /** A section at one revision. */
    record SectionKey(SectionId section, long revision) implements RowKey {
    }

    /** The notes and reports of a submission. */
    record SubmissionNotesKey(long submission) implements RowKey {
    }

    /** A plan at one revision. */
    record PlanKey(String planId, long revision) implements RowKey {
    }

    /** The private audiences of an offer's plans. */
    record AudienceIndexKey() implements RowKey {
    }

    /** A member of one generation of a plan's private audience. */
    record AudienceMemberKey(String planId, long generation, String id) implements RowKey {
    }

    /** The sales of the plans of an offer. */
    record PlanSalesKey() implements RowKey {
    }

    /** A sale epoch that has ended, of a plan or of the offer. */
    record EndedEpochKey(Optional<String> planId, long epoch) implements RowKey {
    }

    /** What customers pay for a plan until new prices take effect. */
    record PriceKey(String planId) implements RowKey {
    }

    /** What one customer has of one plan. */
    record CustomerKey(String planId, String customerId) implements RowKey {
    }
}
