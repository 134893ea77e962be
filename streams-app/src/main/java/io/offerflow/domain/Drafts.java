package io.offerflow.domain;

import io.offerflow.domain.content.Content;
import io.offerflow.domain.content.SectionRules;
import io.offerflow.domain.content.Structure;
import io.offerflow.domain.content.Surroundings;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Row;
import io.offerflow.domain.state.SectionFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What editing a draft makes happen: S3, S4, S6, S7. */
final class Drafts {

    private final SectionRules rules;

    Drafts(Policy policy) {
        this.rules = new SectionRules(policy.limits());
    }

    /** The refusal of a save whose content is not well-formed. */
    Optional<Decision> illFormed(Command.SaveSection save) {
        Content content = save.content().orElseThrow();
        Optional<Fault> fault = content.section().name().equals(save.section()) ? Structure.fault(content)
                : Optional.of(new Fault(Rule.O2, "it is content of section " + content.section()));
        return fault.map(wrong -> Decision.reject(wrong.rule(), Reason.MALFORMED,
                "Expected well-formed content for section %s, but %s.", save.section(), wrong.met()));
    }

    /** Replaces a section (B25); the same content again changes nothing. */
    Decision save(OfferState offer, Content content) {
        SectionFacts saved = offer.facts().sections().get(content.section());
        if (saved != null && saved.draft().digest() == content.digest()
                && offer.draft(content.section()).filter(row -> row.content().equals(content)).isPresent()) {
            return Decision.accept(Rule.B42); // its row need not be read if the digest is another
        }
        boolean setup = content.section() == SectionId.OFFER_SETUP;
        Surroundings around = offer.surroundings(setup ? Optional.of(content)
                : offer.draft(SectionId.OFFER_SETUP).map(Row.Section::content));
        List<Event> events = new ArrayList<>();
        events.add(new Event.SectionSaved(content.section(), offer.facts().revision() + 1, content,
                rules.problems(offer.facts().type(), content, around)));
        if (setup) {
            assess(offer, SectionId.TEST_DRIVE, around).ifPresent(events::add);
        }
        return Decision.accept(Rule.O2, events);
    }

    /** What is to be said of Offer setup once a submission is live, which some of its rules look at (B56). */
    Optional<Event> assessSetupAgainst(OfferState live) {
        return assess(live, SectionId.OFFER_SETUP,
                live.surroundings(live.draft(SectionId.OFFER_SETUP).map(Row.Section::content)));
    }

    private Optional<Event> assess(OfferState offer, SectionId section, Surroundings around) {
        return offer.draft(section).flatMap(row -> {
            List<Problem> problems = rules.problems(offer.facts().type(), row.content(), around);
            return problems.equals(row.problems()) ? Optional.empty()
                    : Optional.of(new Event.SectionAssessed(section,
                            offer.facts().sections().get(section).draft().number(), problems));
        });
    }
}
