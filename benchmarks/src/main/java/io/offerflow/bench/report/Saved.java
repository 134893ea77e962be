package io.offerflow.bench.report;

import io.offerflow.bench.result.Figures;
import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.ResultFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The saved results that the document is made of; a verb that was never run has none.
 *
 * @param notes what was tried and what stands in the way, written by people
 */
record Saved(Optional<Result> ladder, Optional<Result> latency, Optional<Result> peer, Optional<Result> recovery,
        Optional<Figures> replay, Optional<String> notes) {

    static Saved in(Path folder) {
        return new Saved(read(folder, "ladder"), read(folder, "latency"), read(folder, "peer"),
                read(folder, "recovery"), read(folder, "replay", Figures.class), notes(folder.resolve("notes.md")));
    }

    private static Optional<Result> read(Path folder, String verb) {
        return read(folder, verb, Result.class);
    }

    private static <T> Optional<T> read(Path folder, String verb, Class<T> form) {
        Path file = folder.resolve(verb + ".json");
        return Files.exists(file) ? Optional.of(ResultFile.read(file, form)) : Optional.empty();
    }

    private static Optional<String> notes(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
