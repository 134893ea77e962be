package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.offerflow.cli.console.ExitCode;
import io.offerflow.runtime.OfferService;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The replay verbs on what a service has done on a real broker. */
class ReplayCommandTest {

    @TempDir
    private static Path folder;

    private static Sandbox sandbox;

    @BeforeAll
    static void aServiceHasDecidedAFewCommands() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.temporary());
        sandbox.createTopics(2);
        Path feed = Files.writeString(folder.resolve("feed.jsonl"), String.join("\n",
                line("shifts", "{\"CreateOffer\": {\"offerType\": \"SAAS\", \"alias\": \"Shift planner\"}}"),
                line("shifts", "{\"SubmitOffer\": {}}"),
                line("other", "{\"CreateOffer\": {\"offerType\": \"SAAS\", \"alias\": \"" + "x".repeat(60) + "\"}}")));
        assertThat(run("send", feed.toString()).exitCode()).isZero();
        try (OfferService service = OfferService.start(ServiceConfig.of(Map.of("bootstrap.servers",
                sandbox.bootstrapServers(), "schema.registry.url", sandbox.registryUrl(),
                "state.dir", folder.resolve("state").toString())))) {
            assertThat(service.awaitReady(Duration.ofSeconds(60))).isTrue();
            await().atMost(Duration.ofSeconds(60)).until(() ->
                    run("tail", "command-outcomes", "--from-beginning", "--exit-at-end", "-o", "jsonl").outLines()
                            .size() == 3);
        }
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void rebuildPrintsADigestAPartitionAndWritesOneOfferALine() throws IOException {
        Path file = folder.resolve("state.jsonl");
        CommandLineRun run = run("replay", "rebuild", "--out", file.toString(), "--memory", "64m");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.outLines()).hasSize(3);
        assertThat(run.out()).containsPattern("(?m)^0 .*[0-9a-f]{64}$").containsPattern("(?m)^1 .*[0-9a-f]{64}$");
        assertThat(run.err()).contains("2 offers of").contains("entries/s");
        assertThat(Files.readAllLines(file)).hasSize(2).anySatisfy(line ->
                assertThat(line).startsWith("{\"offer\":\"contoso/shifts\",\"partition\":").contains("\"alias\":"
                        + "\"Shift planner\""));
    }

    @Test
    void verifyFindsTheServicesStateToBeWhatTheJournalSays() {
        CommandLineRun run = run("replay", "rebuild", "--verify");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.err()).contains("The service's state is what the journal says.");
    }

    @Test
    void showTellsAnOfferAsItWasAndExplainHowItCameToBe() {
        CommandLineRun show = run("replay", "show", "contoso/shifts");
        assertThat(show.exitCode()).as(show.err()).isEqualTo(ExitCode.DONE);
        assertThat(show.out()).startsWith("contoso/shifts after entry 2").contains("status").contains("DRAFT");
        assertThat(run("replay", "show", "contoso/shifts", "--at", "2020-01-01T00:00Z").err())
                .isEqualToIgnoringNewLines("offerflow: The journal has no entry of offer contoso/shifts up to"
                        + " 2020-01-01T00:00Z.");

        CommandLineRun told = run("replay", "explain", "contoso/shifts");
        assertThat(told.exitCode()).as(told.err()).isEqualTo(ExitCode.DONE);
        assertThat(told.out()).contains("asked    CreateOffer: offer type \"SAAS\", alias \"Shift planner\" by test")
                .contains("decided  ACCEPTED", "by rule  O1: An offer is created").contains("happened OfferCreated")
                .contains("changed  status: none -> DRAFT").contains("sent     command-outcomes, offer-status")
                .contains("decided  REJECTED SECTIONS_INCOMPLETE", "by rule  O3: A draft is submitted when")
                .contains("happened problem in OFFER_SETUP: expected");
        assertThat(run("replay", "explain", "contoso/shifts", "-o", "json").outLines()).hasSize(2).first().asString()
                .contains("\"rules\":[\"O1\"]");
    }

    @Test
    void theDocumentShowsWhatExplainPrints() throws IOException {
        Matcher block = Pattern.compile("(?s)```\\R(20\\d\\d-.*?)```")
                .matcher(Files.readString(Path.of("..", "docs", "replay.md")));
        assertThat(block.find()).as("an example of explain in docs/replay.md").isTrue();
        assertThat(even(run("replay", "explain", "contoso/shifts").out())).startsWith(even(block.group(1)));
    }

    /** Without times, places and builds, which differ each time. */
    private static String even(String told) {
        return told.replaceAll("20\\d\\d-[0-9T:.-]+Z", "WHEN").replaceAll("offer-journal-\\d+@\\d+", "PLACE")
                .replaceAll("build \\S+", "build");
    }

    @Test
    void whatIfAnswersWithSixWhereSomethingDiffersAndWritesAReport() throws IOException {
        assertThat(run("replay", "what-if").exitCode()).isEqualTo(ExitCode.DONE);

        Path page = folder.resolve("report.html");
        CommandLineRun run = run("replay", "what-if", "--with", "limit.alias=50", "--html", page.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DIFFERENT);
        assertThat(run.out()).contains("contoso/other\n").contains("CreateOffer, accepted then, refused now")
                .contains("limit.alias: 120 then, 50 now").contains("1 of 3 decisions differ, of 1 offers.")
                .doesNotContain("contoso/shifts");
        assertThat(Files.readString(page)).contains("1 of 3 decisions would have been different")
                .contains("contoso/other").contains("<td>limit.alias</td><td>120</td><td>50</td>")
                .doesNotContain("<script");
        assertThat(run("replay", "what-if", "--with", "limit.alias=50", "-o", "json").out())
                .contains("\"total\":1").contains("\"NOW_REFUSED\":1").contains("\"offer\":\"contoso/other\"");
    }

    @Test
    void anotherBuildIsAskedInAProcessOfItsOwn() throws IOException {
        Path other = jar();
        // a JVM that has to start while others are at work may find the broker slow the first time
        await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
            CommandLineRun run = run("replay", "what-if", "--jar", other.toString(), "--with", "limit.alias=50");
            assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DIFFERENT);
            assertThat(run.out()).contains("1 of 3 decisions differ");
        });
        assertThat(run("replay", "what-if", "--jar", "nowhere.jar").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void replaysBeginFromASnapshotAndSaySo() throws IOException {
        String directory = folder.resolve("snapshots").toString();
        CommandLineRun written = run("replay", "snapshot", "--snapshots", directory, "--keep", "2");
        assertThat(written.exitCode()).as(written.err()).isEqualTo(ExitCode.DONE);
        Path snapshot = Path.of(written.out().strip());
        assertThat(snapshot.resolve("manifest.json")).exists();
        assertThat(written.err()).contains("2 offers, ");
        String begun = "from snapshot " + snapshot.getFileName() + ".";

        for (List<String> verb : List.of(List.of("rebuild"), List.of("rebuild", "--verify"),
                List.of("show", "contoso/shifts"), List.of("what-if", "--from", "2100-01-01T00:00Z"))) {
            CommandLineRun expected = run(arguments(verb));
            CommandLineRun found = run(arguments(verb, "--snapshots", directory));
            assertThat(found.exitCode()).as(found.err()).isEqualTo(ExitCode.DONE);
            assertThat(found.err()).as("%s", verb).contains(begun);
            assertThat(withoutEntries(found.out())).as("%s", verb).isEqualTo(withoutEntries(expected.out()));
            assertThat(run(arguments(verb, "--snapshots", directory, "--from-beginning")).err())
                    .doesNotContain("snapshot");
        }
        CommandLineRun status = run("status", "contoso/shifts", "--at", "2100-01-01T00:00Z", "--snapshots", directory);
        assertThat(status.exitCode()).as(status.err()).isEqualTo(ExitCode.DONE);
        assertThat(status.err()).contains(begun);
        assertThat(run("replay", "what-if", "--snapshots", directory).err()).contains("from the beginning; --from");
        CommandLineRun verified = run("replay", "snapshot", "--snapshots", directory, "--verify");
        assertThat(verified.exitCode()).as(verified.err()).isEqualTo(ExitCode.DONE);
        assertThat(verified.out()).contains("the same");
        assertThat(verified.err()).contains(begun).contains("gives the state from the beginning");

        Files.writeString(snapshot.resolve("SHA256SUMS"), "");
        CommandLineRun damaged = run("replay", "rebuild", "--snapshots", directory);
        assertThat(damaged.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(damaged.err()).contains("Snapshot " + snapshot.getFileName() + " is damaged: ")
                .contains("replay with --from-beginning");
        assertThat(run("replay", "rebuild", "--snapshots", directory, "--from-beginning").exitCode())
                .isEqualTo(ExitCode.DONE);
    }

    private static String[] arguments(List<String> verb, String... options) {
        return Stream.of(Stream.of("replay"), verb.stream(), Stream.of(options)).flatMap(part -> part)
                .toArray(String[]::new);
    }

    /** A rebuild prints how many entries it has read, which are fewer from a snapshot. */
    private static String withoutEntries(String told) {
        return told.replaceAll("(?m)^(\\d+) +\\d+ ", "$1 ");
    }

    /** A jar as a build makes it: nothing but where its classes are. */
    private static Path jar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "io.offerflow.cli.Offerflow");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, Stream.of(System.getProperty("java.class.path")
                .split(File.pathSeparator)).map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
        Path jar = folder.resolve("other.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    @Test
    void whatWritesIsADryRunUntilToldOtherwise() {
        CommandLineRun dry = run("replay", "republish", "--topics", "offer-status", "--to-prefix", "again-");
        assertThat(dry.exitCode()).as(dry.err()).isEqualTo(ExitCode.DONE);
        assertThat(dry.out()).containsPattern("again-offer-status +2");
        assertThat(dry.err()).contains("Nothing was written: that takes --execute.");
        assertThat(run("replay", "republish", "--topics", "offer-status", "--to-prefix", "again-").out())
                .as("it was not written").isEqualTo(dry.out());

        assertThat(run("replay", "rebuild", "--to-prefix", "state-").err()).contains("Would write state-offers and"
                + " state-contents. Nothing was written");
        // the service does not leave its group when it stops: its session has to end first
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            CommandLineRun generation = run("replay", "new-generation", "--new-application-id", "offerflow-2");
            assertThat(generation.exitCode()).as(generation.err()).isEqualTo(ExitCode.DONE);
            assertThat(generation.out()).contains("topic offerflow-2-offers-changelog").contains("begins at offset")
                    .contains("the way back");
        });
        CommandLineRun retry = run("replay", "retry");
        assertThat(retry.exitCode()).as(retry.err()).isEqualTo(ExitCode.DONE);
        assertThat(retry.err()).contains("0 of 0 can be put back. Nothing was written");
    }

    @Test
    void republishedTopicsAreRefusedOnceTheyHoldSomething() {
        assertThat(run("replay", "republish", "--topics", "plan-status,storefront,offer-status", "--to-prefix", "once-",
                "--execute").exitCode()).isEqualTo(ExitCode.DONE);
        CommandLineRun again = run("replay", "republish", "--topics", "offer-status", "--to-prefix", "once-",
                "--execute");
        assertThat(again.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(again.err()).contains("Topic once-offer-status is not empty; delete it, or choose another name");
    }

    @Test
    void mistakesOfTheCommandLineAreToldInASentence() {
        for (List<String> mistake : List.of(List.of("rebuild", "--at", "yesterday"), List.of("show", "shifts"),
                List.of("republish", "--topics", "quarantine"), List.of("rebuild", "--verify", "--out", "x"),
                List.of("rebuild", "--memory", "much"), List.of("retry", "--with-value", "x"), List.of("snapshot"),
                List.of("snapshot", "--snapshots", "x", "--at", "2026-11-01T00:00Z"),
                List.of("what-if", "--from", "yesterday"))) {
            CommandLineRun run = run(Stream.concat(Stream.of("replay"), mistake.stream()).toArray(String[]::new));
            assertThat(run.exitCode()).as("%s: %s", mistake, run.err()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).doesNotContain("Exception");
        }
        assertThat(run("replay", "what-if", "--with", "stop.sell.delya=PT1H").err()).contains("did you mean"
                + " \"stop.sell.delay\"?");
        assertThat(run("replay", "what-if", "--with", "http.port=1").err())
                .contains("http.port is not a setting of the rules");
    }

    @Test
    void aBarShowsHowFarItIs() {
        assertThat(run("replay", "rebuild", "--progress").err()).contains("replaying").contains("100%");
    }

    @Test
    void everyVerbSaysWhatItReadsAndWrites() {
        for (String verb : List.of("rebuild", "show", "explain", "what-if", "republish", "new-generation", "retry",
                "snapshot")) {
            CommandLineRun help = CommandLineRun.of("replay", verb, "--help");
            assertThat(help.exitCode()).isZero();
            assertThat(help.out()).as(verb).contains("Reads:").contains("Writes");
        }
    }

    private static CommandLineRun run(String... arguments) {
        return CommandLineRun.of(Stream.concat(Stream.of(arguments), Stream.of("--bootstrap-servers",
                sandbox.bootstrapServers(), "--registry-url", sandbox.registryUrl())).toArray(String[]::new));
    }

    private static String line(String offer, String payload) {
        return "{\"topic\": \"offer-commands\", \"value\": {\"publisherId\": \"contoso\", \"offerId\": \"" + offer
                + "\", \"actor\": \"test\", \"payload\": " + payload + "}}";
    }
}
