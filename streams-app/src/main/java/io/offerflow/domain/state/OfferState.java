package io.offerflow.domain.state;

import io.offerflow.domain.model.AudienceState;
import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.PlanState;
import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.ValidationContext;
import io.offerflow.domain.model.Value;
import io.offerflow.domain.state.row.AudienceIndexRow;
import io.offerflow.domain.state.row.AudienceMemberRow;
import io.offerflow.domain.state.row.AudienceRevision;
import io.offerflow.domain.state.row.CustomerRow;
import io.offerflow.domain.state.row.EndedEpochRow;
import io.offerflow.domain.state.row.PendingSync;
import io.offerflow.domain.state.row.PlanAudience;
import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.domain.state.row.PlanRow;
import io.offerflow.domain.state.row.PlanSale;
import io.offerflow.domain.state.row.PlanSalesRow;
import io.offerflow.domain.state.row.PlanSummary;
import io.offerflow.domain.state.row.PriceRow;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.SectionRow;
import io.offerflow.domain.state.row.SubmissionNotesRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The state of one offer: its header and, read on demand, its rows. Only {@link OfferEvolver} makes a new state. */
public record OfferState(OfferKey key, OfferHeader header, StateRows rows) {

    /** The draft of a section, if it was saved. */
    public Optional<SectionRow> draft(SectionId section) {
        return Optional.ofNullable(header.sections().get(section))
                .flatMap(saved -> read(section, saved.draft().number()));
    }

    /** A section at a draft version, if that version is still kept. */
    public Optional<SectionRow> at(SectionId section, long number) {
        return Optional.ofNullable(header.sections().get(section))
                .flatMap(saved -> saved.at(number)).flatMap(revision -> read(section, revision.number()));
    }

    private Optional<SectionRow> read(SectionId section, long revision) {
        return rows.read(new RowKey.SectionKey(section, revision), SectionRow.class);
    }

    /** The plans of the draft. */
    public PlanOverviewRow plans() {
        return plansAt(Long.MAX_VALUE);
    }

    /** The plans at a draft version, if that version is still kept. */
    public PlanOverviewRow plansAt(long number) {
        return Optional.ofNullable(header.sections().get(SectionId.PLAN_OVERVIEW))
                .flatMap(saved -> saved.at(number))
                .flatMap(revision -> rows.read(new RowKey.SectionKey(SectionId.PLAN_OVERVIEW, revision.number()),
                        PlanOverviewRow.class)).orElse(PlanOverviewRow.NONE);
    }

    /** The plans of the live version: those of a listing-only offer never become live (B19). */
    public PlanOverviewRow livePlans() {
        return header.live().filter(live -> sellsPlans(live.revision())).isPresent() ? publishedPlans()
                : PlanOverviewRow.NONE;
    }

    /** The plans as they were published last, also those of a listing-only offer (B70). */
    public PlanOverviewRow publishedPlans() {
        return header.live().map(live -> plansAt(live.revision())).orElse(PlanOverviewRow.NONE);
    }

    /** The content of a plan of an overview. */
    public Value.Struct plan(String planId, PlanOverviewRow in) {
        return Optional.ofNullable(in.plans().get(planId))
                .flatMap(plan -> rows.read(new RowKey.PlanKey(planId, plan.revision()), PlanRow.class))
                .map(PlanRow::content).orElse(Value.EMPTY);
    }

    /** The sales of the plans that were ever live. */
    public PlanSalesRow sales() {
        return rows.read(new RowKey.PlanSalesKey(), PlanSalesRow.class).orElse(PlanSalesRow.NONE);
    }

    /** The state of a plan (domain.md 5.2, B62, P15). */
    public PlanState planState(String planId) {
        PlanSale sale = sales().plans().get(planId);
        if (sale == null) {
            return PlanState.DRAFT;
        }
        if (!sale.sold() || !header.onSale()) {
            return PlanState.NOT_SOLD;
        }
        return header.planStops().containsKey(planId) ? PlanState.STOP_SELL_PENDING : PlanState.LIVE;
    }

    /** What a customer has of a plan. */
    public CustomerRow customer(String planId, String customerId) {
        return rows.read(new RowKey.CustomerKey(planId, customerId), CustomerRow.class).orElse(CustomerRow.NEW);
    }

