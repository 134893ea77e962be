package io.offerflow.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The key set of an identity provider, which changes its keys and goes away when a test wants it to. */
final class KeyServer implements AutoCloseable {

    static final String ISSUER = "https://login.example/offerflow";
    static final String AUDIENCE = "offerflow";

    private final List<RSAKey> keys = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final int port;
    private HttpServer server;

    KeyServer() {
        addKey();
        server = start(0);
        port = server.getAddress().getPort();
    }

    private HttpServer start(int wanted) {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
            started.createContext("/keys", exchange -> {
                requests.incrementAndGet();
                byte[] body = new JWKSet(List.copyOf(keys)).toString().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    IdentitySettings settings(Duration skew) {
        return new IdentitySettings(URI.create("http://127.0.0.1:%d/keys".formatted(port)), ISSUER, AUDIENCE, skew,
                "sub", "realm.roles", "publishers");
    }

    /** From now on tokens are signed with another key; the keys before it stay in the set. */
    void addKey() {
        try {
            keys.add(new RSAKeyGenerator(2048).keyID("key-" + keys.size()).generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key that tokens are signed with now. */
    RSAKey key() {
        return keys.getLast();
    }

    int requests() {
        return requests.get();
    }

    void goAway() {
        server.stop(0);
    }

    void comeBack() {
        server = start(port);
    }

    /** The claims of a valid token. */
    static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder().issuer(ISSUER).audience(AUDIENCE).subject("ada")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    String token(JWTClaimsSet.Builder claims) {
        return sign(claims, key());
    }

    static String sign(JWTClaimsSet.Builder claims, RSAKey key) {
        try {
            SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID())
                    .type(JOSEObjectType.JWT).build(), claims.build());
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
