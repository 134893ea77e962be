package io.offerflow.cli.replay;

import io.offerflow.cli.console.ApplicationIdOption;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.replay.fold.JsonLinesSink;
import io.offerflow.replay.fold.Rebuild.RebuildResult;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rebuilds the state of all offers from the journal. */
@Command(name = "rebuild", description = {"Rebuild the state of all offers from the journal: now, at an instant, or at"
    + " an entry.", "Prints a SHA-256 of the state of each partition."},
        footer = {"", "Reads: offer-journal; with --verify the service's changelogs.",
            "Writes: a file with --out; new topics with --to-prefix and --execute, which have to be empty.",
            "Stops at the first entry that is missing, damaged or newer than this release, and writes nothing then.",
            "", "offerflow replay rebuild --at 2026-11-01T00:00Z --out november.jsonl",
            "offerflow replay rebuild --verify"})
final class RebuildCommand extends ReplayVerb {

    /** The options for the end of the rebuild. */
    static final class RebuildPoint {
        @Option(names = "--at", paramLabel = "INSTANT|PARTITION:OFFSET", description = "Up to a time, each offer by its"
                + " clock; or up to an entry and including it, once per partition.")
        private List<String> at = List.of();

        @Option(names = "--latest", description = "Up to the end (the default).")
        private boolean latest;
    }

    @ArgGroup
    private RebuildPoint point = new RebuildPoint();

    @Option(names = "--out", paramLabel = "FILE", description = "Write JSON Lines, one offer per line; an existing file"
            + " is replaced at the end.")
    private Optional<Path> out;

    @Option(names = "--to-prefix", paramLabel = "PREFIX", description = "Write topics PREFIXoffers and PREFIXcontents,"
            + " in the form of the service's stores.")
    private Optional<String> prefix;

    @Option(names = "--verify", description = "Compare with the state of the service; exit code 6 if it differs.")
    private boolean verify;

    @Mixin
    private SnapshotOptions snapshots;

    @Mixin
    private ApplicationIdOption application;

    @Mixin
    private ExecuteOption execute;

    @Override
    int run(KafkaReplayCluster clients, ReplayOptions resources) throws Exception {
        ReplayBound until = until();
        if (verify && (!(until instanceof ReplayBound.Latest) || out.isPresent() || prefix.isPresent())) {
            throw usage("--verify compares the latest state, and goes with neither --at, --out nor --to-prefix");
        }
        ReplayOptions options = beginning(snapshots, clients, resources);
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
            return ReplayPointParser.until(point.at);
        } catch (IllegalArgumentException e) {
            throw usage("%s", e.getMessage());
        }
    }

    private RebuildResult rebuilt(KafkaReplayCluster clients, ReplayOptions options, ReplayBound until)
            throws Exception {
        Rebuild rebuild = new Rebuild(clients.journal(), clients.registry(), options);
        if (out.isEmpty()) {
            return rebuild.run(until, Optional.empty());
        }
        try (JsonLinesSink lines = new JsonLinesSink(out.get())) {
            return rebuild.run(until, Optional.of(lines));
        }
    }

    private RebuildResult toTopics(KafkaReplayCluster clients, ReplayOptions options, ReplayBound until)
            throws Exception {
        RebuildToTopics topics = new RebuildToTopics(clients, options);
        if (execute.isGiven()) {
            return topics.run(prefix.get(), until);
        }
        tell("Would write %s. " + ExecuteOption.NOTHING_WRITTEN, String.join(" and ", topics.plan(prefix.get())));
        return rebuilt(clients, options, until);
    }

    private int verify(KafkaReplayCluster clients, ReplayOptions options) throws Exception {
        long begun = System.nanoTime();
        Verify.VerifyResult result = new Verify(clients, options, application.id()).run();
        report(new RebuildResult(result.parts()), begun, options);
        result.findings().forEach(finding -> finding.differences().forEach(difference ->
                out().printf("%s: %s%n", finding.offer(), difference)));
        out().flush();
        if (!result.unsettled().isEmpty()) {
            tell("Partitions %s changed all the time; their differences may be updates that are still on their way.",
                    result.unsettled());
        }
        tell(result.findings().isEmpty() ? "The service's state is what the journal says." : "%,d offers differ.",
                result.findings().size());
        return result.findings().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private void report(RebuildResult result, long begun, ReplayOptions options) {
        out().printf("%-10s %12s %10s  %s%n", "partition", "entries", "offers", "sha-256");
        result.parts().forEach(part -> out().printf("%-10d %12d %10d  %s%n", part.partition(), part.stats().entries(),
                part.stats().offers(), part.sha256()));
        out().flush();
        ReplayStats totals = result.totals();
        double seconds = (System.nanoTime() - begun) / 1e9;
        tell("%,d offers of %,d entries in %.1f s, %,.0f entries/s; state took at most %,d of %,d MiB per partition,"
                + " %d of %d partitions went to disk.", totals.offers(), totals.entries(), seconds,
                totals.entries() / seconds, totals.peakMemory() >> 20,
                options.memory() / Math.max(1, Math.min(options.threads(), result.parts().size())) >> 20,
                totals.spilled(), result.parts().size());
    }
}