    /**
     * The status of a customer's entitlement now (domain.md 5.4), derived from its stamp and the later epochs and
     * revocations: a stop or a removal writes no row per customer. A stamp from after a relist has the epochs of that
     * time (E9).
     */
    public EntitlementStatus entitlementStatus(String planId, String customerId) {
        return customer(planId, customerId).entitlement().map(had -> {
            if (had.revocations() < header.revocations()) {
                return EntitlementStatus.REVOKED; // E13, D32
            }
            PlanSale sale = sales().plans().get(planId);
            Optional<Long> withOffer = had.offerEpoch() < header.epoch() || !header.onSale()
                    ? ended(Optional.empty(), had.offerEpoch()) : Optional.empty();
            Optional<Long> withPlan = had.planEpoch() < sale.epoch() || !sale.sold()
                    ? ended(Optional.of(planId), had.planEpoch()) : Optional.empty();
            return Stream.concat(withOffer.stream(), withPlan.stream()).min(Long::compare) // E10: the first one counts
                    .map(EntitlementStatus::frozenAt).orElse(EntitlementStatus.ACTIVE);
        }).orElse(EntitlementStatus.NONE);
    }

    /** The private audiences of the plans. */
    public AudienceIndexRow audiences() {
        return header.audience().any() ? rows.read(new RowKey.AudienceIndexKey(), AudienceIndexRow.class)
                .orElse(AudienceIndexRow.NONE) : AudienceIndexRow.NONE;
    }

    /** The private audience of a plan. */
    public PlanAudience audience(String planId) {
        return audiences().plans().getOrDefault(planId, PlanAudience.NONE);
    }

    /** The private audience of a plan as it was saved last; empty if it has no members. */
    public Optional<AudienceRevision> savedAudience(String planId) {
        return audience(planId).saved();
    }

    /**
     * The private audience that may buy a plan now; empty while it is not on sale (B63), or is on sale for everyone.
     */
    public Optional<AudienceRevision> liveAudience(String planId) {
        return isForSale(planId) && sales().plans().get(planId).isPrivate() ? publishedAudience(planId)
                : Optional.empty();
    }

    private Optional<AudienceRevision> publishedAudience(String planId) {
        return header.live().flatMap(live -> audience(planId).at(live.revision()));
    }

    /** Whether a plan is private in the version that was published last, whether it is on sale or not (B20). */
    public boolean isPublishedPrivate(String planId) {
        return Optional.ofNullable(livePlans().plans().get(planId)).filter(PlanSummary::isPrivate).isPresent();
    }

    /** Whether the saved audience of a published plan differs from the published one (B11); labels do not count. */
    public boolean audienceChanged(String planId) {
        PlanSummary draft = plans().plans().get(planId);
        PlanSummary published = publishedPlans().plans().get(planId);
        if (draft == null || published == null || !draft.isPrivate() && !published.isPrivate()) {
            return false;
        }
        return savedAudience(planId).isPresent() && !publishedAudience(planId)
                .filter(savedAudience(planId).get()::sameMembers).isPresent();
    }

    /**
     * The state of the private audience of a plan (domain.md 5.3); empty if it has no members. The audience of a plan
     * that was never on sale does not count for customers yet.
     */
    public Optional<AudienceState> audienceState(String planId) {
        if (pendingSync(planId).isPresent()) {
            return savedAudience(planId).map(saved -> AudienceState.SYNCING); // A10: also if it is edited meanwhile
        }
        return savedAudience(planId).map(saved -> sales().plans().containsKey(planId) && !audienceChanged(planId)
                ? AudienceState.IN_SYNC : audience(planId).failed() ? AudienceState.FAILED : AudienceState.CHANGED);
    }

    /** The pending sync of a plan's audience. */
    public Optional<PendingSync> pendingSync(String planId) {
        return audiences().syncs().stream().filter(sync -> sync.planIds().contains(planId)).findFirst();
    }

    /** The event of the next sync when it falls due (A9, A11): plans that are no longer on sale are left out (B12). */
    public Optional<Event> dueSync() {
        return audiences().syncs().stream().min(Comparator.comparing(PendingSync::effectiveAt)).map(sync -> {
            List<String> sold = sync.planIds().stream().filter(this::isForSale).toList();
            return sold.isEmpty() ? new Event.AudienceSyncFailed(sync.planIds())
                    : new Event.AudienceSynced(sold, sync.revision());
        });
    }

    /** Whether an id is in the saved audience of a plan. */
    public boolean isInSavedAudience(String planId, String id) {
        return isIn(planId, savedAudience(planId), id);
    }

