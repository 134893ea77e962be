package io.offerflow.gateway;

import com.nimbusds.jose.JOSEObjectType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/** An identity provider of its own process in production, here a server of tests. */
final class IdentityProvider implements AutoCloseable {

    static final String AUDIENCE = "offerflow";

    private static final String ISSUER = "offerflow-users";

    private final MockOAuth2Server server = new MockOAuth2Server();

    IdentityProvider() {
        server.start();
    }

    /** The settings of a program that accepts its tokens. */
    Map<String, String> settings() {
        return Map.of("identity.issuer", server.issuerUrl(ISSUER).toString(),
                "identity.jwks.url", server.jwksUrl(ISSUER).toString());
    }

    /** A token with these roles, of a person who acts for these publishers. */
    String token(String name, List<String> publishers, String... roles) {
        return token(name, AUDIENCE, 600, Map.of("roles", Arrays.asList(roles), "publishers", publishers));
    }

    String token(String name, String audience, long seconds, Map<String, Object> claims) {
        return server.issueToken(ISSUER, "client", new DefaultOAuth2TokenCallback(ISSUER, name,
                JOSEObjectType.JWT.getType(), List.of(audience), new HashMap<>(claims), seconds)).serialize();
    }

    /** The settings of a gateway on whose page people sign in here. */
    Map<String, String> console() {
        return Map.of("console.client.id", "offerflow-page",
                "console.authorize.url", server.authorizationEndpointUrl(ISSUER).toString(),
                "console.token.url", server.tokenEndpointUrl(ISSUER).toString());
    }

    /** The person who signs in next. */
    void next(String name, List<String> publishers, String... roles) {
        next(600, name, publishers, roles);
    }

    /** The person who signs in next, with tokens that are valid for so many seconds. */
    void next(long seconds, String name, List<String> publishers, String... roles) {
        server.enqueueCallback(new DefaultOAuth2TokenCallback(ISSUER, name, JOSEObjectType.JWT.getType(),
                List.of(AUDIENCE), Map.of("roles", Arrays.asList(roles), "publishers", publishers), seconds));
    }

    /** A token that another issuer of the same provider has signed. */
    String foreignToken() {
        return server.issueToken("others", "client", new DefaultOAuth2TokenCallback("others", "eve",
                JOSEObjectType.JWT.getType(), List.of(AUDIENCE), Map.of("roles", List.of("publisher")), 600))
                .serialize();
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
