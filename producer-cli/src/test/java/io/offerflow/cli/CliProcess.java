package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line in its own process, started as the launcher starts it. */
final class CliProcess {

    private static final int PATIENCE_SECONDS = 600;
    private static Path home;
    private static List<String> java = List.of();

    /** A process that runs. */
    record Started(Process process, Path out, Path err) {

        CommandLineRun result() throws IOException, InterruptedException {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("%s%n%s", Files.readString(out),
                    Files.readString(err)).isTrue();
            return new CommandLineRun(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    /** Runs it with a command of a shell after it, such as {@code > /dev/full}; the result has no output. */
    static CommandLineRun shell(String redirection, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(java());
        words.addAll(Arrays.asList(arguments));
        String command = words.stream().map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        Path err = Files.createTempFile(home, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command + " " + redirection)
                .redirectError(err.toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("OFFERFLOW_"));
        Process process = builder.start();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new CommandLineRun(process.exitValue(), "", Files.readString(err));
    }

    private CliProcess() {
    }

    static CommandLineRun run(String... arguments) throws IOException, InterruptedException {
        return start(List.of(), arguments).result();
    }

    /** @param options for Java, such as a limit to its memory */
    static Started start(List<String> options, String... arguments) throws IOException, InterruptedException {
        return start(options, Map.of(), arguments);
    }

    /** @param variables of the environment */
    static Started start(List<String> options, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java());
        command.addAll(1, options);
        command.addAll(Arrays.asList(arguments));
        Path out = Files.createTempFile(home, "out", ".txt");
        Path err = Files.createTempFile(home, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OFFERFLOW_"));
        builder.environment().put("OFFERFLOW_CLI_ACTOR", "somebody");
        builder.environment().put("OFFERFLOW_CLI_CONTEXTS", home.resolve("contexts.properties").toString());
        builder.environment().putAll(variables);
        return new Started(builder.start(), out, err);
    }

    /** Java with an archive of the classes that verbs need, which takes jars, no folders of classes. */
    private static synchronized List<String> java() throws IOException, InterruptedException {
        if (java.isEmpty()) {
            home = Files.createTempDirectory(Path.of("target"), "cli-process");
            List<String> jars = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                Path path = Path.of(entry);
                if (entry.isEmpty() || entry.endsWith("-tests.jar")) { // it configures the log for tests
                    continue;
                }
                if (Files.isRegularFile(path)) {
                    jars.add(entry);
                } else if (Files.isDirectory(path) && !path.endsWith("test-classes")) {
                    jars.add(jar(path, home.resolve("classes-" + jars.size() + ".jar")).toString());
                }
            }
            String archive = home.resolve("classes.jsa").toString();
            List<String> plain = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                    "-Djava.io.tmpdir=" + home, // a killed JVM leaves its native libraries
                    "-Xlog:disable", "-cp", String.join(File.pathSeparator, jars));
            List<String> training = new ArrayList<>(plain);
            training.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "io.offerflow.cli.Offerflow", "warm-up"));
            Process warmUp = new ProcessBuilder(training).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            assertThat(warmUp.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(warmUp.exitValue()).isZero();
            java = Stream.concat(plain.stream(), Stream.of("-XX:SharedArchiveFile=" + archive,
                    "io.offerflow.cli.Offerflow")).collect(Collectors.toList());
        }
        return java;
    }

    private static Path jar(Path folder, Path target) throws IOException {
        try (OutputStream bytes = Files.newOutputStream(target); JarOutputStream jar = new JarOutputStream(bytes);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
        return target;
    }
}
