package io.offerflow.cli.console;

import picocli.CommandLine.Option;

/** The option that names the service, as a Kafka Streams application. */
public final class ApplicationIdOption {

    @Option(names = "--application-id", paramLabel = "ID", defaultValue = "offerflow",
            description = "The service's application.id (${DEFAULT-VALUE}).")
    private String id;

    public String id() {
        return id;
    }
}
