package io.offerflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a test compares with what the code makes; {@code -Dgolden.update=true} writes them again. */
public final class Golden {

    private Golden() {
    }

    /**
     * Compares a text with a file of this module.
     *
     * @param meaning what a difference means and what to do about it
     */
    public static void check(String file, String actual, String meaning) {
        Path path = Path.of(file);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, actual);
            }
            assertThat(path).as("%s is missing; run the test once with -Dgolden.update=true", file).exists();
            assertThat(actual).as("%s differs. %s", file, meaning).isEqualTo(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or write " + path, e);
        }
    }
}
