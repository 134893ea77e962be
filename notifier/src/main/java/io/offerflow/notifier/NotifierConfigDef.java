package io.offerflow.notifier;

import io.offerflow.contract.Topic;
import io.offerflow.contract.TopicAcls;
import io.offerflow.notifier.mail.MailAddresses;
import io.offerflow.notifier.webhook.AddressPolicy;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Defines every setting of the notifier: type, default, valid values and documentation. */
final class NotifierConfigDef {

    static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    static final String SCHEMA_REGISTRY_USER_INFO = "schema.registry.basic.auth.user.info";
    static final String GROUP_ID = "group.id";
    static final String GROUP_INSTANCE_ID = "group.instance.id";
    static final String HTTP_PORT = "http.port";
    static final String HTTP_HOST = "http.host";
    static final String MAIL_SMTP_HOST = "mail.smtp.host";
    static final String MAIL_SMTP_PORT = "mail.smtp.port";
    static final String MAIL_SMTP_SECURITY = "mail.smtp.security";
    static final String MAIL_SMTP_USER = "mail.smtp.user";
    static final String MAIL_SMTP_PASSWORD = "mail.smtp.password";
    static final String MAIL_SMTP_CA = "mail.smtp.ca";
    static final String MAIL_SMTP_CONNECTIONS = "mail.smtp.connections";
    static final String MAIL_SMTP_TIMEOUT = "mail.smtp.timeout";
    static final String MAIL_FROM = "mail.from";
    static final String MAIL_FOLDER = "mail.folder";
    static final String MAIL_FALLBACK = "mail.fallback.address";
    static final String MAIL_OFFER_LINK = "mail.offer.link";
    static final String MAIL_RATE = "mail.max.per.second";
    static final String WEBHOOKS_ALLOW = "webhooks.allow";
    static final String WEBHOOKS_SECRETS = "webhooks.secrets";
    static final String WEBHOOKS_CA = "webhooks.ca";
    static final String WEBHOOKS_TIMEOUT = "webhooks.timeout";
    static final String WEBHOOKS_MAX_BYTES = "webhooks.max.bytes";
    static final String WEBHOOKS_RATE = "webhooks.max.per.second";
    static final String WEBHOOKS_IN_FLIGHT = "webhooks.max.in.flight";
    static final String RETRY_FIRST = "retry.first";
    static final String RETRY_LONGEST = "retry.longest";
    static final String RETRY_FOR = "retry.for";

    /** The value of {@code http.port} without health and metrics. */
    static final String HTTP_OFF = "off";

    private static final int SUBMISSION_PORT = 587;
    private static final int LAST_PORT = 65_535;

    /** Every setting, in the order in which it is shown. */
    static final ConfigDef CONFIG = define();

    private NotifierConfigDef() {
    }

