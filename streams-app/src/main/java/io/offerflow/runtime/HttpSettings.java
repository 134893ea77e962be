package io.offerflow.runtime;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Where the query API listens.
 *
 * @param host address of the interface; loopback unless told
 * @param port 0 for any free one
 * @param tokens the file of those who may ask; everybody may without one
 * @param advertised the address under which other instances reach this one, if it is another than it listens on
 */
public record HttpSettings(String host, int port, Optional<Path> tokens, Optional<HostInfo> advertised) {

    static final String OFF = "off";

    /** The settings, or nothing if the query API is off. */
    static Optional<HttpSettings> of(SettingValues values) {
        String port = values.text("http.port").strip();
        if (port.equals(OFF)) {
            return Optional.empty();
        }
        String host = values.text("http.host").strip();
        Optional<HostInfo> advertised = Optional.of(values.text("application.server").strip())
                .filter(text -> !text.isEmpty()).map(HttpSettings::address);
        if (advertised.isEmpty() && (host.equals("0.0.0.0") || host.equals("::"))) {
            throw new ConfigException("http.host=%s listens on every interface, so the other instances cannot tell "
                    .formatted(host) + "where this one is: set application.server to its host:port");
        }
        Optional<Path> tokens = Optional.of(values.text("http.tokens").strip()).filter(text -> !text.isEmpty())
                .map(Path::of);
        return Optional.of(new HttpSettings(host, port(port), tokens, advertised));
    }

    /** How other instances call this one, which listens on this port. */
    HostInfo self(int boundPort) {
        return advertised.orElse(new HostInfo(host, boundPort));
    }

    private static int port(String text) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw new ConfigException(("the setting \"http.port\" is \"%s\", expected 1 to 65535, 0 for any free port, "
                + "or off").formatted(text));
    }

    private static HostInfo address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw new ConfigException("the setting \"application.server\" is \"%s\", expected host:port"
                    .formatted(text));
        }
        return new HostInfo(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
