package io.offerflow.cli.demo;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.Sender;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.feed.Feed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Plays the feeds of a directory into a running marketplace, in the background. */
public final class SamplePlayer implements AutoCloseable {

    private final ObservedState observed = new ObservedState();
    private final Background background = new Background(observed::end);
    private final OutputWatcher watcher;
    private final Consumer<String> notes;
    private final List<Thread> threads;

    private SamplePlayer(Cluster cluster, List<Feed> feeds, Duration pace, Consumer<String> notes) {
        this.notes = notes;
        this.watcher = new OutputWatcher(cluster, List.of(observed), () -> { });
        Thread watching = background.start("samples-watcher", watcher::run);
        List<Thread> publishers = feeds.stream().map(feed -> background.start("samples-" + feed.name(), () ->
                play(cluster, feed, pace))).toList();
        this.threads = List.of(watching, background.start("samples-end", () -> {
            for (Thread publisher : publishers) {
                publisher.join();
            }
            notes.accept(background.failure().map(why -> "The samples could not be played: " + why)
                    .orElse("The samples have been played."));
            watcher.finish();
        }));
    }

    /**
     * Starts to play.
     *
     * @param pace pause of a publisher before each command
     * @param notes takes sentences about the end of a feed
     * @throws CliFailure if the directory has no feeds
     */
    public static SamplePlayer start(Cluster cluster, Path directory, Duration pace, Consumer<String> notes)
            throws IOException {
        return new SamplePlayer(cluster, Feeds.in(directory), pace, notes);
    }

    private void play(Cluster cluster, Feed feed, Duration pace) throws InterruptedException {
        try (Sender sender = new Sender(cluster)) {
            switch (new PublisherFeed(feed, observed, sender, pace).run()) {
                case PublisherFeed.FeedEnd.Finished finished -> { }
                case PublisherFeed.FeedEnd.Failed failed -> notes.accept(failed.sentence() + ".");
                case PublisherFeed.FeedEnd.Unfinished unfinished -> notes.accept(unfinished.sentence() + ".");
            }
        }
    }

    @Override
    public void close() {
        observed.end();
        watcher.finish();
        try {
            for (Thread thread : threads) {
                Background.join(thread);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watcher.close();
    }
}
