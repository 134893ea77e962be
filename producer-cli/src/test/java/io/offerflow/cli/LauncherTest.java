package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;
import static org.junit.jupiter.api.condition.OS.MAC;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher's search for a JDK among made-up ones; a JDK is a folder with bin/java and a release file. */
@EnabledOnOs({LINUX, MAC})
class LauncherTest {

    private record Answer(int exitCode, String out, String err) {
    }

    @TempDir
    private Path folder;

    @Test
    void aJavaHomeThatIsNewEnoughIsTaken() throws Exception {
        Path given = jdk("given", "21.0.4");
        assertThat(search(given.toString(), "", jdk("other", "25").toString()).out()).isEqualTo(given.toString());
    }

    @Test
    void aJavaHomeThatIsTooOldIsPassedOver() throws Exception {
        Path newer = jdk("newer", "25.0.1");
        assertThat(search(jdk("given", "17.0.9").toString(), "", newer.toString()).out()).isEqualTo(newer.toString());
    }

    @Test
    void theJavaOnThePathComesBeforeTheUsualFolders() throws Exception {
        Path onPath = jdk("on path", "22");
        assertThat(search("", onPath.resolve("bin").toString(), jdk("usual", "25").toString()).out())
                .isEqualTo(onPath.toString());
    }

    @Test
    void aLinkOnThePathIsFollowedToItsJdk() throws Exception {
        Path real = jdk("real", "21");
        Path bin = Files.createDirectory(folder.resolve("linked"));
        Files.createSymbolicLink(bin.resolve("java"), real.resolve("bin").resolve("java"));
        assertThat(search("", bin.toString(), "").out()).isEqualTo(real.toString());
    }

    @Test
    void aJdkWithoutReleaseFileIsAskedForItsVersion() throws Exception {
        Path asked = jdk("asked", "23.0.1");
        Files.delete(asked.resolve("release"));
        assertThat(search("", "", asked.toString()).out()).isEqualTo(asked.toString());
    }

    @Test
    void theVersionsOfOldSchemesAreUnderstood() throws Exception {
        assertThat(search("", "", jdk("eight", "1.8.0_392").toString()).exitCode()).isEqualTo(1);
    }

    @Test
    void withoutAnyItSaysInOneSentenceWhatToDo() throws Exception {
        Answer answer = search("", "", jdk("old", "17.0.9") + "\n" + folder.resolve("absent"));
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).startsWith("offerflow: needs a JDK of version 21 or newer and found none")
                .contains("JAVA_HOME").hasLineCount(1);
    }

    @Test
    void javaGetsALocaleOfUtf8UnlessTheUserHasChosenAnEncoding() throws Exception {
        Path launcher = launcher();
        Path jdk = jdk("says", "25.0.1");
        Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\necho \"locale=$LC_ALL\"\n");
        for (String poor : new String[] {"C", "POSIX", "", "xx_YY.UTF-8"}) {
            assertThat(locale(launcher, jdk, poor)).as(poor).isEqualTo("locale=C.UTF-8");
        }
        assertThat(locale(launcher, jdk, "C.utf8")).isEqualTo("locale=C.utf8");
    }

    @Test
    void aLongRunningVerbStartsFromItsCacheIfThatIsNewerThanTheJar() throws Exception {
        Path launcher = launcher();
        Path target = launcher.resolveSibling("producer-cli/target");
        Path jdk = jdk("prints", "25.0.1");
        Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\necho \"$*\"\n");
        String cache = "-XX:AOTCache=" + Files.writeString(target.resolve("offerflow-prints.aot"), "").toRealPath();
        assertThat(run(launcher, jdk, "C.utf8", "up")).contains("-XX:+UseParallelGC", cache);
        assertThat(run(launcher, jdk, "C.utf8", "status")).contains("-XX:+UseSerialGC").doesNotContain(cache);
        Files.setLastModifiedTime(target.resolve("offerflow.jar"), FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run(launcher, jdk, "C.utf8", "up")).contains("-XX:+UseParallelGC").doesNotContain(cache);
    }

    /** A copy of the launcher in a project that is built. */
    private Path launcher() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home/producer-cli/target")).getParent().getParent();
        Files.writeString(home.resolve("pom.xml"), "");
        Files.writeString(home.resolve("producer-cli/target/offerflow.jar"), "");
        return Files.copy(Path.of("..", "offerflow"), home.resolve("offerflow"));
    }

    private static String locale(Path launcher, Path jdk, String locale) throws Exception {
        return run(launcher, jdk, locale, "--version");
    }

    private static String run(Path launcher, Path jdk, String locale, String verb) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", launcher.toString(), verb)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().put("LC_ALL", locale);
        builder.environment().put("JAVA_HOME", jdk.toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return out.strip();
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private Answer search(String javaHome, String pathFolder, String usualFolders) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", Path.of("..", "offerflow").toString(), "--version");
        builder.environment().put("JAVA_HOME", javaHome);
        builder.environment().put("OFFERFLOW_JDK_FOLDERS", usualFolders);
        builder.environment().put("OFFERFLOW_SHOW_JDK", "yes");
        builder.environment().put("PATH", pathFolder + ":" + toolsWithoutJava());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Answer(process.exitValue(), out.strip(), err.strip());
    }

    /** A folder with the tools that the search uses, since the usual ones may hold a java, too. */
    private String toolsWithoutJava() throws IOException {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : new String[] {"dirname", "readlink", "grep"}) {
            Path usual = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            Path call = Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec " + usual + " \"$@\"\n");
            assertThat(call.toFile().setExecutable(true)).isTrue();
        }
        return tools.toString();
    }
}
