package io.offerflow.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo: broker, registry, service, simulator and publishers. */
class DemoTest {

    private static final Path SAMPLES = Path.of("..", "samples");

    @TempDir
    private Path folder;

    private final StringWriter told = new StringWriter();

    @Test
    void theSamplesComeToTheEndsTheyAnnounce() throws Exception {
        int exitCode = demo(SAMPLES, Duration.ofSeconds(120)).run();
        assertThat(exitCode).as(told.toString()).isEqualTo(ExitCode.DONE);
        assertThat(told.toString())
                .containsPattern("contoso/shift-planner +Live, version 1")
                .containsPattern("fabrikam/fleet-ledger +Live, version 1")
                .containsPattern("northwind/tasting-room +Deleted")
                .contains("SubmitOffer was rejected (SECTIONS_INCOMPLETE)")
                .contains("found \"best in the world\"")
                .contains("2 certification failed")
                .contains("Plan \"municipal\", description: found \"[insert support hours")
                .containsPattern("adatum/claims-desk +on the storefront: version 1 with 2 plans and a test drive")
                .containsPattern("adatum/claims-desk +3 plans live, 1 of them private, 1 edited since")
                .containsPattern("adatum/claims-desk +Live, version 2; 3 plans live, 1 of them private\\R")
                .containsPattern("litware/meter-hub +Live, version 1; 3 plans live, 2 of them private\\R")
                .containsPattern("litware/meter-hub +version 1 with 1 plan\\R")
                .containsPattern("contoso/shift-planner +version 1 leading to the publisher\\R")
                .doesNotContain("quarantined")
                .doesNotContain("\u001b");
        try (Stream<Path> mails = Files.list(folder.resolve("mails"))) {
            assertThat(mails.map(mail -> mail.getFileName().toString())).hasSizeGreaterThanOrEqualTo(5)
                    .anyMatch(name -> name.contains("-offers@contoso.example-") && name.endsWith(".eml"));
        }
    }

    @Test
    void whatDoesNotComeInTimeIsNamed() throws Exception {
        Files.writeString(folder.resolve("waits.jsonl"), """
                {"topic": "offer-commands", "value": {"publisherId": "contoso", "offerId": "waits", "actor": "test", \
                "payload": {"CreateOffer": {"offerType": "SAAS", "alias": "Waits"}}}}
                {"after": {"notification": "OFFER_LIVE"}}
                """);
        assertThatThrownBy(() -> demo(folder, Duration.ofSeconds(3)).run())
                .isInstanceOfSatisfying(CliFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.TIMED_OUT))
                .hasMessageContaining("waits.jsonl:2 waits for the notification OFFER_LIVE");
        assertThat(told.toString()).contains("Not done after");
    }

    @Test
    void anOutcomeOtherThanTheAwaitedOneEndsTheFeed() throws Exception {
        Files.writeString(folder.resolve("refused.jsonl"), """
                {"topic": "offer-commands", "value": {"publisherId": "contoso", "offerId": "none", "actor": "test", \
                "payload": {"SubmitOffer": {}}}}
                {"after": {"outcome": "ACCEPTED"}}
                """);
        assertThatThrownBy(() -> demo(folder, Duration.ofSeconds(60)).run())
                .isInstanceOf(CliFailure.class)
                .hasMessageContaining("refused.jsonl:2 waits for the outcome ACCEPTED, but SubmitOffer was REJECTED: ");
    }

    @Test
    void aDirectoryWithoutFeedsIsAUsageError() {
        assertThatThrownBy(() -> demo(folder, Duration.ofSeconds(60)).run()).isInstanceOfSatisfying(CliFailure.class,
                failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    private Demo demo(Path samples, Duration limit) {
        DemoOptions options = new DemoOptions(0, 0, 2, samples, Duration.ofMillis(100), limit, 7,
                Optional.of(folder.resolve("mails")));
        return new Demo(options, new PrintWriter(told), Terminal.PLAIN);
    }
}
