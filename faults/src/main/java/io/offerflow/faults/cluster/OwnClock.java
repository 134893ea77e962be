package io.offerflow.faults.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A wall clock for one process, set through a file by libfaketime, where it is installed. */
final class OwnClock {

    private static final Path USR_LIB = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

    private final Path library;
    private final Path file;

    private OwnClock(Path library, Path file) {
        this.library = library;
        this.file = file;
    }

    /** A clock that has the right time; empty if the library is not installed. */
    static Optional<OwnClock> of(Path file) {
        try (Stream<Path> folders = Files.list(USR_LIB)) {
            Optional<OwnClock> clock = folders.map(folder -> folder.resolve(LIBRARY)).filter(Files::isRegularFile)
                    .findFirst().map(library -> new OwnClock(library, file));
            clock.ifPresent(own -> own.set(Duration.ZERO));
            return clock;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What a process needs in its environment to use it; the monotonic clock stays. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "1", "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Sets the clock; it follows within a second. */
    void set(Duration ahead) {
        try {
            Files.writeString(file, "%+d%n".formatted(ahead.toSeconds()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
