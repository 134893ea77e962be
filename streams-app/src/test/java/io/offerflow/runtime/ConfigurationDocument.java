package io.offerflow.runtime;

/** The document docs/configuration.md, made of the keys that the service reads. */
final class ConfigurationDocument {

    private ConfigurationDocument() {
    }

    static String text() {
        StringBuilder text = new StringBuilder("""
                # Configuration

                Made by `ServiceConfigTest` from the keys that the service reads; run it with `-Dgolden.update=true`
                after changing one.

                Settings are pairs of name and value, read once at the start. A later source wins over an earlier one:

                1. the defaults in the tables below,
                2. the file of `offerflow service --config FILE`: lines of `name=value` in UTF-8, `#` begins a comment,
                3. the environment: `OFFERFLOW_` and the name in upper case with `_` for `.` and `-`, such as
                   `OFFERFLOW_HTTP_PORT` for `http.port` and `OFFERFLOW_KAFKA_SECURITY_PROTOCOL` for
                   `kafka.security.protocol` (`OFFERFLOW_SERVICE_…` and `OFFERFLOW_PORT…`, which Kubernetes sets for a
                   service called offerflow, are left alone),
                4. the command line: `--set name=value`, as often as needed.

                `offerflow up` and `offerflow demo` read no file and no environment: they run the service on their own
                broker with the defaults.

                The service does not start with a name that it does not know (it tells the closest one that it does
                know), with a value that is not of its kind, or without one that is required. Its first line of log
                shows what it starts with.

                Durations are written as in ISO 8601 (`PT4H`, `PT30S`), switches as `true` or `false`. Names that begin
                with `kafka.` go to Kafka's clients and Kafka Streams without that prefix, such as
                `kafka.security.protocol`, and win over what the service sets for Kafka itself; only their names are
                logged.

                | setting | default | meaning |
                | --- | --- | --- |
                """);
        ServiceConfig.KEYS.stream().filter(key -> !isLimit(key)).forEach(key -> text.append(row(key)));
        text.append("""

                ## Limits

                How much a publisher may write: whole numbers from 1. Texts are counted in code points. Most limits
                refuse nothing: what exceeds them makes its section *Incomplete*. Refused are a command with too long
                an alias or too long notes, and a plan too many. The policy id in the journal changes with every limit.
                A limit holds for what is decided after the change; a section keeps the problems that it was found to
                have until it is saved again.

                | setting | default | meaning |
                | --- | --- | --- |
                """);
        ServiceConfig.KEYS.stream().filter(ConfigurationDocument::isLimit).forEach(key -> text.append(row(key)));
        return text.toString();
    }

    private static boolean isLimit(ServiceConfig.Key key) {
        return key.name().startsWith("limit.");
    }

    private static String row(ServiceConfig.Key key) {
        String fallback = key.fallback().map(value -> value.isEmpty() ? "none" : "`%s`".formatted(value))
                .orElse("*required*");
        return "| `%s` | %s | %s |\n".formatted(key.name(), fallback, key.meaning());
    }
}
