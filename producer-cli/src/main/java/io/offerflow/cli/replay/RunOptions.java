package io.offerflow.cli.replay;

import io.offerflow.cli.console.CountOption;
import io.offerflow.cli.console.ProgressLine;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options for the resources of a replay and its progress line. */
final class RunOptions {

    @Option(names = "--threads", paramLabel = "NUMBER", converter = CountOption.class,
            description = "Partitions that are replayed at the same time (the number of processors).")
    private Optional<Integer> threads;

    @Option(names = "--memory", paramLabel = "SIZE", converter = Size.class,
            description = "Memory for state, such as 512m or 4g (half of the heap); the rest goes to disk.")
    private Optional<Long> memory;

    @Option(names = "--progress", negatable = true,
            description = "Show the progress (if standard output is a terminal).")
    private Optional<Boolean> progress;

    ReplayOptions options(Path temporary, ReplayProgress shown) {
        ReplayOptions defaults = ReplayOptions.defaults(temporary);
        return new ReplayOptions(threads.orElse(defaults.threads()), memory.orElse(defaults.memory()), temporary,
                shown);
    }

    ProgressLine progress(PrintWriter err) {
        return progress.orElseGet(() -> Boolean.getBoolean("offerflow.terminal"))
                ? ProgressLine.on(err, "replaying", " entries", 0, 0) : ProgressLine.none();
    }

    /** Reads a number of bytes with a unit. */
    static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            if (!text.matches("[0-9]{1,9}[kKmMgG]?")) {
                throw new TypeConversionException("\"%s\" is not a size such as 512m or 4g".formatted(text));
            }
            int shift = switch (Character.toLowerCase(text.charAt(text.length() - 1))) {
                case 'k' -> 10;
                case 'm' -> 20;
                case 'g' -> 30;
                default -> 0;
            };
            return Long.parseLong(shift == 0 ? text : text.substring(0, text.length() - 1)) << shift;
        }
    }
}
