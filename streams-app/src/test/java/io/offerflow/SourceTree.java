package io.offerflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files of the repository, for tests that hold names and prose together. */
final class SourceTree {

    static final Path ROOT = Path.of("..");

    private SourceTree() {
    }

    /** The main Java sources of all modules. */
    static Stream<Path> main() throws IOException {
        return files().filter(file -> file.toString().endsWith(".java") && slashed(file).contains("/src/main/java/"));
    }

    /** The test sources of all modules. */
    static Stream<Path> tests() throws IOException {
        return files().filter(file -> file.toString().endsWith(".java") && slashed(file).contains("/src/test/java/"));
    }

    /** Every file that is kept, without what builds make. */
    static Stream<Path> files() throws IOException {
        return Files.walk(ROOT).filter(Files::isRegularFile)
                .filter(file -> !slashed(file).contains("/target/") && !slashed(file).contains("/.git/")).sorted();
    }

    /** A path with slashes, whatever the file system's separator. */
    static String slashed(Path file) {
        return file.toString().replace('\\', '/');
    }
}
