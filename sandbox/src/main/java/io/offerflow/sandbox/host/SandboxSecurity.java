package io.offerflow.sandbox.host;

import io.offerflow.contract.file.TextFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The security of a sandbox: TLS, SCRAM and an authorizer that denies what no rule allows, from a folder that
 * deploy/certificates.sh has written. Only the administrator may do everything.
 */
public record SandboxSecurity(Path folder) {

    static final String MECHANISM = "SCRAM-SHA-512";
    private static final String ADMIN = "admin";

    /**
     * The settings of a client that connects as this user.
     *
     * @param user the name of a role, such as {@code status-reader}, or {@code admin}
     */
    public Map<String, String> client(String user) {
        Map<String, String> settings = new HashMap<>();
        Properties properties = read(folder.resolve("clients").resolve(user + ".properties"));
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    /** The settings of a client that connects as the administrator. */
    public Map<String, String> admin() {
        return client(ADMIN);
    }

    /** The password of a user. */
    public String password(String user) {
        return read(folder.resolve("passwords.properties")).getProperty(user);
    }

    /** The credentials that are in the metadata before the broker starts; all others are set through the broker. */
    public String firstCredentials() {
        return "%s=[name=\"%s\",password=\"%s\"]".formatted(MECHANISM, ADMIN, password(ADMIN));
    }

    /** The settings of the broker: clients use TLS and SCRAM, the broker its certificate towards the controller. */
    public Map<String, String> broker(String clientListener, String controllerListener) {
        String store = text(folder.resolve("store.password"));
        String controller = "listener.name." + controllerListener.toLowerCase(Locale.ROOT) + ".";
        Map<String, String> all = new HashMap<>();
        all.put("listener.security.protocol.map", clientListener + ":SASL_SSL," + controllerListener + ":SSL");
        all.put("sasl.enabled.mechanisms", MECHANISM);
        all.put("sasl.mechanism.inter.broker.protocol", MECHANISM);
        all.put("listener.name." + clientListener.toLowerCase(Locale.ROOT) + ".scram-sha-512.sasl.jaas.config",
                admin().get("sasl.jaas.config"));
        all.put("ssl.keystore.type", "PKCS12");
        all.put("ssl.keystore.location", folder.resolve("broker.p12").toString());
        all.put("ssl.keystore.password", store);
        all.put("ssl.key.password", store);
        all.put("ssl.truststore.type", "PKCS12");
        all.put("ssl.truststore.location", folder.resolve("trust.p12").toString());
        all.put("ssl.truststore.password", store);
        all.put(controller + "ssl.client.auth", "required");
        all.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        all.put("allow.everyone.if.no.acl.found", "false");
        all.put("super.users", "User:" + ADMIN + ";User:CN=offerflow-broker");
        return all;
    }

    private static Properties read(Path file) {
        try {
            return TextFiles.properties(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static String text(Path file) {
        try {
            return TextFiles.read(file).strip();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static SandboxException unreadable(Path file, IOException e) {
        return new SandboxException("cannot read %s: %s; make it with deploy/certificates.sh".formatted(file,
                TextFiles.reason(e)), e);
    }
}
