package io.offerflow.domain.model;

import java.util.Optional;
import java.util.regex.Pattern;

/** Publisher id and offer id: the key of every record, written {@code publisherId/offerId}. */
public record OfferKey(String publisherId, String offerId) {

    private static final Pattern PUBLISHER = Pattern.compile("[a-z0-9][a-z0-9_-]{0,49}");

    /** Parses a key; empty if it does not begin with a publisher id and a slash. */
    public static Optional<OfferKey> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || slash == text.length() - 1 || !PUBLISHER.matcher(text.substring(0, slash)).matches()) {
            return Optional.empty();
        }
        return Optional.of(new OfferKey(text.substring(0, slash), text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return publisherId + "/" + offerId;
    }
}
