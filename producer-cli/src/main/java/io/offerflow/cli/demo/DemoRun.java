package io.offerflow.cli.demo;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.Sender;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.feed.Feed;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.render.EventNarrator;
import io.offerflow.cli.simulator.PipelineSimulator;
import io.offerflow.cli.simulator.StepDelay;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** One performance: simulator, watcher and publishers at work until every publisher has come to its end. */
final class DemoRun {

    private static final int STEP_TAKES_PACES = 2;

    private final DemoOptions options;
    private final Cluster cluster;
    private final List<Feed> feeds;
    private final ObservedState sightings;
    private final DemoCounts tally = new DemoCounts();
    private final AtomicInteger steps = new AtomicInteger();
    private final long startedAt = System.nanoTime();
    private final EventNarrator story;

    DemoRun(DemoOptions options, Cluster cluster, List<Feed> feeds, ObservedState sightings, PrintWriter out,
            Terminal terminal) {
        this.options = options;
        this.cluster = cluster;
        this.feeds = feeds;
        this.sightings = sightings;
        int widest = feeds.stream().flatMap(feed -> feed.messages().stream()).map(Message::key)
                .mapToInt(String::length).max().orElse(0);
        this.story = new EventNarrator(out, terminal, widest,
                () -> "%5.1f s".formatted(elapsed().toMillis() / 1000.0));
    }

    DemoResult run() throws InterruptedException {
        Background background = new Background(sightings::end);
        StepDelay delay = StepDelay.fixed(options.pace().multipliedBy(STEP_TAKES_PACES), new Random(options.seed()));
        try (OutputWatcher watcher = new OutputWatcher(cluster, story, tally, sightings);
                PipelineSimulator simulator = new PipelineSimulator(cluster, PipelineSimulator.GROUP, delay,
                        (request, failed) -> steps.incrementAndGet())) {
            Thread watching = background.start("demo-watcher", watcher::run);
            Thread simulating = background.start("demo-simulator", simulator::run);
            List<PublisherThread> cast = feeds.stream().map(feed -> act(background, feed)).toList();
            awaitAll(cast);
            simulator.stop();
            Background.join(simulating);
            watcher.finish();
            Background.join(watching);
            return playbill(cast, background);
        }
    }

    /** A publisher at work. */
    private record PublisherThread(PublisherFeed publisher, Thread thread, List<PublisherFeed.FeedEnd> end) {
    }

    private PublisherThread act(Background background, Feed feed) {
        Sender sender = new Sender(cluster);
        PublisherFeed publisher = new PublisherFeed(feed, sightings, sender, options.pace());
        List<PublisherFeed.FeedEnd> end = new ArrayList<>();
        Thread thread = background.start("demo-" + feed.name(), () -> {
            try (sender) {
                end.add(publisher.play());
            }
        });
        return new PublisherThread(publisher, thread, end);
    }

    private void awaitAll(List<PublisherThread> cast) throws InterruptedException {
        for (PublisherThread acting : cast) {
            Duration left = options.limit().minus(elapsed());
            if (left.isNegative() || !acting.thread().join(left)) {
                sightings.end();
                acting.thread().join();
            }
        }
    }

    private DemoResult playbill(List<PublisherThread> cast, Background background) {
        List<String> failed = new ArrayList<>();
        List<String> awaited = new ArrayList<>();
        cast.stream().flatMap(acting -> acting.end().stream()).forEach(end -> {
            switch (end) {
                case PublisherFeed.FeedEnd.Finished finished -> { }
                case PublisherFeed.FeedEnd.Failed hindered -> failed.add(hindered.sentence());
                case PublisherFeed.FeedEnd.Unfinished waiting -> awaited.add(waiting.awaited());
            }
        });
        int commands = cast.stream().mapToInt(acting -> acting.publisher().sent()).sum();
        return new DemoResult(elapsed(), commands, steps.get(), tally, failed, awaited, background.failure());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }
}
