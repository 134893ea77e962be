package io.offerflow.sandbox;

import io.offerflow.sandbox.host.SandboxSecurity;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The ports, the data and the security of a sandbox.
 *
 * @param brokerPort port of the Kafka broker on 127.0.0.1; 0 for any free one
 * @param registryPort port of the schema registry on 127.0.0.1; 0 for any free one
 * @param dataDirectory where topics, offsets, cluster id, schemas and their ids are kept; empty for a temporary
 *     directory that is deleted with the sandbox
 * @param security empty for a broker without access control
 */
public record SandboxOptions(int brokerPort, int registryPort, Optional<Path> dataDirectory,
        Optional<SandboxSecurity> security) {

    public SandboxOptions {
        checkPort("broker", brokerPort);
        checkPort("registry", registryPort);
        if (brokerPort != 0 && brokerPort == registryPort) {
            throw new IllegalArgumentException("broker and registry cannot share port " + brokerPort
                    + "; give two different ports, or 0 for any free one");
        }
    }

    /** Without security. */
    public SandboxOptions(int brokerPort, int registryPort, Optional<Path> dataDirectory) {
        this(brokerPort, registryPort, dataDirectory, Optional.empty());
    }

    /** Free ports and a temporary directory. */
    public static SandboxOptions temporary() {
        return new SandboxOptions(0, 0, Optional.empty());
    }

    /** Free ports and data that is kept. */
    public static SandboxOptions keptIn(Path dataDirectory) {
        return new SandboxOptions(0, 0, Optional.of(dataDirectory));
    }

    /** The same with TLS, authentication and access control. */
    public SandboxOptions secured(SandboxSecurity with) {
        return new SandboxOptions(brokerPort, registryPort, dataDirectory, Optional.of(with));
    }

    private static void checkPort(String what, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "the %s port must be 1 to 65535, or 0 for any free one, but is %d".formatted(what, port));
        }
    }
}
