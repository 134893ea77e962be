package io.offerflow.cli.failure;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.contract.file.FeedException;
import io.offerflow.contract.file.TextFiles;
import io.offerflow.contract.registry.IncompatibleSchemaException;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.UnknownSchemaException;
import io.offerflow.contract.wire.NotWireFormatException;
import io.offerflow.contract.wire.UnreadableValueException;
import io.offerflow.runtime.ConfigException;
import io.offerflow.sandbox.host.SandboxException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * What the user is told about a failure.
 *
 * @param lines one sentence, or one line per problem of a file
 * @param exitCode one of {@link ExitCode}
 * @param unexpected whether it is a defect of this program
 */
public record FailureReport(List<String> lines, int exitCode, boolean unexpected) {

    private static final String PROGRAM = "offerflow: ";

    /** The report about a failure, by the first of its causes that says more than that something failed. */
    public static FailureReport of(Exception failure) {
        return first(failure, FailureReport::known).or(() -> first(failure, FailureReport::environment))
                .orElseGet(() -> new FailureReport(List.of(PROGRAM + "failed unexpectedly: " + failure),
                        ExitCode.FAILURE, true));
    }

    private static Optional<FailureReport> first(Exception failure, Function<Throwable, FailureReport> report) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> Stream.ofNullable(report.apply(cause))).findFirst();
    }

    private static FailureReport known(Throwable cause) {
        return switch (cause) {
            case CliFailure known -> new FailureReport(List.of(PROGRAM + known.getMessage()), known.exitCode(), false);
            case FeedException known -> new FailureReport(known.lines(), ExitCode.USAGE, false);
            case RegistryUnavailableException known ->
                failed(known.getMessage() + " (--registry-url, OFFERFLOW_REGISTRY_URL)");
            case IncompatibleSchemaException known -> failed(known.getMessage());
            case ConfigException known -> failed(known.getMessage());
            case SandboxException known -> failed(known.getMessage());
            case AuthenticationException refused -> failed("The brokers refuse this user: " + refused.getMessage());
            case AuthorizationException denied -> failed("The brokers deny this to this user: " + denied.getMessage()
                    + " (`offerflow prepare --access` says who may do what)");
            case InterruptException interrupted -> failed("Interrupted.");
            case NotWireFormatException foreign -> unreadable(foreign);
            case UnreadableValueException foreign -> unreadable(foreign);
            case UnknownSchemaException foreign -> unreadable(foreign);
            case InvalidPathException wrong -> new FailureReport(List.of("%s\"%s\" cannot be the name of a file: %s."
                    .formatted(PROGRAM, wrong.getInput(), wrong.getReason())), ExitCode.USAGE, false);
            case FileSystemException file -> failed("%s: %s.".formatted(file.getFile(), TextFiles.reason(file)));
            default -> null;
        };
    }

    /** Failures of what this program depends on, if no cause says more. */
    private static FailureReport environment(Throwable cause) {
        return switch (cause) {
            case TimeoutException late -> failed("The brokers did not answer in time: " + late.getMessage());
            case KafkaException other -> failed("Kafka's client reports: " + message(other));
            case IOException other -> failed("%s.".formatted(TextFiles.reason(other)));
            default -> null;
        };
    }

    private static FailureReport unreadable(Exception foreign) {
        return failed("A record cannot be read: %s (is --registry-url the registry of this cluster?)"
                .formatted(foreign.getMessage()));
    }

    /** With the message of its cause, which says more than "Failed to construct". */
    private static String message(KafkaException failure) {
        return failure.getMessage() + Optional.ofNullable(failure.getCause())
                .map(cause -> ": " + cause.getMessage()).orElse("");
    }

    private static FailureReport failed(String sentence) {
        return new FailureReport(List.of(PROGRAM + sentence), ExitCode.FAILURE, false);
    }
}
