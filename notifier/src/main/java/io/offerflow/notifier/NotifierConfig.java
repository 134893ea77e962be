package io.offerflow.notifier;

import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.notifier.delivery.RetryPolicy;
import io.offerflow.notifier.mail.MailAddresses;
import io.offerflow.notifier.mail.MailFolder;
import io.offerflow.notifier.mail.MailSettings;
import io.offerflow.notifier.mail.MailTransport;
import io.offerflow.notifier.mail.SmtpSettings;
import io.offerflow.notifier.mail.SmtpTransport;
import io.offerflow.notifier.sending.TrustedCertificates;
import io.offerflow.notifier.webhook.AddressPolicy;
import io.offerflow.notifier.webhook.WebhookSecrets;
import io.offerflow.notifier.webhook.WebhookSettings;
import io.offerflow.runtime.CheckedSettings;
import io.offerflow.runtime.ConfigException;
import io.offerflow.runtime.SettingSources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.types.Password;

/** The configuration of the notifier, read once at the start. */
public final class NotifierConfig extends AbstractConfig {

    private static final Set<String> OWNED = Set.of("bootstrap.servers", "group.id", "group.instance.id",
            "isolation.level", "enable.auto.commit", "auto.offset.reset", "transactional.id", "enable.idempotence",
            "acks", "key.serializer", "value.serializer", "key.deserializer", "value.deserializer",
            "partition.assignment.strategy", "group.protocol");

    /** What the environment variables of the notifier begin with. */
    public static final String VARIABLES = "OFFERFLOW_NOTIFIER_";

    private final Map<String, String> kafka;

    private NotifierConfig(CheckedSettings settings) {
        super(NotifierConfigDef.CONFIG, settings.own(), false);
        this.kafka = Map.copyOf(settings.kafka());
    }

    /** The configuration with these settings; all others have their defaults. */
    public static NotifierConfig of(Map<String, String> settings) {
        return of(new SettingSources(settings, Map.of()));
    }

    /**
     * The configuration with the settings of these sources.
     *
     * @throws ConfigException if a setting is unknown, missing, invalid or owned by the notifier; names all of them
     */
    public static NotifierConfig of(SettingSources sources) {
        NotifierConfig config = new NotifierConfig(CheckedSettings.of(NotifierConfigDef.CONFIG, sources, key ->
                OWNED.contains(key) ? Optional.of("the notifier sets it") : Optional.empty()));
        if (config.text(NotifierConfigDef.MAIL_SMTP_HOST).isPresent()
                && config.text(NotifierConfigDef.MAIL_FOLDER).isPresent()) {
            throw new ConfigException("mail.smtp.host and mail.folder exclude each other: mails are sent or kept");
        }
        return config;
    }

    /** Reads the settings from a file, the environment ({@code OFFERFLOW_NOTIFIER_…}) and the command line. */
    public static NotifierConfig read(Optional<Path> file, Map<String, String> environment, List<String> flags) {
        return of(SettingSources.read(VARIABLES, NotifierConfigDef.CONFIG.names(), file, environment, flags));
    }

    public String bootstrapServers() {
        return getString(NotifierConfigDef.BOOTSTRAP_SERVERS);
    }

    RegistryOptions registry() {
        RegistryOptions options = RegistryOptions.at(getString(NotifierConfigDef.SCHEMA_REGISTRY_URL));
        return Optional.ofNullable(getPassword(NotifierConfigDef.SCHEMA_REGISTRY_USER_INFO)).map(Password::value)
                .map(options::withBasicAuth).orElse(options);
    }

    String groupId() {
        return getString(NotifierConfigDef.GROUP_ID);
    }

    Optional<String> groupInstanceId() {
        return text(NotifierConfigDef.GROUP_INSTANCE_ID);
    }

    /** Properties for the clients of Kafka. */
    Map<String, String> kafka() {
        return kafka;
    }

