package io.offerflow.domain.rules;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.ValidationContext;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.SectionRevisions;
import io.offerflow.domain.state.row.SectionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides about saves of sections: S3, S4, S6, S7. Its evolving half is {@code SectionEvolver}. */
final class DraftRules {

    private final SectionCompletenessRules rules;

    DraftRules(Policy policy) {
        this.rules = new SectionCompletenessRules(policy.limits());
    }

    /** The refusal of a save whose content is not well-formed. */
    Optional<Decision> illFormed(Command.SaveSection save) {
        Content content = save.content().orElseThrow();
        Optional<FormatError> fault = content.section().name().equals(save.section())
                ? ContentFormatRules.formatError(content)
                : Optional.of(new FormatError(Rule.O2, "it is content of section " + content.section()));
        return fault.map(wrong -> Decision.reject(wrong.rule(), Reason.MALFORMED,
                "Expected well-formed content for section %s, but %s.", save.section(), wrong.met()));
    }

    /** Replaces a section (B25). The same content again changes nothing; a first save without content does (B75). */
    Decision save(OfferState offer, Content content) {
        SectionRevisions saved = offer.header().sections().get(content.section());
        if (saved != null && saved.draft().digest() == content.digest()
                && offer.draft(content.section()).filter(row -> row.content().equals(content)).isPresent()) {
            return Decision.accept(Rule.B42); // the row is read only if the digests are equal
        }
        boolean setup = content.section() == SectionId.OFFER_SETUP;
        ValidationContext context = offer.validationContext(setup ? Optional.of(content)
                : offer.draft(SectionId.OFFER_SETUP).map(SectionRow::content));
        List<Event> events = new ArrayList<>();
        events.add(new Event.SectionSaved(content.section(), offer.header().revision() + 1, content,
                rules.problems(offer.header().type(), content, context)));
        if (setup) {
            assess(offer, SectionId.TEST_DRIVE, context).ifPresent(events::add);
        }
        return Decision.accept(Rule.O2, events);
    }

    /** Assesses Offer setup once a submission is live: some of its rules depend on the live version (B56). */
    Optional<Event> assessSetupAgainst(OfferState live) {
        return assess(live, SectionId.OFFER_SETUP,
                live.validationContext(live.draft(SectionId.OFFER_SETUP).map(SectionRow::content)));
    }

    private Optional<Event> assess(OfferState offer, SectionId section, ValidationContext context) {
        return offer.draft(section).flatMap(row -> {
            List<Problem> problems = rules.problems(offer.header().type(), row.content(), context);
            return problems.equals(row.problems()) ? Optional.empty()
                    : Optional.of(new Event.SectionAssessed(section,
                            offer.header().sections().get(section).draft().number(), problems));
        });
    }
}
