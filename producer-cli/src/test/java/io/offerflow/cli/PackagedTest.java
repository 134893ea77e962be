package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.cli.console.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one jar that users get, once it is built: whole, and enough by itself. */
@Tag("packaged")
class PackagedTest {

    private static final Path BUILT = Path.of("target", "offerflow.jar");
    private static final Path OWN_CLASSES = Path.of("target", "plain", "offerflow.jar");
    private static final Path LIBRARIES = Path.of("target", "libraries.txt");

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    @BeforeEach
    void onlyTheJarIsThere() throws IOException {
        Files.copy(BUILT, folder.resolve("offerflow.jar"));
    }

    @Test
    void aloneInAFolderItTellsItsVersion() throws Exception {
        CommandLineRun result = run("--version").endsWith(ExitCode.DONE);
        assertThat(result.out()).matches("(?s)offerflow \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\RJava .*");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void aloneInAFolderItChecksCommandsAgainstTheSchemas() throws Exception {
        Path sample = Path.of("..", "samples", "contoso-shift-planner.jsonl").toAbsolutePath();
        CommandLineRun result = run("send", "--dry-run", "--ignore-after", sample.toString())
                .endsWith(ExitCode.DONE);
        assertThat(result.out()).contains("\tCreateOffer");
        assertThat(result.err()).contains("records are valid; nothing was sent.");
    }

    /** Kafka's clients, the codec and the log are there, and the log has found what writes it. */
    @Test
    void aloneInAFolderItSaysInOneSentenceThatThereIsNoBroker() throws Exception {
        CommandLineRun result = run("status", "--bootstrap-servers", "127.0.0.1:1").endsWith(ExitCode.FAILURE);
        assertThat(result.err()).contains("127.0.0.1:1").hasLineCount(1);
    }

    @Test
    void everythingThatTheLibrariesHoldIsInItByteForByte() throws IOException {
        try (PackagedJar program = new PackagedJar(BUILT)) {
            assertThat(program.entriesThatLackOrDiffer(parts())).isEmpty();
        }
    }

    @Test
    void everyServiceThatALibraryNamesIsNamedInItAndNoOther() throws IOException {
        try (PackagedJar program = new PackagedJar(BUILT)) {
            assertThat(program.services()).isEqualTo(PackagedJar.servicesOf(parts())).isNotEmpty();
        }
    }

    @Test
    void classesForNewerJavasAreUsed() throws IOException {
        try (PackagedJar program = new PackagedJar(BUILT)) {
            assertThat(program.attribute("Multi-Release")).isEqualTo("true");
        }
    }

    @Test
    void theLicencesOfTheLibrariesAndOursAreInIt() throws IOException {
        try (PackagedJar program = new PackagedJar(BUILT)) {
            assertThat(program.textsThatLack(parts())).isEmpty();
            assertThat(program.sameAs("META-INF/LICENSE", Path.of("..", "LICENSE"))).isTrue();
        }
    }

    /** What the jar was made of: the classes of this module, and the libraries that Maven found for it. */
    private static List<Path> parts() throws IOException {
        List<Path> libraries = Arrays.stream(Files.readString(LIBRARIES).strip().split(File.pathSeparator))
                .map(Path::of).toList();
        assertThat(libraries).hasSizeGreaterThan(50).allMatch(Files::isRegularFile);
        return Stream.concat(Stream.of(OWN_CLASSES), libraries.stream()).toList();
    }

    private CommandLineRun run(String... arguments) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-jar", "offerflow.jar"));
        command.addAll(Arrays.asList(arguments));
        Path out = elsewhere.resolve("out");
        Path err = elsewhere.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OFFERFLOW_"));
        builder.environment().put("OFFERFLOW_CLI_CONTEXTS", elsewhere.resolve("contexts.properties").toString());
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new CommandLineRun(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