    /** Port of health and metrics; empty if they are off. */
    Optional<Integer> httpPort() {
        String port = getString(NotifierConfigDef.HTTP_PORT);
        if (port.equals(NotifierConfigDef.HTTP_OFF)) {
            return Optional.empty();
        }
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new ConfigException("http.port is \"%s\"; expected a port, 0 for any free one, or off"
                    .formatted(port));
        }
        return Optional.of(Integer.valueOf(port));
    }

    String httpHost() {
        return getString(NotifierConfigDef.HTTP_HOST);
    }

    RetryPolicy retries() {
        return new RetryPolicy(duration(NotifierConfigDef.RETRY_FIRST), duration(NotifierConfigDef.RETRY_LONGEST),
                duration(NotifierConfigDef.RETRY_FOR));
    }

    MailSettings mail() {
        return new MailSettings(MailAddresses.parse(getString(NotifierConfigDef.MAIL_FROM)),
                text(NotifierConfigDef.MAIL_OFFER_LINK));
    }

    /** The way to the recipients; empty if no mail is sent. */
    Optional<MailTransport> mailTransport() {
        return text(NotifierConfigDef.MAIL_FOLDER).<MailTransport>map(folder -> new MailFolder(Path.of(folder)))
                .or(() -> text(NotifierConfigDef.MAIL_SMTP_HOST).map(host -> new SmtpTransport(smtp(host))));
    }

    private SmtpSettings smtp(String host) {
        Optional<SmtpSettings.SmtpLogin> login = text(NotifierConfigDef.MAIL_SMTP_USER).map(user ->
                new SmtpSettings.SmtpLogin(user, Optional.ofNullable(getPassword(NotifierConfigDef.MAIL_SMTP_PASSWORD))
                        .map(Password::value).orElse("")));
        return new SmtpSettings(host, getInt(NotifierConfigDef.MAIL_SMTP_PORT), SmtpSettings.Security.valueOf(
                getString(NotifierConfigDef.MAIL_SMTP_SECURITY).toUpperCase(Locale.ROOT)),
                TrustedCertificates.context(text(NotifierConfigDef.MAIL_SMTP_CA).map(Path::of)), login,
                getInt(NotifierConfigDef.MAIL_SMTP_CONNECTIONS), duration(NotifierConfigDef.MAIL_SMTP_TIMEOUT));
    }

    int mailConnections() {
        return getInt(NotifierConfigDef.MAIL_SMTP_CONNECTIONS);
    }

    int mailRate() {
        return getInt(NotifierConfigDef.MAIL_RATE);
    }

    /** The address for publishers without recipients, with {@code {publisher}}. */
    Optional<String> mailFallback() {
        return text(NotifierConfigDef.MAIL_FALLBACK);
    }

    WebhookSettings webhooks(Map<String, String> environment) {
        return new WebhookSettings(new AddressPolicy(getString(NotifierConfigDef.WEBHOOKS_ALLOW)),
                new WebhookSecrets(environment, text(NotifierConfigDef.WEBHOOKS_SECRETS).map(Path::of)),
                TrustedCertificates.context(text(NotifierConfigDef.WEBHOOKS_CA).map(Path::of)),
                duration(NotifierConfigDef.WEBHOOKS_TIMEOUT), getInt(NotifierConfigDef.WEBHOOKS_MAX_BYTES));
    }

    int webhookRate() {
        return getInt(NotifierConfigDef.WEBHOOKS_RATE);
    }

    int webhooksInFlight() {
        return getInt(NotifierConfigDef.WEBHOOKS_IN_FLIGHT);
    }

    /** One line for the log at the start, without secrets; of Kafka's properties only the names. */
    public String summary() {
        Stream<String> own = NotifierConfigDef.CONFIG.configKeys().values().stream()
                .filter(key -> Optional.ofNullable(values().get(key.name)).filter(value -> !value.equals(""))
                        .isPresent())
                .map(key -> key.name + "=" + values().get(key.name));
        Stream<String> passed = kafka.isEmpty() ? Stream.of()
                : Stream.of("kafka.*=[%s]".formatted(String.join(", ", new TreeSet<>(kafka.keySet()))));
        return Stream.concat(own, passed).collect(Collectors.joining(" "));
    }

    private Duration duration(String name) {
        return Duration.parse(getString(name));
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(getString(name)).filter(text -> !text.isBlank());
    }
}
