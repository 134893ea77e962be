package io.offerflow.query;

import io.offerflow.contract.Topic.Role;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.HttpError;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who may read what: all offers with the role status-reader or commerce, its own with the role publisher. */
public final class ReadAccess {

    /** Path segments after an offer that are about customers. */
    private static final Set<String> CUSTOMER_DATA = Set.of("entitlements", "audience", "audiences", "customers");
    private static final Set<String> ABOUT_OFFERS = Set.of("offers", "history", "events");

    private ReadAccess() {
    }

    /**
     * Checks a request.
     *
     * @throws HttpError if its caller may not read this; offers of other publishers are not found
     */
    public static void check(ApiRequest request) {
        List<String> path = request.segments();
        Optional<Set<String>> readable = request.caller().readable();
        if (ABOUT_OFFERS.contains(path.getFirst()) && readable.filter(Set::isEmpty).isPresent()) {
            throw HttpError.forbidden("Offers are read with the role status-reader or commerce, or with the role "
                    + "publisher for a publisher; \"%s\" has none of them.".formatted(request.caller().name()));
        }
        if (path.size() > 2 && path.getFirst().equals("offers") && !request.caller().mayRead(path.get(1))) {
            throw HttpError.notFound("OFFER_NOT_FOUND", "There is no offer %s/%s.", ApiRequest.shortened(path.get(1)),
                    ApiRequest.shortened(path.get(2)));
        }
        if (path.size() > 3 && path.subList(3, path.size()).stream().anyMatch(CUSTOMER_DATA::contains)
                && !request.caller().roles().contains(Role.COMMERCE) && !isOwnAudience(request)) {
            throw HttpError.forbidden("Customers and audiences are for the role %s, but this token is that of %s."
                    .formatted("commerce", request.caller().name()));
        }
    }

    /** A publisher has written the audiences of its plans itself. */
    private static boolean isOwnAudience(ApiRequest request) {
        List<String> path = request.segments();
        return path.size() == 6 && path.get(3).equals("plans") && path.get(5).equals("audience")
                && request.caller().roles().contains(Role.PUBLISHER) && request.caller().actsFor(path.get(1));
    }

    /**
     * The publishers whose offers a request for a list is about; empty if it is about all.
     *
     * @return those of the parameter {@code publisher}, separated by commas, as far as the caller may read them
     */
    public static Optional<Set<String>> publishers(ApiRequest request) {
        Optional<Set<String>> wanted = request.text("publisher").map(text -> Arrays.stream(text.split(","))
                .collect(Collectors.toCollection(TreeSet::new)));
        Optional<Set<String>> readable = request.caller().readable();
        if (wanted.isEmpty() || readable.isEmpty()) {
            return wanted.or(() -> readable);
        }
        Set<String> both = new TreeSet<>(wanted.get());
        both.retainAll(readable.get());
        return Optional.of(both);
    }
}
