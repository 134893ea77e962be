package io.offerflow.domain.rules;

import static io.offerflow.domain.model.Decision.reject;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Removal;
import io.offerflow.domain.model.RemovalState;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.state.OfferState;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides about requests to remove an offer from its customers: S31, domain.md 5.5. {@code OfferEvolver} applies their
 * events to the header row.
 */
final class RemovalRules {

    private static final String CATEGORY = "REMOVE_A_PUBLISHED_OFFER";

    /** Also while the offer is on sale (D31). Filing alone changes nothing for customers (R7). */
    Decision request(OfferState offer, Command.RequestRemoval request) {
        if (!request.problemType().equals(offer.header().type().name())) {
            return reject(Rule.R1, Reason.WRONG_PROBLEM_TYPE,
                    "Expected the offer's own kind, %s, as problem type, but it is \"%s\".", offer.header().type(),
                    request.problemType());
        }
        if (!request.category().equals(CATEGORY)) {
            return reject(Rule.R1, Reason.WRONG_CATEGORY, "Expected the category %s, but it is \"%s\".",
                    CATEGORY, request.category());
        }
        if (!offer.header().everLive()) {
            return reject(Rule.R1, Reason.NEVER_PUBLISHED,
                    "Expected an offer that was published, but %s never was, so it has no customers.", offer.key());
        }
        Optional<Removal> open = newest(offer).filter(removal -> removal.state().open());
        return open.map(RemovalRules::alreadyOpen).orElseGet(() ->
                moved(Rule.R1, newest(offer).map(Removal::number).orElse(0L) + 1, RemovalState.SUBMITTED));
    }

    private static Decision alreadyOpen(Removal open) {
        Rule rule = open.state() == RemovalState.WAITING_FOR_PUBLISHER ? Rule.B18 : Rule.R2;
        return reject(rule, Reason.REQUEST_ALREADY_OPEN,
                "Expected no open removal request, but request %d is %s.", open.number(), open.state());
    }

    /**
     * Moves a request that is in one of the states {@code from} to the state {@code to}.
     *
     * @param rule that allows it
     */
    Decision move(Rule rule, OfferState offer, long number, Set<RemovalState> from, RemovalState to) {
        Optional<Removal> newest = newest(offer);
        if (newest.isEmpty() || number < 1 || number > newest.get().number()) {
            return reject(Rule.B32, Reason.REQUEST_NOT_FOUND,
                    "Expected removal request %d of offer %s, but there is none with this number.",
                    number, offer.key());
        }
        RemovalState state = newest.get().state();
        if (number < newest.get().number() || !from.contains(state)) {
            return reject(Rule.B32, Reason.REQUEST_STATE, "Expected removal request %d to be %s, but it is %s.",
                    number, from.stream().sorted().map(RemovalState::name).collect(Collectors.joining(" or ")),
                    number < newest.get().number() ? "closed" : state);
        }
        // B17: whether it is on sale counts, not the status
        if (to == RemovalState.COMPLETED && offer.header().onSale()) {
            return reject(Rule.R5, Reason.STILL_ON_SALE,
                    "Expected offer %s not to be sold any more, but it is on sale. Have its publisher stop selling it "
                    + "first.", offer.key());
        }
        return moved(rule, number, to);
    }

    private static Decision moved(Rule rule, long number, RemovalState state) {
        return Decision.accept(rule, new Event.RemovalMoved(number, state));
    }

    private static Optional<Removal> newest(OfferState offer) {
        return offer.header().removal();
    }
}
