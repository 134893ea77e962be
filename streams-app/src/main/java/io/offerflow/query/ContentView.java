package io.offerflow.query;

import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.RunPhase;
import io.offerflow.domain.state.row.PlanOverviewRow;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The contents that an offer can have at the same time; each belongs to a draft version. */
enum ContentView {
    DRAFT, PREVIEW, LIVE;

    /**
     * A content of an offer.
     *
     * @param draftVersion the draft version of the content
     */
    record ViewSnapshot(ContentView view, long draftVersion, Optional<Long> submission, Optional<Long> liveVersion,
            PlanOverviewRow plans) {
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(ContentView::label).toList();
    }

    static ContentView labelled(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** This content of an offer, if it has one now. */
    Optional<ViewSnapshot> of(OfferState offer) {
        return switch (this) {
            case DRAFT -> Optional.of(new ViewSnapshot(this, offer.header().revision(), Optional.empty(),
                    Optional.empty(), offer.plans()));
            // the preview exists from its creation until the run ends
            case PREVIEW -> offer.header().activeRun().filter(run -> run.phase() != RunPhase.BEFORE_SIGN_OFF)
                    .map(run -> new ViewSnapshot(this, run.revision(), Optional.of(run.submission()), Optional.empty(),
                            offer.plansAt(run.revision())));
            case LIVE -> offer.header().live().map(live -> new ViewSnapshot(this, live.revision(),
                    Optional.of(live.submission()), Optional.of(offer.header().liveVersion()), offer.livePlans()));
        };
    }
}
