package io.offerflow.identity;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * An identity provider, and how its tokens are read.
 *
 * @param keys address of its JSON Web Key Set
 * @param issuer the claim {@code iss} of its tokens
 * @param audience one of the values of the claim {@code aud}
 * @param clockSkew how far the clocks may differ
 * @param nameClaim the claim with the name of the caller
 * @param rolesClaim the claim with the roles, a list or words of a text; dots lead into objects
 * @param publishersClaim the claim with the publishers of the caller, in the same forms
 */
public record IdentitySettings(URI keys, String issuer, String audience, Duration clockSkew, String nameClaim,
        String rolesClaim, String publishersClaim) {

    private static final String GROUP = "Identity";
    private static final String ISSUER = "identity.issuer";
    private static final String AUDIENCE = "identity.audience";
    private static final String KEYS = "identity.jwks.url";
    private static final String SKEW = "identity.clock.skew.seconds";
    private static final String NAME_CLAIM = "identity.claim.name";
    private static final String ROLES_CLAIM = "identity.claim.roles";
    private static final String PUBLISHERS_CLAIM = "identity.claim.publishers";

    /** Adds the settings of an identity provider to those of a program. */
    public static void define(ConfigDef def) {
        define(def, ISSUER, Type.STRING, null, null, "issuer of the JSON Web Tokens that requests bear, as in their "
                + "claim iss; without it no such token is accepted");
        define(def, AUDIENCE, Type.STRING, "offerflow", new ConfigDef.NonEmptyString(),
                "audience of the tokens: one of the values of their claim aud");
        define(def, KEYS, Type.STRING, null, ConfigDef.LambdaValidator.with((name, value) -> checkUrl((String) value),
                () -> "http or https URL"), "address of the issuer's JSON Web Key Set; required with identity.issuer");
        define(def, SKEW, Type.INT, 60, ConfigDef.Range.between(0, 600),
                "seconds that the clock of the issuer may differ from that of this process");
        define(def, NAME_CLAIM, Type.STRING, "sub", new ConfigDef.NonEmptyString(),
                "claim with the name of the caller, which is recorded as the actor of its commands");
        define(def, ROLES_CLAIM, Type.STRING, "roles", new ConfigDef.NonEmptyString(),
                "claim with the roles publisher, validator, commerce, support and status-reader, a list or words of a "
                        + "text; dots lead into objects, as in realm_access.roles");
        define(def, PUBLISHERS_CLAIM, Type.STRING, "publishers", new ConfigDef.NonEmptyString(),
                "claim with the publisher ids that a publisher acts for, a list or words of a text; * is all");
    }

    private static void define(ConfigDef def, String name, Type type, Object defaultValue, Validator validator,
            String doc) {
        def.define(name, type, defaultValue, validator, Importance.MEDIUM, doc, GROUP, def.names().size(),
                ConfigDef.Width.MEDIUM, name);
    }

    private static void checkUrl(String text) {
        if (text == null) {
            return;
        }
        URI uri = URI.create(text.strip().replaceFirst("\\s.*", ""));
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new ConfigException(KEYS, text, "Expected an http or https URL");
        }
    }

    /**
     * The settings of a program; empty if it has no identity provider.
     *
     * @throws IllegalArgumentException if one of issuer and keys is missing
     */
    public static Optional<IdentitySettings> of(AbstractConfig config) {
        Optional<String> issuer = Optional.ofNullable(config.getString(ISSUER));
        Optional<String> keys = Optional.ofNullable(config.getString(KEYS));
        if (issuer.isPresent() != keys.isPresent()) {
            throw new IllegalArgumentException("expected %s and %s, or none of them, but only %s is set".formatted(
                    ISSUER, KEYS, issuer.isPresent() ? ISSUER : KEYS));
        }
        return issuer.map(name -> new IdentitySettings(URI.create(keys.orElseThrow()), name, config.getString(AUDIENCE),
                Duration.ofSeconds(config.getInt(SKEW)), config.getString(NAME_CLAIM), config.getString(ROLES_CLAIM),
                config.getString(PUBLISHERS_CLAIM)));
    }
}
