package io.offerflow.query;

import io.offerflow.contract.file.TextFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** Authorizes requests by bearer tokens, each with a role; without tokens, every request is allowed. */
public final class TokenAuthorizer {

    /** This role may also read entitlements and private audiences. */
    static final String COMMERCE = "commerce";
    private static final Set<String> ROLES = Set.of("status-reader", COMMERCE);
    /** Path segments after an offer that are about customers. */
    private static final Set<String> CUSTOMER_DATA = Set.of("entitlements", "audience", "audiences", "customers");
    private static final int MIN_TOKEN_BYTES = 16;
    private static final String SCHEME = "Bearer ";

    /** Allows every request. */
    public static final TokenAuthorizer OPEN = new TokenAuthorizer(Map.of());

    private final Map<String, byte[]> tokens;

    private TokenAuthorizer(Map<String, byte[]> tokens) {
        this.tokens = tokens;
    }

    /**
     * Reads a file of {@code role=token} lines.
     *
     * @throws IllegalArgumentException if the file cannot be read or has other content; the message is for operators
     */
    public static TokenAuthorizer of(Path file) {
        Properties lines;
        try {
            lines = TextFiles.properties(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the tokens in %s: %s".formatted(file, TextFiles.reason(e)),
                    e);
        }
        Set<String> unknown = new TreeSet<>(lines.stringPropertyNames());
        unknown.removeAll(ROLES);
        if (lines.isEmpty() || !unknown.isEmpty()) {
            String found = unknown.isEmpty() ? "no token"
                    : "the unknown role \"%s\"".formatted(ApiRequest.shortened(unknown.iterator().next()));
            throw new IllegalArgumentException("%s has %s; expected lines of role=token, with the roles %s".formatted(
                    file, found, String.join(" and ", new TreeSet<>(ROLES))));
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
     * Checks a request.
     *
     * @throws QueryError if the token is missing, unknown, or of a role that may not read this
     */
    void check(ApiRequest request, Optional<String> authorization) {
        List<String> path = request.segments();
        if (tokens.isEmpty() || path.getFirst().equals("health")) {
            return;
        }
        String role = authorization.flatMap(this::role).orElseThrow(QueryError::unauthorized);
        if (path.size() > 3 && CUSTOMER_DATA.contains(path.get(3)) && !role.equals(COMMERCE)) {
            throw QueryError.forbidden("Customers and audiences are for the role %s, but this token is that of %s."
                    .formatted(COMMERCE, role));
        }
    }

    /** Compares every token in constant time, so that the time of a request tells nothing about a token. */
    private Optional<String> role(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        byte[] given = bytes(authorization.substring(SCHEME.length()).strip());
        return tokens.entrySet().stream().filter(known -> MessageDigest.isEqual(known.getValue(), given))
                .map(Map.Entry::getKey).reduce((first, second) -> first);
    }

    private static byte[] bytes(String token) {
        return token.getBytes(StandardCharsets.UTF_8);
    }
}
