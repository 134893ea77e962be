package io.offerflow.cli.send;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options for the envelope of a command. */
public final class EnvelopeOptions {

    @Parameters(index = "0", paramLabel = "PUBLISHER/OFFER", description = "The offer, for example contoso/shifts.")
    private String offer;

    /** The options. */
    static final class EnvelopeFlags {
        @Option(names = "--actor", paramLabel = "NAME", description = "Who sends the command, kept in the history"
                + " (OFFERFLOW_CLI_ACTOR; otherwise your user name).")
        private String actor = Optional.ofNullable(System.getenv("OFFERFLOW_CLI_ACTOR"))
                .orElseGet(() -> System.getProperty("user.name"));

        @Option(names = "--command-id", paramLabel = "UUID", description = "Id of the command (a new one); sent again"
                + " with the same id, a command has no second effect.")
        private Optional<UUID> commandId = Optional.empty();
    }

    @ArgGroup(validate = false, heading = "%nAbout the command:%n", order = 20)
    private EnvelopeFlags flags = new EnvelopeFlags();

    /** The option that only the commands of publishers have. */
    public static final class ExpectedVersion {
        @Option(names = "--expected-version", paramLabel = "N", description = "The draft version that you"
                + " looked at; if the draft has another one now, the command is refused as VERSION_CONFLICT (V32).")
        private Optional<Long> expectedVersion = Optional.empty();

        public void into(ObjectNode value) {
            expectedVersion.ifPresent(version -> value.put("expectedVersion", version));
        }
    }

    String publisherId() {
        return part(0);
    }

    String offerId() {
        return part(1);
    }

    private String part(int index) {
        String[] parts = offer.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new CliFailure(ExitCode.USAGE, "Expected PUBLISHER/OFFER, such as contoso/shifts, but met \"%s\"."
                    .formatted(offer));
        }
        return parts[index];
    }

    /** The value of the record, without its payload. */
    public ObjectNode value() {
        return JsonNodeFactory.instance.objectNode()
                .put("commandId", flags.commandId.orElseGet(UUID::randomUUID).toString())
                .put("publisherId", publisherId()).put("offerId", offerId()).put("actor", flags.actor);
    }
}
