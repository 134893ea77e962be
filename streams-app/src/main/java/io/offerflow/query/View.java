package io.offerflow.query;

import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Row;
import io.offerflow.domain.state.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The contents that an offer can have at one time: each is a draft version and what it resolves to. */
enum View {
    DRAFT, PREVIEW, LIVE;

    /**
     * A content to be looked up.
     *
     * @param number the draft version that it is the content of
     */
    record Snapshot(View view, long number, Optional<Long> submission, Optional<Long> liveVersion, Row.Overview plans) {
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(View::label).toList();
    }

    static View labelled(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** This content of an offer, if it has one now. */
    Optional<Snapshot> of(OfferState offer) {
        return switch (this) {
            case DRAFT -> Optional.of(new Snapshot(this, offer.facts().revision(), Optional.empty(), Optional.empty(),
                    offer.plans()));
            // there is something to look at as soon as the preview was made, until the run ends
            case PREVIEW -> offer.facts().activeRun().filter(run -> run.phase() != Run.Phase.BEFORE_SIGN_OFF)
                    .map(run -> new Snapshot(this, run.revision(), Optional.of(run.submission()), Optional.empty(),
                            offer.plansAt(run.revision())));
            case LIVE -> offer.facts().live().map(live -> new Snapshot(this, live.revision(),
                    Optional.of(live.submission()), Optional.of(offer.facts().liveVersion()), offer.livePlans()));
        };
    }
}
