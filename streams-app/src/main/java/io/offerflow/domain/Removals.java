package io.offerflow.domain;

import static io.offerflow.domain.Decision.reject;

import io.offerflow.domain.Removal.State;
import io.offerflow.domain.state.OfferState;
import java.util.Optional;
import java.util.Set;

/** Requests to remove an offer from the customers who have it: S31, domain.md 5.5. */
final class Removals {

    private static final String CATEGORY = "REMOVE_A_PUBLISHED_OFFER";

    /** R1, R2, also while the offer is on sale (D31). Filing alone changes nothing for customers (R7). */
    Decision request(OfferState offer, Command.RequestRemoval request) {
        if (!request.problemType().equals(offer.facts().type().name())) {
            return reject(Reason.WRONG_PROBLEM_TYPE, "Expected the offer's own kind, %s, as problem type, but it is \"%s\".",
                    offer.facts().type(), request.problemType());
        }
        if (!request.category().equals(CATEGORY)) {
            return reject(Reason.WRONG_CATEGORY, "Expected the category %s, but it is \"%s\".", CATEGORY,
                    request.category());
        }
        if (!offer.facts().everLive()) {
            return reject(Reason.NEVER_PUBLISHED,
                    "Expected an offer that was published, but %s never was, so nobody has it.", offer.key());
        }
        if (newest(offer).filter(removal -> removal.state().open()).isPresent()) {
            return reject(Reason.REQUEST_ALREADY_OPEN, "Expected no open removal request, but request %d is %s.",
                    newest(offer).orElseThrow().number(), newest(offer).orElseThrow().state());
        }
        return moved(newest(offer).map(Removal::number).orElse(0L) + 1, State.SUBMITTED);
    }

    /** R3–R6: a request in one of these states moves to the next. */
    Decision move(OfferState offer, long number, Set<State> from, State to) {
        Optional<Removal> newest = newest(offer);
        if (newest.isEmpty() || number < 1 || number > newest.get().number()) {
            return reject(Reason.REQUEST_NOT_FOUND, "Expected removal request %d of offer %s, but there is none with "
                    + "this number.", number, offer.key()); // B32
        }
        State state = newest.get().state();
        if (number < newest.get().number() || !from.contains(state)) {
            return reject(Reason.REQUEST_STATE, "Expected removal request %d to be %s, but it is %s.", number,
                    from.stream().sorted().map(State::name).reduce((one, other) -> one + " or " + other).orElse(""),
                    number < newest.get().number() ? "closed" : state);
        }
        if (to == State.COMPLETED && offer.facts().onSale()) { // R5, B17: the fact counts, not the status
            return reject(Reason.STILL_ON_SALE, "Expected offer %s not to be sold any more, but it is on sale. "
                    + "Have its publisher stop selling it first.", offer.key());
        }
        return moved(number, to);
    }

    private static Decision moved(long number, State state) {
        return Decision.accept(new Event.RemovalMoved(number, state));
    }

    private static Optional<Removal> newest(OfferState offer) {
        return offer.facts().removal();
    }
}
