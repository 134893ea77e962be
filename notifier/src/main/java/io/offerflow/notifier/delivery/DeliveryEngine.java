package io.offerflow.notifier.delivery;

import io.offerflow.avro.Coordinates;
import io.offerflow.avro.Delivery;
import io.offerflow.avro.DeliveryState;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.notifier.delivery.DeliveryBook.BookSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the events of the partitions that the consumer group assigns to it. One thread reads, decides and commits;
 * virtual threads send.
 *
 * <p>After each commit, every record before the committed offsets is delivered, given up, not wanted, or has a row that
 * says that it is pending. So a crash repeats the deliveries that were in flight or were not committed, and no others.
 */
public final class DeliveryEngine {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryEngine.class);

    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);
    /** Offsets without rows are committed less often: to read them again costs little. */
    private static final Duration OFFSETS_INTERVAL = Duration.ofSeconds(5);
    private static final int LARGE_COMMIT = 500;
    private static final Duration IDLE_POLL = Duration.ofMillis(50);
    private static final long BUSY_WAIT_MILLIS = 5;
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration SUMMARY_INTERVAL = Duration.ofSeconds(1);
    private static final Duration OLD_REPLAY = Duration.ofDays(7);
    private static final Duration OLD_TEST = Duration.ofMinutes(5);

    /** The state of the engine for health and metrics. */
    public record EngineState(Instant at, boolean ready, BookSummary book) {

        /** Before the first partitions are assigned. */
        static EngineState starting(Instant at) {
            return new EngineState(at, false, new BookSummary(0, 0, Optional.empty()));
        }

        /** Events that are in memory, on their way. */
        public int pending() {
            return book.pending();
        }

        /** Partitions of destinations that lag behind. */
        public int backlogs() {
            return book.backlogs();
        }

        /** Timestamp of the oldest event that is not delivered. */
        public Optional<Instant> oldest() {
            return book.oldest();
        }
    }

    private record FinishedTry(PendingDelivery delivery, DeliveryResult result) {
    }

    private record FinishedTest(Destination destination, Destination.TestRequest test, TopicPartition partition,
            DeliveryResult result) {
    }

    private final DestinationSource source;
    private final InstantSource clock;
    private final DeliveryBook book;
    private final Consumer<byte[], byte[]> consumer;
    private final RecordReader reader;
    private final DeliveryLog log;
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<FinishedTry> finished = new LinkedBlockingQueue<>();
    private final BlockingQueue<FinishedTest> finishedTests = new LinkedBlockingQueue<>();
    private final Set<PendingDelivery> inFlight = new HashSet<>();
    private final Set<String> tested = new HashSet<>();
    private final Set<Lane> served = new HashSet<>();
    private Destinations destinations;
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private long committedAt = System.nanoTime();
    private long summarizedAt = System.nanoTime() - SUMMARY_INTERVAL.toNanos();
    private boolean failed;
    private volatile EngineState state;
    private volatile boolean stopped;

    /**
     * An engine that has not read anything.
     *
     * @throws org.apache.kafka.common.KafkaException if the brokers do not let it begin
     */
    public DeliveryEngine(EngineClients clients, SchemaRegistry registry, DestinationSource source,
            RetryPolicy retries, InstantSource clock, RandomGenerator random, DeliveryListener listener) {
        this.source = source;
        this.clock = clock;
        this.destinations = source.current();
        this.book = new DeliveryBook(destinations, retries, random, listener);
        this.state = EngineState.starting(clock.instant());
        this.reader = new RecordReader(clients.reader());
        this.consumer = clients.member();
        try {
            this.log = new DeliveryLog(clients.producer(), reader, registry);
        } catch (RuntimeException e) {
            consumer.close();
            reader.close();
            throw e;
        }
    }

    /** The state before there is an engine. */
    public static EngineState starting(Instant at) {
        return EngineState.starting(at);
    }

    /** The newest state. */
    public EngineState state() {
        return state;
    }

    /** Makes {@link #run} return soon; may be called by any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Delivers until it is stopped, and commits what is done.
     *
     * @throws org.apache.kafka.common.KafkaException if a commit failed; another engine takes over from the last one
     */
    public void run() throws InterruptedException {
        failed = true; // unless it ends as it should
        subscribe();
        while (!stopped) {
            turn();
        }
        drain(inFlight);
        commit(book.partitions(), clock.instant());
        failed = false;
    }

    private void turn() throws InterruptedException {
        followDestinations();
        takeResults(inFlight.isEmpty() ? 0 : BUSY_WAIT_MILLIS);
        ConsumerRecords<byte[], byte[]> records = consumer.poll(isQuiet() ? IDLE_POLL : Duration.ZERO);
        Instant now = clock.instant();
        records.forEach(record -> book.take(OutgoingEvent.of(record), now));
        readBacklog();
        start(book.start(clock.instant()));
        commitIfDue();
        summarize();
    }

    private boolean isQuiet() {
        return inFlight.isEmpty() && finished.isEmpty() && served.isEmpty();
    }

    // destinations

    private void followDestinations() {
        Destinations now = source.current();
        if (now != destinations) {
            boolean otherTopics = !now.topics().equals(destinations.topics());
            List<Destination> unseen = now.all().stream().filter(one -> destinations.find(one.id()).isEmpty()).toList();
            destinations = now;
            book.update(now);
            unseen.forEach(this::begin);
            if (otherTopics) {
                subscribe();
            }
            book.partitions().forEach(this::replays);
            tests();
        }
    }

    /** Events that were read since the destination exists, but before it was known here, are its backlog. */
    private void begin(Destination destination) {
        List<TopicPartition> own = book.partitions().stream().filter(partition ->
                destination.topics().contains(Topic.named(partition.topic()).orElseThrow())).toList();
        reader.offsetsAt(own, destination.since()).forEach((partition, offset) -> {
            if (offset < consumer.position(partition)) {
                book.begin(partition, destination, offset);
            }
        });
    }

    private void subscribe() {
        List<String> topics = destinations.topics().stream().map(Topic::topicName).sorted().toList();
        if (topics.isEmpty()) {
            // a member without topics would leave the group; this one has little in it
            topics = List.of(Topic.NOTIFICATIONS.topicName());
        }
        consumer.subscribe(topics, new Rebalance());
    }

    private void replays(TopicPartition partition) {
        Topic topic = Topic.named(partition.topic()).orElseThrow();
        destinations.all().stream().filter(destination -> destination.topics().contains(topic))
                .forEach(destination -> destination.replay().filter(replay -> isNew(replay, partition, destination))
                        .ifPresent(replay -> book.replay(partition, destination, replay.id(),
                                reader.offsetAt(partition, replay.from())
                                        .filter(offset -> offset < consumer.position(partition)))));
    }

    private boolean isNew(Destination.ReplayRequest replay, TopicPartition partition, Destination destination) {
        return replay.requestedAt().isAfter(clock.instant().minus(OLD_REPLAY))
                && !book.replayed(partition, destination).equals(Optional.of(replay.id()));
    }

    /** The owner of one partition sends the test of a destination. */
    private void tests() {
        Instant now = clock.instant();
        destinations.all().forEach(destination -> destination.test()
                .filter(test -> test.requestedAt().isAfter(now.minus(OLD_TEST))).ifPresent(test ->
                        book.partitions().stream().filter(partition -> sendsTests(partition, destination)).findFirst()
                                .filter(partition -> tested.add(test.id())).ifPresent(partition ->
                                        test(destination, test, partition))));
    }

    private static boolean sendsTests(TopicPartition partition, Destination destination) {
        return partition.partition() == 0 && destination.topics().stream().map(Topic::topicName).sorted().findFirst()
                .equals(Optional.of(partition.topic()));
    }

    private void test(Destination destination, Destination.TestRequest test, TopicPartition partition) {
        EventRef ref = new EventRef(test.id(), Topic.named(partition.topic()).orElseThrow(), partition.partition(), -1,
                "", clock.instant());
        OutgoingEvent event = new OutgoingEvent(ref, Map.of("ce_type", TestEvent.TYPE), Optional.empty());
        senders.execute(() -> finishedTests.add(new FinishedTest(destination, test, partition,
                sent(destination, event))));
    }

    private void takeTests() {
        for (FinishedTest done = finishedTests.poll(); done != null; done = finishedTests.poll()) {
            if (book.partitions().contains(done.partition())) {
                Delivery row = TestEvent.row(done.destination().id(), done.test(), new Coordinates(
                        done.partition().topic(), done.partition().partition(), -1L), done.result(), clock.instant());
                book.rows(done.partition()).extra(row.getDestination() + "/" + row.getEventId(), row);
            }
        }
    }

    // sending

    private void start(List<PendingDelivery> deliveries) {
        for (PendingDelivery delivery : deliveries) {
            Optional<Destination> destination = destinations.find(delivery.destination());
            Optional<OutgoingEvent> content = delivery.content().or(() -> reader
                    .at(delivery.event.topicPartition(), delivery.event.offset()).map(OutgoingEvent::of));
            if (destination.isEmpty() || content.isEmpty()) {
                book.gone(delivery, clock.instant());
            } else {
                inFlight.add(delivery);
                senders.execute(() -> finished.add(new FinishedTry(delivery, sent(destination.get(), content.get()))));
            }
        }
    }

    private static DeliveryResult sent(Destination destination, OutgoingEvent event) {
        try {
            return destination.sender().send(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new DeliveryResult.Failed(FailureKind.CONNECTION_LOST, "the notifier was stopped");
        } catch (RuntimeException e) {
            LOG.error("cannot send {} to {} because of a defect in this release", event.ref().id(), destination.id(),
                    e);
            return new DeliveryResult.Failed(FailureKind.DEFECT, e.toString());
        }
    }

    private void takeResults(long waitMillis) throws InterruptedException {
        for (FinishedTry done = finished.poll(waitMillis, TimeUnit.MILLISECONDS); done != null;
                done = finished.poll()) {
            inFlight.remove(done.delivery());
            if (done.result() instanceof DeliveryResult.Ended ended) {
                destinations.find(done.delivery().destination())
                        .ifPresent(destination -> source.end(destination, ended.answer()));
            }
            book.finish(done.delivery(), done.result(), clock.instant());
        }
        takeTests();
    }

    /** Waits a while for tries that are running, so that their results are committed. */
    private void drain(Collection<PendingDelivery> running) throws InterruptedException {
        long deadline = System.nanoTime() + DRAIN.toNanos();
        while (System.nanoTime() < deadline && running.stream().anyMatch(inFlight::contains)) {
            takeResults(BUSY_WAIT_MILLIS);
        }
    }

    // reading

    private void readBacklog() {
        Optional<Lane> next = book.backlog(served);
        if (next.isEmpty()) {
            served.clear(); // the next round begins with the next turn
            return;
        }
        Lane lane = next.get();
        served.add(lane);
        RecordReader.ReadRecords read = reader.read(lane.partition, lane.backlog.orElseThrow());
        book.takeBacklog(lane, read.records().stream().map(OutgoingEvent::of).toList(), read.next(),
                consumer.position(lane.partition), clock.instant());
    }

    // commits

    private void commitIfDue() throws InterruptedException {
        List<PartitionRows> rows = book.partitions().stream().map(book::rows).toList();
        boolean clean = rows.stream().allMatch(PartitionRows::isClean);
        boolean large = rows.stream().mapToInt(PartitionRows::size).sum() >= LARGE_COMMIT;
        if (large || hasPassed(clean ? OFFSETS_INTERVAL : COMMIT_INTERVAL, committedAt)) {
            commit(book.partitions(), clock.instant());
            book.prune();
            committedAt = System.nanoTime();
        }
    }

    /** Commits the partitions in which something is new. */
    private void commit(Collection<TopicPartition> partitions, Instant now) throws InterruptedException {
        Map<TopicPartition, Long> positions = new HashMap<>();
        Map<TopicPartition, PartitionRows> rows = new HashMap<>();
        partitions.forEach(partition -> {
            long position = consumer.position(partition);
            PartitionRows changed = book.rows(partition);
            if (!changed.isClean() || committed.getOrDefault(partition, -1L) != position) {
                positions.put(partition, position);
                rows.put(partition, changed);
            }
        });
        if (!positions.isEmpty()) {
            log.commit(positions, rows, consumer.groupMetadata(), now);
            committed.putAll(positions);
        }
    }

    private void summarize() {
        if (hasPassed(SUMMARY_INTERVAL, summarizedAt)) {
            summarizedAt = System.nanoTime();
            boolean member = consumer.groupMetadata().generationId() >= 0;
            state = new EngineState(clock.instant(), member, book.summary());
        }
    }

    private static boolean hasPassed(Duration interval, long since) {
        return System.nanoTime() - since >= interval.toNanos();
    }

    /** Ends the clients, after {@link #run} has returned or failed; the member leaves its group. */
    public void close() {
        stopped = true;
        senders.shutdownNow();
        try (log; reader) {
            consumer.close();
        }
    }

    /** Takes over and gives up partitions. */
    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> places = consumer.committed(Set.copyOf(partitions));
            partitions.forEach(partition -> {
                Optional<OffsetAndMetadata> place = Optional.ofNullable(places.get(partition));
                log.restore(partition, place, book);
                consumer.seek(partition, firstOffset(partition, place));
                replays(partition);
            });
            tests();
        }

        /** The committed offset, or the first one that a destination may receive if that is later. */
        private long firstOffset(TopicPartition partition, Optional<OffsetAndMetadata> place) {
            Topic topic = Topic.named(partition.topic()).orElseThrow();
            long first = destinations.since(topic).flatMap(since -> reader.offsetAt(partition, since))
                    .orElseGet(() -> reader.end(partition));
            return place.map(known -> Math.max(known.offset(), first)).orElse(first);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                if (failed && stopped) {
                    return; // what was not committed is done again
                }
                List<TopicPartition> ours = partitions.stream().filter(book.partitions()::contains).toList();
                drain(inFlight.stream().filter(delivery -> ours.contains(delivery.event.topicPartition()))
                        .collect(Collectors.toCollection(ArrayList::new)));
                commit(ours, clock.instant());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                forget(partitions);
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            forget(partitions);
        }

        private void forget(Collection<TopicPartition> partitions) {
            partitions.forEach(book::revoke);
            committed.keySet().removeAll(partitions);
        }
    }
}
