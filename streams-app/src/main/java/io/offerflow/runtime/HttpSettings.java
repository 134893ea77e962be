package io.offerflow.runtime;

import io.offerflow.identity.Authenticator;
import io.offerflow.identity.BearerAuthenticator;
import io.offerflow.identity.IdentitySettings;
import io.offerflow.identity.JwtVerifier;
import io.offerflow.identity.TokenFile;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Where the query API listens.
 *
 * @param host address of the interface
 * @param port 0 for any free port
 * @param tokens file of tokens that are accepted
 * @param identity the identity provider whose tokens are accepted; without both, the query API is open
 * @param advertised address at which other instances reach this one, if it differs from the address it binds to
 */
public record HttpSettings(String host, int port, Optional<Path> tokens, Optional<IdentitySettings> identity,
        Optional<HostInfo> advertised) {

    /** The settings; empty if the query API is off. */
    static Optional<HttpSettings> of(AbstractConfig config) {
        String port = config.getString(ServiceConfigDef.HTTP_PORT);
        if (port.equals(ServiceConfigDef.HTTP_OFF)) {
            return Optional.empty();
        }
        String host = config.getString(ServiceConfigDef.HTTP_HOST);
        Optional<HostInfo> advertised = Optional.ofNullable(config.getString(ServiceConfigDef.APPLICATION_SERVER))
                .map(HttpSettings::address);
        if (advertised.isEmpty() && (host.equals("0.0.0.0") || host.equals("::"))) {
            throw new ConfigException("http.host=%s binds to every interface, so other instances do not know the "
                    .formatted(host) + "address of this one: set application.server to its host:port");
        }
        return Optional.of(new HttpSettings(host, Integer.parseInt(port),
                Optional.ofNullable(config.getString(ServiceConfigDef.HTTP_TOKENS)).map(Path::of),
                identity(config), advertised));
    }

    private static Optional<IdentitySettings> identity(AbstractConfig config) {
        try {
            return IdentitySettings.of(config);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    /**
     * Finds the callers of requests; empty if the query API is open.
     *
     * @throws IllegalArgumentException if the tokens cannot be read
     */
    Optional<Authenticator> authenticator() {
        return tokens.isEmpty() && identity.isEmpty() ? Optional.empty()
                : Optional.of(new BearerAuthenticator(tokens.map(TokenFile::of), identity.map(JwtVerifier::new)));
    }

    /** How other instances call this one, which listens on this port. */
    HostInfo self(int boundPort) {
        return advertised.orElse(new HostInfo(host, boundPort));
    }

    private static HostInfo address(String text) {
        int colon = text.lastIndexOf(':');
        return new HostInfo(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
