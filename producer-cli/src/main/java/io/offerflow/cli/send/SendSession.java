package io.offerflow.cli.send;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.feed.FeedLines;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.send.InFlightSender.SendEnd;
import io.offerflow.cli.send.MessageSource.SourceItem;
import io.offerflow.contract.file.TextFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;

/** The progress of sending a file, over several runs if one was interrupted. */
final class SendSession {

    private static final Duration SAVE_EVERY = Duration.ofSeconds(2);
    /** How many lines after the checkpoint may have been sent: those done since it was saved, and those in flight. */
    static final int REACH = 2 * InFlightSender.WINDOW;
    private static final int PRIME = 31;

    private final FileSend.Request request;
    private final boolean answers;
    private final String cluster;
    private final Optional<Path> file;
    private final ResumeIndex alreadySent;
    private final int skip;
    private final SendCounts counts;
    private final TreeMap<String, Long> next;
    private int line;
    private int hash;
    private long savedAt = System.nanoTime();
    private int sinceSaved;

    private SendSession(FileSend.Request request, String cluster, boolean answers, Checkpoint from, ResumeIndex found) {
        this.request = request;
        this.cluster = cluster;
        this.answers = answers;
        this.file = request.resumable() ? Optional.of(Checkpoint.fileFor(request.path())) : Optional.empty();
        this.alreadySent = found;
        this.skip = from.line();
        this.line = from.line();
        this.hash = from.hash();
        this.counts = from.counts();
        this.next = from.next();
    }

    /**
     * Begins, or continues from a checkpoint.
     *
     * @throws CliFailure if the checkpoint is of another file, of another cluster or of a send with other options
     */
    static SendSession begin(FileSend.Request request, Cluster cluster, boolean answers, PrintWriter err)
            throws IOException {
        if (!request.resumable()) {
            return new SendSession(request, "", answers, fresh("", answers), ResumeIndex.nothing());
        }
        String id = cluster.id();
        Path file = Checkpoint.fileFor(request.path());
        Optional<Checkpoint> kept = request.startOver() ? Optional.empty() : Checkpoint.read(file);
        if (kept.isEmpty()) {
            Checkpoint start = fresh(id, answers);
            cluster.ends(request.check().topics()).forEach((partition, end) ->
                    start.next().put(Checkpoint.name(partition), end));
            SendSession session = new SendSession(request, id, answers, start, ResumeIndex.nothing());
            session.save();
            return session;
        }
        Checkpoint from = kept.get();
        requireSame(request, from, id, answers, file);
        ResumeIndex found = ResumeIndex.after(cluster, from, idsAfter(request, from.line()));
        err.printf("%s: continuing after line %d; %,d later lines were sent already.%n", request.name(), from.line(),
                found.size());
        return new SendSession(request, id, answers, from, found);
    }

    private static Checkpoint fresh(String cluster, boolean answers) {
        return new Checkpoint(cluster, answers, 0, 0, new SendCounts(), new TreeMap<>());
    }

    private static void requireSame(FileSend.Request request, Checkpoint from, String cluster, boolean answers,
            Path file) throws IOException {
        String wrong = !from.cluster().equals(cluster) ? "it was being sent to another cluster"
                : from.answers() != answers ? "it was being sent " + (from.answers() ? "with" : "without") + " --wait"
                : hashOf(request, from.line()) != from.hash() ? "its lines up to %d have changed".formatted(from.line())
                : "";
        if (!wrong.isEmpty()) {
            throw new CliFailure(ExitCode.USAGE, ("%s was sent in part before (%s), but %s: send it the same way, or"
                    + " send all of it again with --start-over.").formatted(request.name(), file.getFileName(), wrong));
        }
    }

    private static int hashOf(FileSend.Request request, int last) throws IOException {
        int hash = 0;
        try (FeedLines lines = open(request)) {
            for (Optional<SourceItem> item = FileSend.next(lines, request.name());
                    item.isPresent() && item.get().line() <= last; item = FileSend.next(lines, request.name())) {
                hash = PRIME * hash + item.get().textHash();
            }
        }
        return hash;
    }

    private static Set<String> idsAfter(FileSend.Request request, int last) throws IOException {
        Set<String> ids = new HashSet<>();
        int seen = 0;
        try (FeedLines lines = open(request)) {
            for (Optional<SourceItem> item = FileSend.next(lines, request.name());
                    item.isPresent() && seen <= REACH; item = FileSend.next(lines, request.name())) {
                if (item.get().line() > last) {
                    ids.add(item.get().message().commandId().toString());
                    seen++;
                }
            }
        }
        return ids;
    }

    private static FeedLines open(FileSend.Request request) throws IOException {
        return new FeedLines(request.name(), Files.newInputStream(request.path()), request.now());
    }

    ResumeIndex alreadySent() {
        return alreadySent;
    }

    SendCounts counts() {
        return counts;
    }

    /** The next message that is not done. */
    Optional<SourceItem> skipDone(FeedLines lines, UnaryOperator<Message> change) throws IOException {
        Optional<SourceItem> item = FileSend.next(lines, request.name());
        while (item.isPresent() && item.get().line() <= skip) {
            item = FileSend.next(lines, request.name());
        }
        return item.map(found -> new SourceItem(found.line(), change.apply(found.message()), found.textHash()));
    }

    /** Takes note that this message and all messages before it are finished. */
    void finished(InFlightMessage sent) {
        counts.add(sent);
        line = sent.line();
        hash = PRIME * hash + sent.textHash();
        sent.coordinates().ifPresent(at -> next.merge(Checkpoint.name(new TopicPartition(at.topic(), at.partition())),
                at.offset() + 1, Math::max));
        sinceSaved++;
        if (sinceSaved >= InFlightSender.WINDOW || System.nanoTime() - savedAt > SAVE_EVERY.toNanos()) {
            save();
        }
    }

    /** Saves the checkpoint, or deletes it if all lines are done. */
    void end(SendEnd end) throws IOException {
        if (end != SendEnd.DONE) {
            save();
        } else if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }

    private void save() {
        savedAt = System.nanoTime();
        sinceSaved = 0;
        file.ifPresent(target -> {
            try {
                new Checkpoint(cluster, answers, line, hash, counts, next).write(target);
            } catch (IOException e) {
                throw new CliFailure(ExitCode.FAILURE, "The progress cannot be saved in %s: %s.".formatted(target,
                        TextFiles.reason(e)), e);
            }
        });
    }
}