    /** Whether the draft has a plan of this id. */
    public boolean hasPlan(String planId) {
        return plans().plans().containsKey(planId);
    }

    /** Whether a plan is on sale, for everyone or for an audience (E1–E3). */
    public boolean isForSale(String planId) {
        PlanSale sale = sales().plans().get(planId);
        return sale != null && sale.sold() && header.onSale();
    }

    /** Whether a customer may buy a plan now: it is on sale, and for them (E1–E3, A14). */
    public boolean isForSaleTo(String planId, String id) {
        return isForSale(planId)
                && (!sales().plans().get(planId).isPrivate() || isIn(planId, liveAudience(planId), id));
    }

    private boolean isIn(String planId, Optional<AudienceRevision> audience, String id) {
        return audience.flatMap(revision -> member(planId, revision.generation(), id)
                .filter(member -> member.isInAt(revision.number()))).isPresent();
    }

    /** Whether an id is, or was, in a generation of a plan's audience. */
    public boolean isMember(String planId, long generation, String id) {
        return member(planId, generation, id).isPresent();
    }

    private Optional<AudienceMemberRow> member(String planId, long generation, String id) {
        return rows.read(new RowKey.AudienceMemberKey(planId, generation, id), AudienceMemberRow.class);
    }

    /** What customers pay for a plan until new prices take effect; without meaning after that day. */
    public Optional<PriceRow> prices(String planId) {
        return rows.read(new RowKey.PriceKey(planId), PriceRow.class);
    }

    /** The version that was live when a sale epoch of a plan, or of the offer, ended. */
    public Optional<Long> ended(Optional<String> planId, long epoch) {
        return rows.read(new RowKey.EndedEpochKey(planId, epoch), EndedEpochRow.class).map(EndedEpochRow::version);
    }

    boolean sellsPlans(long number) {
        return at(SectionId.OFFER_SETUP, number).map(row -> row.content().fields()).orElse(Value.EMPTY)
                .flag("sellThroughMicrosoft");
    }

    /** The notes and reports of a submission. */
    public SubmissionNotesRow submissionNotes(long submission) {
        return rows.read(new RowKey.SubmissionNotesKey(submission), SubmissionNotesRow.class)
                .orElse(SubmissionNotesRow.NONE);
    }

    /** The state of a section of the draft (S6, S7, B49, B50), whether it applies or not (B51). */
    public SectionState sectionState(SectionId section) {
        SectionRevisions saved = header.sections().get(section);
        if (saved == null) {
            return SectionState.NOT_STARTED;
        }
        if (saved.problems() > 0 || section == SectionId.PLAN_OVERVIEW && header.nothingToSell()) {
            return SectionState.INCOMPLETE;
        }
        if (!header.everLive()) {
            return SectionState.COMPLETE;
        }
        return header.changed(section) ? SectionState.UNPUBLISHED_CHANGES : SectionState.PUBLISHED;
    }

    /** The problems that keep a section Incomplete. */
    public List<Problem> problems(SectionId section) {
        if (sectionState(section) != SectionState.INCOMPLETE) {
            return List.of();
        }
        return section == SectionId.PLAN_OVERVIEW ? planProblems()
                : draft(section).map(SectionRow::problems).orElse(List.of());
    }

    private List<Problem> planProblems() {
        List<Problem> problems = new ArrayList<>(plans().allProblems());
        if (header.nothingToSell()) { // B4
            problems.add(new Problem(SectionId.PLAN_OVERVIEW, "plans",
                    "at least one plan that would be on sale (NO_PLAN_WOULD_BE_ON_SALE)", "none"));
        }
        return problems;
    }

    /** The problems that refuse a submit: those of all sections that apply, saved or not (D21). */
    public List<Problem> draftProblems() {
        List<Problem> all = new ArrayList<>();
        for (SectionId section : SectionId.values()) {
            if (header.needs(section)) {
                if (sectionState(section) == SectionState.NOT_STARTED) {
                    all.add(new Problem(section, "", "has to be filled in and saved", "nothing"));
                }
                all.addAll(problems(section));
            }
        }
        return all;
    }

    /** What the rules of a section read of the rest of the offer, with this Offer setup in the draft. */
    public ValidationContext validationContext(Optional<Content> setup) {
        String testDriveType = setup.flatMap(content -> content.fields().text("testDriveType")).orElse("");
        return new ValidationContext(testDriveType,
                header.live().filter(live -> sellsPlans(live.revision())).isPresent());
    }
}
