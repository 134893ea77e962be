package io.offerflow.identity;

import io.offerflow.contract.Topic.Role;
import io.offerflow.contract.TopicAcls;
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
import java.util.stream.Collectors;

/** Tokens of programs that read, one per role, in a file. */
public final class TokenFile {

    private static final Map<String, Role> ROLES = List.of(Role.STATUS_READER, Role.COMMERCE).stream()
            .collect(Collectors.toMap(TopicAcls::userName, role -> role));
    private static final int MIN_TOKEN_BYTES = 16;
    private static final int LONGEST_SHOWN = 60;

    private final Map<String, byte[]> tokens;

    private TokenFile(Map<String, byte[]> tokens) {
        this.tokens = tokens;
    }

    /**
     * Reads a file of {@code role=token} lines.
     *
     * @throws IllegalArgumentException if the file cannot be read or has other content; the message is for operators
     */
    public static TokenFile of(Path file) {
        Properties lines;
        try {
            lines = TextFiles.properties(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the tokens in %s: %s".formatted(file, TextFiles.reason(e)),
                    e);
        }
        Set<String> unknown = new TreeSet<>(lines.stringPropertyNames());
        unknown.removeAll(ROLES.keySet());
        if (lines.isEmpty() || !unknown.isEmpty()) {
            String found = unknown.isEmpty() ? "no token"
                    : "the unknown role \"%s\"".formatted(shortened(unknown.iterator().next()));
            throw new IllegalArgumentException("%s has %s; expected lines of role=token, with the roles %s".formatted(
                    file, found, String.join(" and ", new TreeSet<>(ROLES.keySet()))));
        }
        Map<String, byte[]> tokens = new HashMap<>();
        lines.stringPropertyNames().forEach(role -> tokens.put(role, bytes(lines.getProperty(role).strip())));
        tokens.forEach((role, token) -> {
            if (token.length < MIN_TOKEN_BYTES) {
                throw new IllegalArgumentException("the token of %s in %s is too short; expected %d characters or more"
                        .formatted(role, file, MIN_TOKEN_BYTES));
            }
        });
        return new TokenFile(tokens);
    }

    /** The caller with this token. Compares every token in constant time, so that the time says nothing about one. */
    Optional<Caller> caller(String token) {
        byte[] given = bytes(token);
        return tokens.entrySet().stream().filter(known -> MessageDigest.isEqual(known.getValue(), given))
                .map(Map.Entry::getKey).reduce((first, second) -> first)
                .map(role -> new Caller(role, Set.of(ROLES.get(role)), Optional.empty()));
    }

    private static byte[] bytes(String token) {
        return token.getBytes(StandardCharsets.UTF_8);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
