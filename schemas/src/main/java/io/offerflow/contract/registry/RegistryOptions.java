package io.offerflow.contract.registry;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Addresses, timeouts and credentials of a schema registry.
 *
 * @param urls addresses of the same registry, tried in turn; a path in front of the API is kept
 * @param connectTimeout maximum time to connect
 * @param patience maximum time for one request, all attempts together
 * @param credentials {@code user:password} for basic authentication; never printed
 */
public record RegistryOptions(List<URI> urls, Duration connectTimeout, Duration patience,
        Optional<String> credentials) {

    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

    public RegistryOptions {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("no address of a schema registry; expected at least one");
        }
        requirePositive("connect timeout", connectTimeout);
        requirePositive("patience", patience);
        if (credentials.isPresent() && credentials.get().indexOf(':') < 1) {
            throw new IllegalArgumentException("the credentials for the schema registry are not user:password");
        }
    }

    /**
     * Options with two seconds to connect, five seconds of patience, and the credentials in the addresses, if any.
     *
     * @param urls one or more addresses, separated by commas, such as {@code http://localhost:8081}
     */
    public static RegistryOptions at(String urls) {
        // a password with special characters may make any part of the text look like an address
        UnaryOperator<String> shown = text -> urls.contains("@") ? "(not shown, it may hold a password)" : text;
        List<String> texts = Arrays.stream(urls.split(",")).map(String::strip).filter(text -> !text.isEmpty()).toList();
        Optional<String> credentials = texts.stream().map(text -> parse(text, shown))
                .flatMap(uri -> Optional.ofNullable(uri.getUserInfo()).stream()).findFirst();
        List<URI> addresses = texts.stream()
                .map(text -> parse(text.replaceFirst("//[^/@]*@", "//"), shown)).toList();
        return new RegistryOptions(addresses, DEFAULT_CONNECT_TIMEOUT, DEFAULT_PATIENCE, credentials);
    }

    public RegistryOptions withConnectTimeout(Duration timeout) {
        return new RegistryOptions(urls, timeout, patience, credentials);
    }

    public RegistryOptions withPatience(Duration all) {
        return new RegistryOptions(urls, connectTimeout, all, credentials);
    }

    /** These options with basic authentication. */
    public RegistryOptions withBasicAuth(String userAndPassword) {
        return new RegistryOptions(urls, connectTimeout, patience, Optional.of(userAndPassword));
    }

    private static URI parse(String text, UnaryOperator<String> shown) {
        try {
            URI uri = URI.create(text.replaceFirst("/+$", ""));
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw notAnAddress(shown.apply(text));
        }
        throw notAnAddress(shown.apply(text));
    }

    private static IllegalArgumentException notAnAddress(String shown) {
        return new IllegalArgumentException("not an address of a schema registry: %s; expected something like "
                .formatted(shown) + "http://localhost:8081");
    }

    private static void requirePositive(String what, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("the %s for the schema registry must be positive, but is %s"
                    .formatted(what, value));
        }
    }

    @Override
    public String toString() {
        return "RegistryOptions[urls=%s, connectTimeout=%s, patience=%s, credentials=%s]"
                .formatted(urls, connectTimeout, patience, credentials.isPresent() ? "***" : "none");
    }
}
