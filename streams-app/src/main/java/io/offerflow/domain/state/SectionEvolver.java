package io.offerflow.domain.state;

import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.OfferFeatures;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Value;
import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.domain.state.row.PlanRow;
import io.offerflow.domain.state.row.PlanSummary;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.SectionRow;
import java.util.List;
import java.util.Optional;

/**
 * Applies changes of the draft: sections, and the plans with their overview. It is the evolving half of
 * {@code DraftRules} and {@code PlanRules}.
 */
final class SectionEvolver {

    private SectionEvolver() {
    }

    /** O2: a section has new content. */
    static OfferState saved(OfferState state, Event.SectionSaved saved) {
        SectionRevisions.SectionRevision revision =
                new SectionRevisions.SectionRevision(saved.revision(), saved.content().digest());
        OfferHeader header = state.header().change(to -> {
            to.revision = saved.revision();
            to.sections().merge(saved.section(), new SectionRevisions(List.of(revision), saved.problems().size()),
                    (old, first) -> old.saved(revision, saved.problems().size()));
            if (saved.section() == SectionId.OFFER_SETUP) {
                to.features = features(saved.content());
            }
        });
        StateRows rows = state.rows().put(new RowKey.SectionKey(saved.section(), saved.revision()),
                new SectionRow(saved.content(), saved.problems()));
        return RevisionPruner.release(new OfferState(state.key(), header, rows), saved.section());
    }

    private static OfferFeatures features(Content setup) {
        return new OfferFeatures(setup.fields().flag("sellThroughMicrosoft"), setup.fields().flag("testDriveEnabled"),
                setup.fields().get("leadDestination").isPresent());
    }

    static OfferState assessed(OfferState state, Event.SectionAssessed assessed) {
        RowKey.SectionKey key = new RowKey.SectionKey(assessed.section(), assessed.revision());
        return state.rows().read(key, SectionRow.class).map(row -> new OfferState(state.key(),
                state.header().change(to -> to.sections().computeIfPresent(assessed.section(),
                        (section, old) -> new SectionRevisions(old.revisions(), assessed.problems().size()))),
                state.rows().put(key, new SectionRow(row.content(), assessed.problems())))).orElse(state);
    }

    /** P1, P2: a plan has new content. */
    static OfferState planSaved(OfferState state, Event.PlanSaved saved) {
        Value.Struct content = saved.change().applyTo(state.plan(saved.planId(), state.plans()));
        PlanSummary summary = new PlanSummary(saved.revision(), content.digest(), content.text("name"),
                content.text("pricingModel"), content.text("visibility").equals(Optional.of("PRIVATE")),
                saved.relist(), saved.problems());
        OfferState written = new OfferState(state.key(), state.header(), state.rows()
                .put(new RowKey.PlanKey(saved.planId(), saved.revision()), new PlanRow(content)));
        return overview(written, saved.revision(), state.plans().with(saved.planId(), summary, saved.overview()));
    }

    static OfferState planAssessed(OfferState state, Event.PlanAssessed assessed) {
        SectionRevisions saved = state.header().sections().get(SectionId.PLAN_OVERVIEW);
        PlanSummary old = state.plans().plans().get(assessed.planId());
        if (saved == null || old == null) {
            return state;
        }
        PlanOverviewRow overview = state.plans().with(assessed.planId(), old.with(assessed.problems()),
                state.plans().problems());
        return new OfferState(state.key(), state.header().change(to -> to.sections().put(SectionId.PLAN_OVERVIEW,
                new SectionRevisions(saved.revisions(), overview.allProblems().size()))),
                state.rows().put(new RowKey.SectionKey(SectionId.PLAN_OVERVIEW, saved.draft().number()), overview));
    }

    /** P5, P8: a plan leaves the draft. */
    static OfferState planDeleted(OfferState state, Event.PlanDeleted deleted) {
        return overview(state, deleted.revision(), state.plans().without(deleted.planId(), deleted.overview()));
    }

    /** The overview is the draft of the plans from a revision on. */
    private static OfferState overview(OfferState state, long revision, PlanOverviewRow overview) {
        SectionRevisions.SectionRevision saved = new SectionRevisions.SectionRevision(revision, overview.digest());
        int problems = overview.allProblems().size();
        OfferHeader header = state.header().change(to -> {
            to.revision = revision;
            to.sections().merge(SectionId.PLAN_OVERVIEW, new SectionRevisions(List.of(saved), problems),
                    (old, first) -> old.saved(saved, problems));
        });
        return RevisionPruner.release(new OfferState(state.key(), header, state.rows().put(
                new RowKey.SectionKey(SectionId.PLAN_OVERVIEW, revision), overview)), SectionId.PLAN_OVERVIEW);
    }
}
