package io.offerflow.cli.replay;

import io.offerflow.cli.console.ExitCode;
import io.offerflow.replay.fold.JsonLinesSink;
import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.fold.Verify;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayStats;
import io.offerflow.replay.write.RebuildToTopics;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The state, made anew. */
@Command(name = "rebuild", description = {"Make the state of all offers anew from the journal: now, at an instant, or at"
    + " an entry.", "Prints a SHA-256 of each partition's state."},
        footer = {"", "Reads: offer-journal; with --verify the service's changelogs.",
            "Writes: a file with --out; with --to-prefix and --execute topics of its own, which have to be empty.",
            "Stops at the first entry that is missing, damaged or newer than this release, and writes nothing then.",
            "", "offerflow replay rebuild --at 2026-11-01T00:00Z --out november.jsonl",
            "offerflow replay rebuild --verify"})
final class RebuildCommand extends ReplayVerb {

    /** Up to where. */
    static final class RebuildPoint {
        @Option(names = "--at", paramLabel = "INSTANT|PARTITION:OFFSET", description = "Up to a time, each offer by its"
                + " own clock; or up to and with an entry, several times for several partitions.")
        private List<String> at = List.of();

        @Option(names = "--latest", description = "Up to the end (the default).")
        private boolean latest;
    }

    @ArgGroup
    private RebuildPoint upto = new RebuildPoint();

    @Option(names = "--out", paramLabel = "FILE", description = "Write JSON Lines, one offer a line; replaced when all is"
            + " there.")
    private Optional<Path> out;

    @Option(names = "--to-prefix", paramLabel = "PREFIX", description = "Write topics PREFIXoffers and PREFIXcontents, as"
            + " the service's stores have them.")
    private Optional<String> prefix;

    @Option(names = "--verify", description = "Compare with the state that the service has; exit code 6 if it differs.")
    private boolean verify;

    @Option(names = "--application-id", defaultValue = "offerflow",
            description = "The service's application.id, for --verify (${DEFAULT-VALUE}).")
    private String applicationId;

    @Option(names = "--execute", description = "With --to-prefix: write. Otherwise it is only checked and told.")
    private boolean execute;

    @Override
    int run(KafkaReplayCluster clients, ReplayOptions options) throws Exception {
        ReplayBound until = until();
        if (verify && (!(until instanceof ReplayBound.Latest) || out.isPresent() || prefix.isPresent())) {
            throw usage("--verify compares the latest state, and goes with neither --at, --out nor --to-prefix");
        }
        if (verify) {
            return verify(clients, options);
        }
        long begun = System.nanoTime();
        report(prefix.isPresent() ? toTopics(clients, options, until) : rebuilt(clients, options, until), begun,
                options);
        return ExitCode.DONE;
    }

    private ReplayBound until() {
        try {
            return ReplayPointParser.until(upto.at);
        } catch (IllegalArgumentException e) {
            throw usage("%s", e.getMessage());
        }
    }

    private Rebuild.RebuildResult rebuilt(KafkaReplayCluster clients, ReplayOptions options, ReplayBound until) throws Exception {
        Rebuild rebuild = new Rebuild(clients.journal(), clients.registry(), options);
        if (out.isEmpty()) {
            return rebuild.run(until, Optional.empty());
        }
        try (JsonLinesSink lines = new JsonLinesSink(out.get())) {
            return rebuild.run(until, Optional.of(lines));
        }
    }

    private Rebuild.RebuildResult toTopics(KafkaReplayCluster clients, ReplayOptions options, ReplayBound until) throws Exception {
        RebuildToTopics topics = new RebuildToTopics(clients, options);
        if (execute) {
            return topics.run(prefix.get(), until);
        }
        err().printf("Would write %s. Nothing was written: that takes --execute.%n",
                String.join(" and ", topics.plan(prefix.get())));
        return rebuilt(clients, options, until);
    }

    private int verify(KafkaReplayCluster clients, ReplayOptions options) throws Exception {
        long begun = System.nanoTime();
        Verify.VerifyResult result = new Verify(clients, options, applicationId).run();
        report(new Rebuild.RebuildResult(result.parts()), begun, options);
        result.findings().forEach(finding -> finding.differences().forEach(difference ->
                out().printf("%s: %s%n", finding.offer(), difference)));
        out().flush();
        if (!result.unsettled().isEmpty()) {
            err().printf("Partitions %s never stood still; what is told of them may be on its way only.%n",
                    result.unsettled());
        }
        err().printf(result.findings().isEmpty() ? "The service's state is what the journal says.%n"
                : "%,d offers differ.%n", result.findings().size());
        err().flush();
        return result.findings().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private void report(Rebuild.RebuildResult result, long begun, ReplayOptions options) {
        out().printf("%-10s %12s %10s  %s%n", "partition", "entries", "offers", "sha-256");
        result.parts().forEach(part -> out().printf("%-10d %12d %10d  %s%n", part.partition(), part.stats().entries(),
                part.stats().offers(), part.sha256()));
        out().flush();
        ReplayStats totals = result.totals();
        double seconds = (System.nanoTime() - begun) / 1e9;
        err().printf("%,d offers of %,d entries in %.1f s, %,.0f entries/s; states took at most %,d of %,d MiB a"
                + " partition, %d of %d partitions went to disk.%n", totals.offers(), totals.entries(), seconds,
                totals.entries() / seconds, totals.peakMemory() >> 20,
                options.memory() / Math.max(1, Math.min(options.threads(), result.parts().size())) >> 20,
                totals.spilled(), result.parts().size());
        err().flush();
    }
}
