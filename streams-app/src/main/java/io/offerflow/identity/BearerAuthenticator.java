package io.offerflow.identity;

import java.util.Optional;

/** Accepts bearer tokens: those of a file, and those of an identity provider. */
public final class BearerAuthenticator implements Authenticator {

    private static final String SCHEME = "Bearer ";

    private final Optional<TokenFile> file;
    private final Optional<JwtVerifier> provider;

    /** At least one of them must be given. */
    public BearerAuthenticator(Optional<TokenFile> file, Optional<JwtVerifier> provider) {
        this.file = file;
        this.provider = provider;
    }

    @Override
    public Caller authenticate(Optional<String> authorization) {
        String token = authorization.filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip()).filter(text -> !text.isEmpty())
                .orElseThrow(() -> IdentityException.unknown("Expected a header \"Authorization: Bearer …\" with %s."
                        .formatted(expected())));
        return file.flatMap(tokens -> tokens.caller(token)).or(() -> provider.map(jwt -> jwt.verify(token)))
                .orElseThrow(() -> IdentityException.unknown("Expected %s, but it is another one."
                        .formatted(expected())));
    }

    private String expected() {
        return provider.map(jwt -> "a token of " + jwt.issuer())
                .orElse("a token that this service knows (http.tokens)");
    }
}
