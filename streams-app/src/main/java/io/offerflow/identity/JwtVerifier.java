package io.offerflow.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.offerflow.contract.Topic.Role;
import io.offerflow.contract.TopicAcls;
import java.net.MalformedURLException;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Verifies JSON Web Tokens with the public keys of an identity provider.
 *
 * <p>Keys are kept for five minutes, and longer while the provider does not answer. A key that is not known is asked
 * for at once, so that the provider may change its keys at any time.
 */
public final class JwtVerifier {

    /** Signatures with a public key only. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384,
            JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256,
            JWSAlgorithm.ES384, JWSAlgorithm.ES512);
    private static final int HTTP_TIMEOUT_MILLIS = 2_000;
    private static final int LARGEST_KEY_SET = 256 * 1024;
    private static final Duration KEYS_KEPT = Duration.ofMinutes(5);
    /** Longer than two requests take, so that a caller that waits for the same keys gets them. */
    private static final Duration REFRESH = Duration.ofSeconds(5);
    /** Tokens with invented keys make no more requests than this. */
    private static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(1);
    private static final int LONGEST_NAME = 200;
    private static final String ALL = "*";

    private final IdentitySettings settings;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    /** Whether the last request for the keys has failed. */
    private volatile boolean providerAway;

    /** No request is made before the first token. */
    public JwtVerifier(IdentitySettings settings) {
        this.settings = settings;
        try {
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS,
                    JWKSourceBuilder.create(new ProviderKeys(settings.keys().toURL()))
                            .cache(KEYS_KEPT.toMillis(), REFRESH.toMillis()).refreshAheadCache(false)
                            .rateLimited(BETWEEN_REFRESHES.toMillis()).outageTolerantForever().build()));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not an address of a key set: " + settings.keys(), e);
        }
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT,
                new JOSEObjectType("at+jwt"), null));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(), Set.of("exp"));
        claims.setMaxClockSkew(Math.toIntExact(settings.clockSkew().toSeconds()));
        processor.setJWTClaimsSetVerifier(claims);
    }

    /** The issuer of the tokens. */
    String issuer() {
        return settings.issuer();
    }

    /**
     * The caller that a token names.
     *
     * @throws IdentityException if the token is not valid, or its key is not known and the provider does not answer
     */
    Caller verify(String token) {
        try {
            return caller(processor.process(token, null));
        } catch (BadJWTException e) {
            throw IdentityException.unknown("Expected a valid token of %s, but: %s.".formatted(settings.issuer(),
                    e.getMessage()));
        } catch (BadJOSEException | ParseException e) {
            if (providerAway && !(e instanceof BadJWSException) && e instanceof BadJOSEException) {
                throw unavailable(e);
            }
            throw IdentityException.unknown("Expected a token that %s has signed, but it is not.".formatted(
                    settings.issuer()));
        } catch (JOSEException e) {
            throw unavailable(e);
        }
    }

    private IdentityException unavailable(Exception cause) {
        return IdentityException.unavailable("The key of the token is not known here, and the identity provider %s "
                .formatted(settings.issuer()) + "does not answer.", cause);
    }

    private Caller caller(JWTClaimsSet claims) {
        String name = Optional.ofNullable(claims.getClaim(settings.nameClaim())).or(() ->
                Optional.ofNullable(claims.getSubject())).map(Object::toString)
                .filter(text -> !text.isBlank() && text.length() <= LONGEST_NAME)
                .orElseThrow(() -> IdentityException.unknown(("Expected the claim %s of the token to name the caller, "
                        + "with at most %d characters.").formatted(settings.nameClaim(), LONGEST_NAME)));
        Set<String> named = words(claims, settings.rolesClaim());
        Set<Role> roles = Caller.POSSIBLE_ROLES.stream()
                .filter(role -> named.contains(TopicAcls.userName(role)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
        Set<String> publishers = words(claims, settings.publishersClaim());
        return new Caller(name, roles, publishers.contains(ALL) ? Optional.empty() : Optional.of(publishers));
    }

    /** The words of a claim; a claim that is absent has none. */
    private static Set<String> words(JWTClaimsSet claims, String path) {
        Object value = claims.getClaims();
        for (String step : path.split("\\.")) {
            value = value instanceof Map<?, ?> object ? object.get(step) : null;
        }
        // names of claims that are URLs have dots, too
        return switch (Optional.ofNullable(claims.getClaim(path)).orElse(value)) {
            case Collection<?> list -> list.stream().map(String::valueOf)
                    .collect(Collectors.toCollection(TreeSet::new));
            case String text -> new TreeSet<>(Arrays.asList(text.strip().split("\\s+")));
            case null, default -> Set.of();
        };
    }

    /** The keys at the provider; takes note of whether it answers, since older keys are used while it does not. */
    private final class ProviderKeys extends JWKSetSourceWrapper<SecurityContext> {
        ProviderKeys(URL keys) {
            super(new URLBasedJWKSetSource<>(keys, new DefaultResourceRetriever(HTTP_TIMEOUT_MILLIS,
                    HTTP_TIMEOUT_MILLIS, LARGEST_KEY_SET)));
        }

        @Override
        public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long currentTime, SecurityContext context)
                throws KeySourceException {
            providerAway = true;
            JWKSet keys = getSource().getJWKSet(refresh, currentTime, context);
            providerAway = false;
            return keys;
        }
    }
}
