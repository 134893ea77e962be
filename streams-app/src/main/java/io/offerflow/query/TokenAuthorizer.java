package io.offerflow.query;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** Who may ask what of the query API: bearer tokens, each with a role; without a file of them everybody may. */
public final class TokenAuthorizer {

    /** May also ask what customers have and who is in a private audience. */
    static final String COMMERCE = "commerce";
    private static final Set<String> ROLES = Set.of("status-reader", COMMERCE);
    /** What follows an offer's address and is about customers. */
    private static final Set<String> CUSTOMER_DATA = Set.of("entitlements", "audience", "audiences", "customers");
    private static final int MIN_TOKEN_BYTES = 16;
    private static final String SCHEME = "Bearer ";

    /** Open to everybody. */
    public static final TokenAuthorizer OPEN = new TokenAuthorizer(Map.of());

    private final Map<String, byte[]> tokens;

    private TokenAuthorizer(Map<String, byte[]> tokens) {
        this.tokens = tokens;
    }

    /**
     * The gate that a file of {@code role=token} lines describes.
     *
     * @throws IllegalArgumentException with a sentence, if the file cannot be read or does not say that
     */
    public static TokenAuthorizer of(Path file) {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the tokens in %s: %s".formatted(file, e), e);
        }
        Set<String> unknown = new TreeSet<>(lines.stringPropertyNames());
        unknown.removeAll(ROLES);
        if (lines.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException("%s has %s; expected lines of role=token, with the roles %s".formatted(
                    file, unknown.isEmpty() ? "no token"
                            : "no such role as \"%s\"".formatted(ApiRequest.shortened(unknown.iterator().next())), String.join(" and ", new TreeSet<>(ROLES))));
        }
        Map<String, byte[]> tokens = new HashMap<>();
        lines.stringPropertyNames().forEach(role -> tokens.put(role, bytes(lines.getProperty(role).strip())));
        tokens.forEach((role, token) -> {
            if (token.length < MIN_TOKEN_BYTES) {
                throw new IllegalArgumentException("the token of %s in %s is too short; expected %d characters or more"
                        .formatted(role, file, MIN_TOKEN_BYTES));
            }
        });
        return new TokenAuthorizer(tokens);
    }

    /**
     * Lets a request pass.
     *
     * @throws QueryError if it may not
     */
    void check(ApiRequest call, Optional<String> authorization) {
        List<String> path = call.segments();
        if (tokens.isEmpty() || path.getFirst().equals("health")) {
            return;
        }
        String role = authorization.flatMap(this::role).orElseThrow(QueryError::unauthorized);
        if (path.size() > 3 && CUSTOMER_DATA.contains(path.get(3)) && !role.equals(COMMERCE)) {
            throw QueryError.forbidden("Customers and audiences are for the role %s, but this token is that of %s."
                    .formatted(COMMERCE, role));
        }
    }

    /** Every token is compared, each in the same time, so that how long it takes says nothing. */
    private Optional<String> role(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        byte[] met = bytes(authorization.substring(SCHEME.length()).strip());
        return tokens.entrySet().stream().filter(known -> MessageDigest.isEqual(known.getValue(), met))
                .map(Map.Entry::getKey).reduce((first, second) -> first);
    }

    private static byte[] bytes(String token) {
        return token.getBytes(StandardCharsets.UTF_8);
    }
}
