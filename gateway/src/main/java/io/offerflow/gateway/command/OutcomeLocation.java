package io.offerflow.gateway.command;

import io.offerflow.contract.Topic;
import io.offerflow.contract.answer.RecordCoordinates;
import io.offerflow.domain.model.OfferKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the outcome of a command is found, by any gateway and at any time: the outcome is not appended before the
 * command.
 *
 * @param input coordinates of the command
 * @param appendedAt when the broker appended it, in milliseconds since 1970
 */
record OutcomeLocation(RecordCoordinates input, long appendedAt) {

    private static final Pattern FORM = Pattern.compile("(%s)-(\\d{1,9})-(\\d{1,18})-(\\d{1,15})".formatted(
            Topic.inputs().stream().map(Topic::topicName).collect(Collectors.joining("|"))));

    static Optional<OutcomeLocation> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches() ? Optional.of(new OutcomeLocation(new RecordCoordinates(parts.group(1),
                Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3))), Long.parseLong(parts.group(4))))
                : Optional.empty();
    }

    Topic topic() {
        return Topic.named(input.topic()).orElseThrow();
    }

    /** The path of the status resource. */
    String path(OfferKey offer) {
        return "/offers/%s/%s/outcomes/%s".formatted(offer.publisherId(), offer.offerId(), this);
    }

    @Override
    public String toString() {
        return "%s-%d-%d-%d".formatted(input.topic(), input.partition(), input.offset(), appendedAt);
    }
}
