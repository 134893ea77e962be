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

/** Runs the simulator, the watcher and the publishers until every feed is complete. */
final class DemoRun {

    private static final int STEP_TAKES_PACES = 2;

    private final DemoOptions options;
    private final Cluster cluster;
    private final List<Feed> feeds;
    private final ObservedState observed;
    private final DemoCounts counts = new DemoCounts();
    private final AtomicInteger steps = new AtomicInteger();
    private final long startedAt = System.nanoTime();
    private final EventNarrator narrator;

    DemoRun(DemoOptions options, Cluster cluster, List<Feed> feeds, ObservedState observed, PrintWriter out,
            Terminal terminal) {
        this.options = options;
        this.cluster = cluster;
        this.feeds = feeds;
        this.observed = observed;
        int widest = feeds.stream().flatMap(feed -> feed.messages().stream()).map(Message::key)
                .mapToInt(String::length).max().orElse(0);
        this.narrator = new EventNarrator(out, terminal, widest,
                () -> "%5.1f s".formatted(elapsed().toMillis() / 1000.0));
    }

    DemoResult run() throws InterruptedException {
        Background background = new Background(observed::end);
        StepDelay delay = StepDelay.fixed(options.pace().multipliedBy(STEP_TAKES_PACES), new Random(options.seed()));
        try (OutputWatcher watcher = new OutputWatcher(cluster, List.of(narrator, counts, observed),
                narrator::showPlans);
                PipelineSimulator simulator = new PipelineSimulator(cluster, PipelineSimulator.GROUP, delay,
                        (request, failed) -> steps.incrementAndGet())) {
            Thread watching = background.start("demo-watcher", watcher::run);
            Thread simulating = background.start("demo-simulator", simulator::run);
            List<PublisherThread> publishers = feeds.stream().map(feed -> start(background, feed)).toList();
            awaitAll(publishers);
            simulator.stop();
            Background.join(simulating);
            watcher.finish();
            Background.join(watching);
            return result(publishers, background);
        }
    }

    /** A publisher and the thread that it runs on; {@code ends} has one element when the feed has ended. */
    private record PublisherThread(PublisherFeed publisher, Thread thread, List<PublisherFeed.FeedEnd> ends) {
    }

    private PublisherThread start(Background background, Feed feed) {
        Sender sender = new Sender(cluster);
        PublisherFeed publisher = new PublisherFeed(feed, observed, sender, options.pace());
        List<PublisherFeed.FeedEnd> ends = new ArrayList<>();
        Thread thread = background.start("demo-" + feed.name(), () -> {
            try (sender) {
                ends.add(publisher.run());
            }
        });
        return new PublisherThread(publisher, thread, ends);
    }

    private void awaitAll(List<PublisherThread> publishers) throws InterruptedException {
        for (PublisherThread publisher : publishers) {
            Duration left = options.limit().minus(elapsed());
            if (left.isNegative() || !publisher.thread().join(left)) {
                observed.end();
                publisher.thread().join();
            }
        }
    }

    private DemoResult result(List<PublisherThread> publishers, Background background) {
        List<String> failed = new ArrayList<>();
        List<String> unfinished = new ArrayList<>();
        publishers.stream().flatMap(publisher -> publisher.ends().stream()).forEach(end -> {
            switch (end) {
                case PublisherFeed.FeedEnd.Finished finished -> { }
                case PublisherFeed.FeedEnd.Failed failure -> failed.add(failure.sentence());
                case PublisherFeed.FeedEnd.Unfinished waiting -> unfinished.add(waiting.sentence());
            }
        });
        int commands = publishers.stream().mapToInt(publisher -> publisher.publisher().sent()).sum();
        return new DemoResult(elapsed(), commands, steps.get(), counts, failed, unfinished, background.failure());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }
}
