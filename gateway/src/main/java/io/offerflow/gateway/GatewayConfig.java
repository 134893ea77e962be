package io.offerflow.gateway;

import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.identity.IdentitySettings;
import io.offerflow.query.IndexPage;
import io.offerflow.runtime.CheckedSettings;
import io.offerflow.runtime.ConfigException;
import io.offerflow.runtime.SettingSources;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.types.Password;

/** The configuration of a gateway, read once at the start. */
public final class GatewayConfig extends AbstractConfig {

    /** Prefix of the variables of the environment. */
    private static final String VARIABLES = "OFFERFLOW_GATEWAY_";

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    /** Without them, a command could be lost or written twice, or an outcome shown that was never committed. */
    private static final Set<String> OWNED = Set.of(ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);

    private final Map<String, String> kafka;
    private final Optional<IdentitySettings> identity;
    private final Optional<IndexPage.SignIn> signIn;

    private GatewayConfig(CheckedSettings settings) {
        super(GatewayConfigDef.CONFIG, settings.own(), false);
        this.kafka = Map.copyOf(settings.kafka());
        try {
            this.identity = IdentitySettings.of(this);
            this.signIn = signIn(this);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage(), e);
        }
        if (identity.isEmpty() && !isLoopback() && !getBoolean(GatewayConfigDef.UNSAFE_ON_NETWORK)) {
            throw new ConfigException("without identity.issuer, every client could do everything, so the gateway "
                    + "listens on a loopback address only, but http.host is %s: set identity.issuer, or "
                    + "http.host=127.0.0.1"
                    .formatted(host()));
        }
    }

    /**
     * The configuration with the settings of these sources, the later of which wins.
     *
     * @param file of {@code name=value} lines in UTF-8, if there is one
     * @param environment variables that begin with {@code OFFERFLOW_GATEWAY_}
     * @param flags name=value, as given on the command line
     * @throws ConfigException if a setting is unknown, missing or invalid; names all of them
     */
    public static GatewayConfig read(Optional<Path> file, Map<String, String> environment, List<String> flags) {
        return of(SettingSources.read(VARIABLES, GatewayConfigDef.CONFIG.names(), file, environment, flags));
    }

    /** The configuration with these settings; all others have their defaults. */
    public static GatewayConfig of(Map<String, String> settings) {
        return of(new SettingSources(settings, Map.of()));
    }

    private static GatewayConfig of(SettingSources sources) {
        return new GatewayConfig(CheckedSettings.of(GatewayConfigDef.CONFIG, sources, key ->
                OWNED.contains(key) ? Optional.of("the gateway sets it itself") : Optional.empty()));
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ConfigException("http.host: there is no address of \"%s\"".formatted(host()), e);
        }
    }

    String bootstrapServers() {
        return getString(GatewayConfigDef.BOOTSTRAP_SERVERS);
    }

    RegistryOptions registry() {
        RegistryOptions options = RegistryOptions.at(getString(GatewayConfigDef.SCHEMA_REGISTRY_URL));
        return Optional.ofNullable(getPassword(GatewayConfigDef.SCHEMA_REGISTRY_USER_INFO)).map(Password::value)
                .map(options::withBasicAuth).orElse(options);
    }

    /** Address of the interface that the gateway listens on. */
    public String host() {
        return getString(GatewayConfigDef.HTTP_HOST);
    }

    int port() {
        return getInt(GatewayConfigDef.HTTP_PORT);
    }

    /** Port of health and metrics for operators, if there is one. */
    Optional<Integer> operationsPort() {
        return Optional.ofNullable(getInt(GatewayConfigDef.OPERATIONS_PORT));
    }

    String operationsHost() {
        return getString(GatewayConfigDef.OPERATIONS_HOST);
    }

    /** Where a notifier keeps mails, if the page shows them. */
    Optional<Path> mailFolder() {
        return Optional.ofNullable(getString(GatewayConfigDef.MAIL_FOLDER)).map(Path::of);
    }

    /** Where reports of what-ifs are, if the page shows them. */
    Optional<Path> reportFolder() {
        return Optional.ofNullable(getString(GatewayConfigDef.REPORT_FOLDER)).map(Path::of);
    }

    /** The names under which clients reach the gateway. */
    Set<String> hosts() {
        Set<String> names = words(GatewayConfigDef.HTTP_HOSTS).stream().map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        names.add(host().toLowerCase(Locale.ROOT));
        if (isLoopback()) {
            names.addAll(LOOPBACK_NAMES);
        }
        return names;
    }

    List<URI> queryUrls() {
        return words(GatewayConfigDef.QUERY_URL).stream().map(url -> URI.create(url.replaceFirst("/+$", ""))).toList();
    }

    Optional<String> queryToken() {
        return Optional.ofNullable(getPassword(GatewayConfigDef.QUERY_TOKEN)).map(Password::value);
    }

    private List<String> words(String setting) {
        return Arrays.stream(getString(setting).split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    Duration longestWait() {
        return Duration.ofSeconds(getInt(GatewayConfigDef.WAIT_MAX_SECONDS));
    }

    Duration deliveryTimeout() {
        return Duration.ofMillis(getInt(GatewayConfigDef.DELIVERY_TIMEOUT_MS));
    }

    int concurrentRequests() {
        return getInt(GatewayConfigDef.REQUESTS_CONCURRENT);
    }

    int requestsPerSecond() {
        return getInt(GatewayConfigDef.REQUESTS_PER_SECOND);
    }

    private static Optional<IndexPage.SignIn> signIn(AbstractConfig config) {
        List<Optional<String>> values = Stream.of(GatewayConfigDef.CONSOLE_CLIENT_ID,
                GatewayConfigDef.CONSOLE_AUTHORIZE_URL, GatewayConfigDef.CONSOLE_TOKEN_URL)
                .map(name -> Optional.ofNullable(config.getString(name))).toList();
        if (values.stream().map(Optional::isPresent).distinct().count() > 1) {
            throw new IllegalArgumentException("expected all of console.client.id, console.authorize.url and "
                    + "console.token.url, or none of them");
        }
        return values.getFirst().map(client -> new IndexPage.SignIn(URI.create(values.get(1).orElseThrow()),
                URI.create(values.get(2).orElseThrow()), client, config.getString(GatewayConfigDef.CONSOLE_SCOPE)));
    }

    /** How people sign in on the page, if they can. */
    Optional<IndexPage.SignIn> signIn() {
        return signIn;
    }

    Optional<IdentitySettings> identity() {
        return identity;
    }

    /** Name of the caller of every request, if there is no identity provider. */
    public String localUser() {
        return getString(GatewayConfigDef.LOCAL_USER);
    }

    /** Whether every request is one of the local user. */
    public boolean isLocal() {
        return identity.isEmpty();
    }

    Map<String, String> kafka() {
        return kafka;
    }

    /** One line for the log at the start, without secrets, and only with the names of Kafka properties. */
    public String summary() {
        String own = GatewayConfigDef.CONFIG.names().stream().filter(name -> values().get(name) != null).sorted()
                .map(name -> name + "=" + values().get(name)).collect(Collectors.joining(" "));
        return kafka.isEmpty() ? own : own + " kafka.*=" + new TreeSet<>(kafka.keySet());
    }
}
