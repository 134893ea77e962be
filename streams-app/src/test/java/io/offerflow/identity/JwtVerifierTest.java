package io.offerflow.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.offerflow.contract.Topic.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which tokens are accepted, and what becomes of them while keys change or the provider is away. */
class JwtVerifierTest {

    private final KeyServer provider = new KeyServer();
    private final JwtVerifier verifier = new JwtVerifier(provider.settings(Duration.ofSeconds(60)));

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void claimsAreNameRolesAndPublishers() {
        Caller list = verifier.verify(provider.token(KeyServer.claims().claim("publishers", List.of("contoso"))
                .claim("realm", Map.of("roles", List.of("publisher", "status-reader", "service", "gardener")))));
        assertThat(list.name()).isEqualTo("ada");
        assertThat(list.roles()).containsExactlyInAnyOrder(Role.PUBLISHER, Role.STATUS_READER);
        assertThat(list.publishers()).contains(Set.of("contoso"));

        Caller words = verifier.verify(provider.token(KeyServer.claims().claim("realm", Map.of("roles",
                "support  commerce")).claim("publishers", "*")));
        assertThat(words.roles()).containsExactlyInAnyOrder(Role.SUPPORT, Role.COMMERCE);
        assertThat(words.publishers()).isEmpty();
        assertThat(words.actsFor("anyone")).isTrue();

        Caller none = verifier.verify(provider.token(KeyServer.claims()));
        assertThat(none.roles()).isEmpty();
        assertThat(none.readable()).contains(Set.of());
    }

    @Test
    void tokensOfOthersAndOfOtherTimesAreRefused() throws JOSEException {
        assertRefused(provider.token(KeyServer.claims().issuer("https://login.example/other")));
        assertRefused(provider.token(KeyServer.claims().audience("billing")));
        assertRefused(provider.token(KeyServer.claims().audience((String) null)));
        assertRefused(provider.token(KeyServer.claims().expirationTime(in(-61))));
        assertRefused(provider.token(KeyServer.claims().expirationTime(null)));
        assertRefused(provider.token(KeyServer.claims().notBeforeTime(in(90))));
        assertRefused(provider.token(KeyServer.claims().subject(" ")));
        assertRefused(provider.token(KeyServer.claims().subject("x".repeat(201))));
        assertThat(verifier.verify(provider.token(KeyServer.claims().expirationTime(in(-50)).notBeforeTime(in(50))))
                .name()).isEqualTo("ada");
    }

    @Test
    void forgedTokensAreRefused() throws JOSEException {
        RSAKey forged = new RSAKeyGenerator(2048).keyID(provider.key().getKeyID()).generate();
        assertRefused(KeyServer.sign(KeyServer.claims(), forged));
        assertRefused(new PlainJWT(KeyServer.claims().build()).serialize());
        SignedJWT mac = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(provider.key().getKeyID())
                .build(), KeyServer.claims().build());
        mac.sign(new MACSigner(provider.key().toRSAPublicKey().getEncoded()));
        assertRefused(mac.serialize());
        String valid = provider.token(KeyServer.claims());
        assertRefused(valid.substring(0, valid.length() - 8) + "AAAAAAAA");
        assertRefused("x.y.z");
        assertRefused("");
    }

    @Test
    void aNewKeyIsKnownWithoutARestart() {
        String before = provider.token(KeyServer.claims());
        assertThat(verifier.verify(before).name()).isEqualTo("ada");
        provider.addKey();

        assertThat(verifier.verify(provider.token(KeyServer.claims().subject("bo"))).name()).isEqualTo("bo");
        assertThat(verifier.verify(before).name()).isEqualTo("ada");
        assertThat(provider.requests()).isEqualTo(2);
    }

    @Test
    void withoutTheProviderKnownKeysGoOnAndUnknownOnesWait() throws InterruptedException {
        String known = provider.token(KeyServer.claims());
        assertThat(verifier.verify(known).name()).isEqualTo("ada");
        provider.goAway();
        provider.addKey();
        String unknown = provider.token(KeyServer.claims().subject("bo"));

        assertThat(verifier.verify(known).name()).isEqualTo("ada");
        IdentityException waits = catchThrowableOfType(IdentityException.class, () -> verifier.verify(unknown));
        assertThat(waits.isUnavailable()).isTrue();
        assertThat(verifier.verify(known).name()).isEqualTo("ada");
        provider.comeBack();
        Thread.sleep(1_100); // the provider is asked at most once in this time
        assertThat(verifier.verify(unknown).name()).isEqualTo("bo");
    }

    @Test
    void inventedKeysDoNotFloodTheProvider() {
        verifier.verify(provider.token(KeyServer.claims()));
        for (int i = 0; i < 20; i++) {
            RSAKey invented = new RSAKey.Builder(provider.key()).keyID("invented-" + i).build();
            assertThatThrownBy(() -> verifier.verify(KeyServer.sign(KeyServer.claims(), invented)))
                    .isInstanceOf(IdentityException.class);
        }
        assertThat(provider.requests()).isLessThan(12);
    }

    private void assertRefused(String token) {
        IdentityException refused = catchThrowableOfType(IdentityException.class, () -> verifier.verify(token));
        assertThat(refused).as(token).isNotNull();
        assertThat(refused.isUnavailable()).as(refused.getMessage()).isFalse();
        assertThat(refused.getMessage()).startsWith("Expected").doesNotContain(token.isEmpty() ? "\0" : token);
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }
}