    private static ConfigDef define() {
        return new ConfigDef()
                .define(BOOTSTRAP_SERVERS, Type.STRING, ConfigDef.NO_DEFAULT_VALUE, new ConfigDef.NonEmptyString(),
                        Importance.HIGH, "initial Kafka brokers as host:port, separated by commas")
                .define(SCHEMA_REGISTRY_URL, Type.STRING, ConfigDef.NO_DEFAULT_VALUE, new ConfigDef.NonEmptyString(),
                        Importance.HIGH, "schema registry with Confluent's API")
                .define(SCHEMA_REGISTRY_USER_INFO, Type.PASSWORD, null, Importance.MEDIUM,
                        "user:password for the schema registry (HTTP basic authentication)")
                .define(GROUP_ID, Type.STRING, TopicAcls.NOTIFIER_PREFIX + "offerflow", new ConfigDef.NonEmptyString(),
                        Importance.HIGH, "consumer group; another one has delivered nothing yet")
                .define(GROUP_INSTANCE_ID, Type.STRING, null, Importance.HIGH,
                        "stable name of this instance: a restart gets its partitions again without a rebalance")
                .define(HTTP_PORT, Type.STRING, HTTP_OFF, Importance.MEDIUM,
                        "port of health and metrics, 0 for any free port, or off")
                .define(HTTP_HOST, Type.STRING, "127.0.0.1", Importance.MEDIUM, "address that this port binds to")
                .define(MAIL_SMTP_HOST, Type.STRING, null, Importance.HIGH,
                        "mail server; without it and without mail.folder no mail is sent")
                .define(MAIL_SMTP_PORT, Type.INT, SUBMISSION_PORT, ConfigDef.Range.between(1, LAST_PORT),
                        Importance.MEDIUM, "port of the mail server")
                .define(MAIL_SMTP_SECURITY, Type.STRING, "starttls",
                        ConfigDef.ValidString.in("starttls", "tls", "none"), Importance.HIGH, "starttls: TLS after the"
                        + " greeting, tls: from the beginning, none: only for a server on the same machine")
                .define(MAIL_SMTP_USER, Type.STRING, null, Importance.MEDIUM, "user at the mail server")
                .define(MAIL_SMTP_PASSWORD, Type.PASSWORD, null, Importance.MEDIUM, "its password; never printed")
                .define(MAIL_SMTP_CA, Type.STRING, null, Importance.MEDIUM, "file of certificates in PEM that the mail"
                        + " server is verified with, instead of those of the JVM")
                .define(MAIL_SMTP_CONNECTIONS, Type.INT, 4, ConfigDef.Range.between(1, 100), Importance.LOW,
                        "most connections to the mail server at a time")
                .define(MAIL_SMTP_TIMEOUT, Type.STRING, "PT30S", duration(), Importance.LOW,
                        "longest time for a connection and for each answer of the mail server")
                .define(MAIL_FROM, Type.STRING, "offerflow@localhost.localdomain", valid("an e-mail address",
                        MailAddresses::parse), Importance.HIGH, "sender of all mails")
                .define(MAIL_FOLDER, Type.STRING, null, Importance.MEDIUM,
                        "directory in which mails are kept as .eml files instead of sending them")
                .define(MAIL_FALLBACK, Type.STRING, null, valid("an e-mail address, which may contain {publisher}",
                        text -> MailAddresses.parse(text.replace("{publisher}", "p"))), Importance.MEDIUM,
                        "who receives the mails of a publisher without recipients, such as"
                        + " offers+{publisher}@marketplace.example")
                .define(MAIL_OFFER_LINK, Type.STRING, null, Importance.LOW, "address of an offer in a portal, for the"
                        + " end of each mail, such as https://portal.example/{publisher}/{offer}")
                .define(MAIL_RATE, Type.INT, 20, ConfigDef.Range.atLeast(1), Importance.MEDIUM,
                        "most mails per second of this instance")
                .define(WEBHOOKS_ALLOW, Type.STRING, "", valid("addresses and blocks such as 10.1.0.0/16, separated by"
                        + " commas", AddressPolicy::new), Importance.HIGH, "addresses of private networks and of this"
                        + " machine that webhooks may call; only these may be called without TLS")
                .define(WEBHOOKS_SECRETS, Type.STRING, null, Importance.HIGH,
                        "directory of the files that subscriptions refer to as file:NAME")
                .define(WEBHOOKS_CA, Type.STRING, null, Importance.MEDIUM, "file of certificates in PEM that receivers"
                        + " are verified with, instead of those of the JVM")
                .define(WEBHOOKS_TIMEOUT, Type.STRING, "PT15S", duration(), Importance.MEDIUM,
                        "longest time for a whole request to a webhook")
                .define(WEBHOOKS_MAX_BYTES, Type.INT, 1_048_576,
                        ConfigDef.Range.between(1_024, Topic.OUTPUT_MAX_BYTES), Importance.LOW,
                        "largest body of a request; a larger event becomes a dead letter")
                .define(WEBHOOKS_RATE, Type.INT, 200, ConfigDef.Range.atLeast(1), Importance.MEDIUM,
                        "most events per second of this instance to one webhook, if its subscription has no rate")
                .define(WEBHOOKS_IN_FLIGHT, Type.INT, 16, ConfigDef.Range.between(1, 64), Importance.LOW,
                        "most requests to one webhook at a time")
                .define(RETRY_FIRST, Type.STRING, "PT5S", duration(), Importance.LOW,
                        "wait after the first failure; each further wait is three times as long")
                .define(RETRY_LONGEST, Type.STRING, "PT1H", duration(), Importance.LOW, "longest wait")
                .define(RETRY_FOR, Type.STRING, "P3D", duration(), Importance.MEDIUM,
                        "how long an event is tried before it becomes a dead letter");
    }

    private static Validator duration() {
        return ConfigDef.LambdaValidator.with((name, value) -> {
            try {
                if (Duration.parse((String) value).isPositive()) {
                    return;
                }
            } catch (DateTimeParseException e) {
                throw new ConfigException(name, value, "Expected a positive ISO-8601 duration such as PT15S");
            }
            throw new ConfigException(name, value, "Expected a positive ISO-8601 duration such as PT15S");
        }, () -> "positive ISO-8601 duration");
    }

    private static Validator valid(String expected, Consumer<String> check) {
        return ConfigDef.LambdaValidator.with((name, value) -> {
            try {
                if (value != null) {
                    check.accept((String) value);
                }
            } catch (IllegalArgumentException e) {
                throw new ConfigException(name, value, "Expected " + expected);
            }
        }, () -> expected);
    }
}
