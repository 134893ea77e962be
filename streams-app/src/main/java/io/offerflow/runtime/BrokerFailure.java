package io.offerflow.runtime;

import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Explains in one sentence why the brokers do not answer, and what to do. */
public final class BrokerFailure {

    private static final String ALLOW =
            "have the administrator run `offerflow prepare --access` for this application.id";

    private BrokerFailure() {
    }

    /** The sentence for any failure. */
    public static String sentence(String bootstrapServers, Throwable failure) {
        return known(failure).map(why -> "the brokers at %s %s".formatted(bootstrapServers, why)).orElseGet(() ->
                "cannot ask the brokers at %s about the topics: %s".formatted(bootstrapServers, message(failure)));
    }

    /** The rest of a sentence about the brokers, for a failure that an operator can correct. */
    static Optional<String> known(Throwable failure) {
        return causes(failure).flatMap(cause -> why(cause, failure).stream()).findFirst();
    }

    private static Optional<String> why(Throwable cause, Throwable failure) {
        return Optional.ofNullable(switch (cause) {
            case KafkaException corrupt when isCorruptRecord(corrupt) ->
                "have a record whose checksum is wrong (%s); restore this partition from a replica or a copy".formatted(
                        message(corrupt));
            case SaslAuthenticationException denied ->
                "refuse the user name or password of this service; check kafka.sasl.mechanism and "
                        + "kafka.sasl.jaas.config (they say: %s)".formatted(message(denied));
            case SslAuthenticationException broken when expired(failure) ->
                "have a certificate that has expired (%s); have it renewed there".formatted(message(root(broken)));
            case SslAuthenticationException broken ->
                "and this service cannot agree on TLS; check kafka.ssl.truststore.* and, where the brokers ask for a "
                        + "certificate, kafka.ssl.keystore.* (%s)".formatted(message(root(broken)));
            case AuthorizationException denied ->
                "deny this service something: %s; %s".formatted(message(denied), ALLOW);
            case TimeoutException late -> ("do not answer; check bootstrap.servers, that they run, and that "
                    + "kafka.security.protocol is the protocol of that listener (%s)").formatted(message(late));
            default -> null;
        });
    }

    /** Kafka's consumer has no class for this failure. */
    private static boolean isCorruptRecord(KafkaException failure) {
        return failure instanceof CorruptRecordException || message(failure).contains(" is invalid, cause: ");
    }

    private static boolean expired(Throwable failure) {
        return causes(failure).anyMatch(CertificateExpiredException.class::isInstance);
    }

    private static Throwable root(Throwable failure) {
        return causes(failure).reduce((first, second) -> second).orElse(failure);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    private static String message(Throwable failure) {
        return Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
    }
}
