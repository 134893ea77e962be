package io.offerflow.gateway;

import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.identity.IdentitySettings;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Defines every setting of the gateway: type, default, valid values and documentation. */
final class GatewayConfigDef {

    static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    static final String SCHEMA_REGISTRY_USER_INFO = "schema.registry.basic.auth.user.info";
    static final String HTTP_PORT = "http.port";
    static final String HTTP_HOST = "http.host";
    static final String HTTP_HOSTS = "http.hosts";
    static final String QUERY_URL = "query.url";
    static final String QUERY_TOKEN = "query.token";
    static final String WAIT_MAX_SECONDS = "wait.max.seconds";
    static final String DELIVERY_TIMEOUT_MS = "delivery.timeout.ms";
    static final String REQUESTS_CONCURRENT = "requests.concurrent";
    static final String REQUESTS_PER_SECOND = "requests.per.second";
    static final String OPERATIONS_PORT = "operations.port";
    static final String OPERATIONS_HOST = "operations.host";
    static final String MAIL_FOLDER = "mail.folder";
    static final String REPORT_FOLDER = "report.folder";
    static final String LOCAL_USER = "local.user";
    static final String UNSAFE_ON_NETWORK = "unsafe.local.user.on.network";
    static final String CONSOLE_CLIENT_ID = "console.client.id";
    static final String CONSOLE_AUTHORIZE_URL = "console.authorize.url";
    static final String CONSOLE_TOKEN_URL = "console.token.url";
    static final String CONSOLE_SCOPE = "console.scope";

    private static final String GATEWAY = "Gateway";
    private static final String LIMITS = "Limits";
    private static final String CONSOLE = "Console";
    private static final Validator NOT_EMPTY = new ConfigDef.NonEmptyString();

    /** Every setting, in the order in which it is shown. */
    static final ConfigDef CONFIG = define();

    private GatewayConfigDef() {
    }

    private static ConfigDef define() {
        ConfigDef def = new ConfigDef();
        define(def, GATEWAY, BOOTSTRAP_SERVERS, Type.STRING, ConfigDef.NO_DEFAULT_VALUE, NOT_EMPTY,
                "initial Kafka brokers as host:port, separated by commas");
        define(def, GATEWAY, SCHEMA_REGISTRY_URL, Type.STRING, ConfigDef.NO_DEFAULT_VALUE,
                ConfigDef.LambdaValidator.with((name, value) -> checkRegistry((String) value),
                        () -> "http or https URLs, separated by commas"),
                "schema registry with Confluent's API; several URLs are replicas of one registry");
        define(def, GATEWAY, SCHEMA_REGISTRY_USER_INFO, Type.PASSWORD, null, null,
                "user and password for the schema registry (HTTP basic authentication)");
        define(def, GATEWAY, QUERY_URL, Type.STRING, "http://127.0.0.1:8080", NOT_EMPTY,
                "addresses of the query API of the service, one per instance, separated by commas");
        define(def, GATEWAY, QUERY_TOKEN, Type.PASSWORD, null, null,
                "token of a file http.tokens of the service, for all reads; without it, the token of the caller is "
                        + "passed on");
        define(def, GATEWAY, HTTP_PORT, Type.INT, 8090, ConfigDef.Range.between(0, 65_535),
                "port of the gateway; 0 for any free one");
        define(def, GATEWAY, HTTP_HOST, Type.STRING, "127.0.0.1", NOT_EMPTY,
                "address of the interface that the gateway listens on; another one than a loopback address needs "
                        + "identity.issuer");
        define(def, GATEWAY, HTTP_HOSTS, Type.STRING, "", null,
                "names under which clients reach the gateway, separated by commas: a request with another Host is "
                        + "refused; http.host and, on a loopback address, localhost are always served");
        define(def, GATEWAY, OPERATIONS_PORT, Type.INT, null, ConfigDef.LambdaValidator.with((name, value) ->
                checkPort(name, (Integer) value), () -> "[0,...,65535]"),
                "port of health and metrics for operators, 0 for any free one; none without it");
        define(def, GATEWAY, OPERATIONS_HOST, Type.STRING, "127.0.0.1", NOT_EMPTY,
                "address of the interface that this port is bound to");
        define(def, GATEWAY, MAIL_FOLDER, Type.STRING, null, null,
                "directory in which a notifier keeps mails instead of sending them; the page shows them to the role "
                        + "support");
        define(def, GATEWAY, REPORT_FOLDER, Type.STRING, null, null,
                "directory with reports of replay what-if -o json, as files *.json; the page shows them to the role "
                        + "support");
        define(def, GATEWAY, LOCAL_USER, Type.STRING, "local-developer", NOT_EMPTY,
                "without identity.issuer, the name of the caller of every request, who may do everything");
        define(def, GATEWAY, UNSAFE_ON_NETWORK, Type.BOOLEAN, false, null,
                "only for development in a container whose port is published on a loopback address: without "
                        + "identity.issuer, listen on other addresses, too; every client that reaches them may do "
                        + "everything");
        define(def, LIMITS, WAIT_MAX_SECONDS, Type.INT, 60, ConfigDef.Range.between(1, 600),
                "longest time that a request may wait for its outcome");
        define(def, LIMITS, DELIVERY_TIMEOUT_MS, Type.INT, 10_000, ConfigDef.Range.between(1_000, 120_000),
                "milliseconds after which a command that no broker has confirmed is answered with 503");
        define(def, LIMITS, REQUESTS_CONCURRENT, Type.INT, 4_000, ConfigDef.Range.atLeast(1),
                "requests at a time, those that wait included; more are answered with 429");
        define(def, LIMITS, REQUESTS_PER_SECOND, Type.INT, 2_000, ConfigDef.Range.atLeast(1),
                "requests of one caller per second; more are answered with 429");
        IdentitySettings.define(def);
        define(def, CONSOLE, CONSOLE_CLIENT_ID, Type.STRING, null, null,
                "client id of the page at the identity provider, a public client with authorization code and PKCE; "
                        + "without it people cannot sign in on the page");
        define(def, CONSOLE, CONSOLE_AUTHORIZE_URL, Type.STRING, null, null,
                "authorization endpoint of the provider; required with console.client.id");
        define(def, CONSOLE, CONSOLE_TOKEN_URL, Type.STRING, null, null,
                "token endpoint of the provider, which has to allow requests of the origin of the page (CORS); "
                        + "required with console.client.id");
        define(def, CONSOLE, CONSOLE_SCOPE, Type.STRING, "openid", NOT_EMPTY,
                "scope that the page asks for, words separated by blanks");
        return def;
    }

    private static void define(ConfigDef def, String group, String name, Type type, Object defaultValue,
            Validator validator, String doc) {
        def.define(name, type, defaultValue, validator, Importance.MEDIUM, doc, group, def.names().size(),
                ConfigDef.Width.MEDIUM, name);
    }

    private static void checkPort(String name, Integer port) {
        if (port != null) {
            ConfigDef.Range.between(0, 65_535).ensureValid(name, port);
        }
    }

    /** The message never contains the value, since it may contain a password. */
    private static void checkRegistry(String urls) {
        try {
            RegistryOptions.at(urls == null ? "" : urls);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("Invalid value for configuration %s: %s".formatted(SCHEMA_REGISTRY_URL,
                    e.getMessage()));
        }
    }
}
