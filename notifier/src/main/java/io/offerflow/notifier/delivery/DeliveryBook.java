package io.offerflow.notifier.delivery;

import io.offerflow.avro.DeadLetter;
import io.offerflow.avro.DeadLetterReason;
import io.offerflow.avro.Delivery;
import io.offerflow.avro.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * What is on its way, and what may be sent now. It knows neither Kafka nor a clock: the engine tells it what was read
 * and what was answered, and when. Not safe for use by several threads.
 */
final class DeliveryBook {

    /** Most events of one partition on their way to one destination; the rest is its backlog. */
    static final int LANE_CAPACITY = 1_000;

    /** With so many events in all lanes together, a lane takes only {@link #CROWDED_LANE_CAPACITY}. */
    static final int CROWDED = 50_000;
    static final int CROWDED_LANE_CAPACITY = 16;

    /** Most bytes of contents in memory; others are read again when they are sent. */
    private static final long MOST_CONTENT = 32 * 1024 * 1024;

    /** How much there is. */
    record BookSummary(int pending, int backlogs, Optional<Instant> oldest) {
    }

    private record AssignedPartition(PartitionRows rows, Map<String, Lane> lanes) {
    }

    private final Map<TopicPartition, AssignedPartition> partitions = new HashMap<>();
    private final Map<String, Throttle> throttles = new LinkedHashMap<>();
    private final RetryPolicy retries;
    private final RandomGenerator random;
    private final DeliveryListener listener;
    private Destinations destinations;
    private int pending;
    private long contentBytes;

    DeliveryBook(Destinations destinations, RetryPolicy retries, RandomGenerator random, DeliveryListener listener) {
        this.destinations = destinations;
        this.retries = retries;
        this.random = random;
        this.listener = listener;
    }

    // partitions

    /** Takes over a partition without anything pending. */
    PartitionRows assign(TopicPartition partition, long endOfRows) {
        PartitionRows rows = new PartitionRows(endOfRows);
        partitions.put(partition, new AssignedPartition(rows, new HashMap<>()));
        return rows;
    }

    /** Takes over what is pending, in the order of the events. */
    void restore(TopicPartition partition, EventRef event, Delivery row, long offset, Instant writtenAt) {
        Optional<Destination> destination = destinations.find(row.getDestination());
        Lane lane = lane(partition, row.getDestination(), destination);
        OfferQueue queue = queue(lane, event);
        PendingDelivery restored = PendingDelivery.of(row, event, queue);
        rows(partition).restored(restored, offset, writtenAt);
        append(restored);
        if (destination.isEmpty()) {
            drop(lane);
        }
    }

    /** Takes over a backlog. */
    void restore(TopicPartition partition, String destinationId, Optional<Long> backlog, Optional<String> replayId,
            long offset, Instant writtenAt) {
        Optional<Destination> destination = destinations.find(destinationId);
        Lane lane = lane(partition, destinationId, destination);
        lane.backlog = backlog;
        lane.backlogSince = writtenAt;
        lane.replayId = replayId;
        rows(partition).restored(lane, offset, writtenAt);
        if (destination.isEmpty()) {
            drop(lane);
        }
    }

    /** Gives up a partition. */
    void revoke(TopicPartition partition) {
        Optional.ofNullable(partitions.remove(partition)).ifPresent(gone -> gone.lanes().values().forEach(lane -> {
            lane.close();
            lane.queues.values().forEach(queue -> {
                lane.throttle.remove(queue);
                queue.events.forEach(this::forget);
            });
            pending -= lane.size;
        }));
        throttles.values().removeIf(Throttle::isIdle);
    }

    Set<TopicPartition> partitions() {
        return Set.copyOf(partitions.keySet());
    }

    PartitionRows rows(TopicPartition partition) {
        return partitions.get(partition).rows();
    }

    // events

    /** Takes an event that was read for all destinations. */
    void take(OutgoingEvent event, Instant now) {
        if (event.isReplayed()) {
            return;
        }
        for (Destination destination : destinations.of(event.ref())) {
            if (!event.ref().timestamp().isBefore(destination.since())) {
                Lane lane = lane(event.ref().topicPartition(), destination.id(), Optional.of(destination));
                if (lane.backlog.isEmpty() && !add(lane, event, now)) {
                    lane.backlog = Optional.of(event.ref().offset());
                    lane.backlogSince = event.ref().timestamp();
                    rows(lane.partition).changed(lane);
                }
            }
        }
    }

    /** A lane with a backlog and room for some of it; a different one each time, as far as there are several. */
    Optional<Lane> backlog(Set<Lane> except) {
        return lanes().filter(lane -> lane.backlog.isPresent() && lane.size <= capacity() / 2
                && !except.contains(lane)).findAny();
    }

    /**
     * Takes events of a backlog, as many as there is room for.
     *
     * @param next the offset after the events
     * @param position the offset up to which events were taken for all destinations
     */
    void takeBacklog(Lane lane, List<OutgoingEvent> events, long next, long position, Instant now) {
        Destination destination = destinations.find(lane.destinationId).orElseThrow();
        Instant since = destination.replay().filter(replay -> lane.replayId.equals(Optional.of(replay.id())))
                .map(Destination.ReplayRequest::from).filter(from -> from.isBefore(destination.since()))
                .orElse(destination.since());
        long reached = next;
        for (OutgoingEvent event : events) {
            EventRef ref = event.ref();
            if (ref.offset() >= position) {
                reached = position;
                break;
            }
            boolean wanted = !event.isReplayed() && !ref.timestamp().isBefore(since)
                    && destinations.of(ref).stream().anyMatch(one -> one.id().equals(destination.id()));
            if (wanted && !add(lane, event, now)) {
                reached = ref.offset();
                lane.backlogSince = ref.timestamp();
                break;
            }
        }
        lane.backlog = reached >= position ? Optional.empty() : Optional.of(reached);
        rows(lane.partition).changed(lane);
    }

    /** Has the events from an offset on sent again, in their order. */
    void replay(TopicPartition partition, Destination destination, String replayId, Optional<Long> from) {
        Lane lane = lane(partition, destination.id(), Optional.of(destination));
        lane.replayId = Optional.of(replayId);
        from.ifPresent(offset -> {
            List.copyOf(lane.queues.values()).forEach(queue -> dropFrom(queue, offset));
            lane.backlog = Optional.of(Math.min(offset, lane.backlog.orElse(offset)));
            lane.backlogSince = destination.replay().map(Destination.ReplayRequest::from).orElse(Instant.MAX);
        });
        rows(partition).changed(lane);
    }

    /** Has the events of a new destination begin at an offset that was read before the destination was known. */
    void begin(TopicPartition partition, Destination destination, long from) {
        Lane lane = lane(partition, destination.id(), Optional.of(destination));
        if (lane.isIdle()) {
            lane.backlog = Optional.of(from);
            lane.backlogSince = destination.since();
            rows(partition).changed(lane);
        }
    }

    /** The replay that was carried out last for a destination in a partition. */
    Optional<String> replayed(TopicPartition partition, Destination destination) {
        return Optional.ofNullable(partitions.get(partition).lanes().get(destination.id()))
                .flatMap(lane -> lane.replayId);
    }

    private void dropFrom(OfferQueue queue, long offset) {
        if (!queue.inFlight) {
            queue.lane.throttle.remove(queue);
        }
        Optional<PendingDelivery> sending = queue.inFlight ? Optional.of(queue.events.getFirst()) : Optional.empty();
        queue.events.removeIf(event -> {
            boolean dropped = event.event.offset() >= offset && !sending.equals(Optional.of(event));
            if (dropped) {
                settled(event, Optional.empty());
            }
            return dropped;
        });
        release(queue);
    }

    // sending

    /** The deliveries to try now; each counts as in flight until it is {@link #finish finished}. */
    List<PendingDelivery> start(Instant now) {
        List<PendingDelivery> started = new ArrayList<>();
        throttles.values().forEach(throttle -> {
            for (Optional<OfferQueue> next = throttle.next(now); next.isPresent(); next = throttle.next(now)) {
                OfferQueue queue = next.get();
                queue.inFlight = true;
                started.add(queue.events.getFirst());
            }
        });
        return started;
    }

    /** A try has ended. */
    void finish(PendingDelivery delivery, DeliveryResult result, Instant now) {
        OfferQueue queue = delivery.queue;
        Throttle throttle = queue.lane.throttle;
        throttle.finished();
        listener.tried(delivery.destination(), result);
        if (queue.lane.isClosed()) {
            return;
        }
        queue.inFlight = false;
        switch (result) {
            case DeliveryResult.Delivered delivered -> {
                throttle.succeeded(now);
                delivery.tried(now, delivered.answer());
                complete(delivery, Optional.of(delivery.row(DeliveryState.DELIVERED)));
            }
            case DeliveryResult.Filtered filtered -> complete(delivery, Optional.empty());
            case DeliveryResult.Failed failed -> {
                throttle.failed(failed, now);
                delivery.tried(now, failed.answer());
                retry(delivery, failed, now);
            }
            case DeliveryResult.Refused refused -> {
                throttle.succeeded(now);
                delivery.tried(now, refused.answer());
                giveUp(delivery, refused.reason(), now);
            }
            case DeliveryResult.Ended ended -> {
                delivery.tried(now, ended.answer());
                release(queue);
                end(delivery.destination(), now);
            }
        }
    }

    private void retry(PendingDelivery delivery, DeliveryResult.Failed failed, Instant now) {
        if (!now.isBefore(delivery.queuedAt.plus(retries.giveUpAfter()))) {
            giveUp(delivery, DeadLetterReason.EXPIRED, now);
            return;
        }
        Duration wait = retries.wait(delivery.tries, random);
        delivery.dueAt = now.plus(failed.retryAfter().filter(longer -> longer.compareTo(wait) > 0).orElse(wait));
        forget(delivery);
        rows(delivery.queue.lane.partition).changed(delivery);
        release(delivery.queue);
    }

    /** The record of a delivery is no longer on its topic, so it cannot be sent. */
    void gone(PendingDelivery delivery, Instant now) {
        delivery.queue.lane.throttle.finished();
        if (delivery.queue.lane.isClosed()) {
            return;
        }
        delivery.queue.inFlight = false;
        delivery.lastAnswer = Optional.of("the topic no longer has the record");
        if (delivery.event.topic().cleanup().compacted()) {
            complete(delivery, Optional.of(delivery.row(DeliveryState.DROPPED)));
        } else {
            giveUp(delivery, DeadLetterReason.DELETED, now);
        }
    }

    private void giveUp(PendingDelivery delivery, DeadLetterReason reason, Instant now) {
        bury(delivery, reason, now);
        complete(delivery, Optional.of(delivery.row(DeliveryState.GIVEN_UP)));
    }

    private void bury(PendingDelivery delivery, DeadLetterReason reason, Instant now) {
        listener.givenUp(delivery.destination(), reason);
        rows(delivery.queue.lane.partition).deadLetter(delivery.event.key(), new DeadLetter(delivery.destination(),
                delivery.event.id(), delivery.event.coordinates(), delivery.event.timestamp(), delivery.tries,
                delivery.queuedAt, now, reason, delivery.lastAnswer.orElse("it was not tried"),
                DeadLetterAdvice.of(reason)));
    }

    // destinations

    /** Follows a change of the destinations. */
    void update(Destinations changed) {
        destinations = changed;
        lanes().toList().forEach(lane -> changed.find(lane.destinationId)
                .ifPresentOrElse(lane.throttle::update, () -> drop(lane)));
    }

    private void end(String destinationId, Instant now) {
        lanes().filter(lane -> lane.destinationId.equals(destinationId)).toList().forEach(lane -> {
            lane.queues.values().forEach(queue -> queue.events.forEach(event ->
                    bury(event, DeadLetterReason.ENDED, now)));
            close(lane, DeliveryState.GIVEN_UP);
        });
    }

    private void drop(Lane lane) {
        close(lane, DeliveryState.DROPPED);
    }

    /** Ends all deliveries of a lane, and the lane. */
    private void close(Lane lane, DeliveryState state) {
        lane.queues.values().forEach(queue -> {
            lane.throttle.remove(queue);
            queue.events.forEach(event -> settled(event, Optional.of(event.row(state))));
        });
        lane.close();
        partitions.get(lane.partition).rows().finished(lane, Optional.empty());
        partitions.get(lane.partition).lanes().remove(lane.destinationId);
    }

    // parts

    BookSummary summary() {
        Optional<Instant> oldest = lanes().flatMap(lane -> Stream.concat(
                        lane.backlog.stream().map(offset -> lane.backlogSince),
                        lane.queues.values().stream().map(queue -> queue.events.getFirst().event.timestamp())))
                .filter(time -> !time.equals(Instant.MAX)).min(Instant::compareTo);
        return new BookSummary(pending, (int) lanes().filter(lane -> lane.backlog.isPresent()).count(), oldest);
    }

    private Stream<Lane> lanes() {
        return partitions.values().stream().map(AssignedPartition::lanes).map(Map::values)
                .flatMap(Collection::stream);
    }

    private int capacity() {
        return pending < CROWDED ? LANE_CAPACITY : CROWDED_LANE_CAPACITY;
    }

    private Lane lane(TopicPartition partition, String destinationId, Optional<Destination> destination) {
        return partitions.get(partition).lanes().computeIfAbsent(destinationId, id -> {
            Destination.Receiver receiver = destination.map(Destination::receiver)
                    .orElse(new Destination.Receiver(id, 1, 1));
            Throttle throttle = throttles.computeIfAbsent(receiver.id(), unseen -> new Throttle(receiver, random));
            destination.ifPresent(throttle::update);
            return new Lane(id, partition, throttle);
        });
    }

    private static OfferQueue queue(Lane lane, EventRef event) {
        return lane.queues.computeIfAbsent(event.offer(), offer -> new OfferQueue(lane, offer));
    }

    /** Adds an event to a lane, if there is room. */
    private boolean add(Lane lane, OutgoingEvent event, Instant now) {
        if (lane.size >= capacity()) {
            return false;
        }
        boolean kept = contentBytes < MOST_CONTENT;
        contentBytes += kept ? event.size() : 0;
        PendingDelivery added = new PendingDelivery(event.ref(), now, queue(lane, event.ref()),
                kept ? Optional.of(event) : Optional.empty());
        rows(lane.partition).changed(added);
        append(added);
        return true;
    }

    private void append(PendingDelivery delivery) {
        OfferQueue queue = delivery.queue;
        queue.events.addLast(delivery);
        queue.lane.size++;
        pending++;
        if (queue.events.size() == 1) {
            queue.lane.throttle.add(queue);
        }
    }

    /** The first event of its queue is done. */
    private void complete(PendingDelivery delivery, Optional<Object> last) {
        delivery.queue.events.removeFirst();
        settled(delivery, last);
        release(delivery.queue);
    }

    private void settled(PendingDelivery delivery, Optional<Object> last) {
        forget(delivery);
        rows(delivery.queue.lane.partition).finished(delivery, last);
        delivery.queue.lane.size--;
        pending--;
    }

    /** Puts a queue back that was taken out, if it has events; forgets it and its lane, if they have nothing. */
    private void release(OfferQueue queue) {
        if (queue.inFlight) {
            return;
        }
        if (!queue.events.isEmpty()) {
            queue.lane.throttle.add(queue);
            return;
        }
        queue.lane.queues.remove(queue.offer);
        if (queue.lane.isIdle()) {
            rows(queue.lane.partition).finished(queue.lane, Optional.empty());
            partitions.get(queue.lane.partition).lanes().remove(queue.lane.destinationId);
        }
    }

    private void forget(PendingDelivery delivery) {
        contentBytes -= delivery.forget();
    }

    /** Throttles that have nothing to remember; called now and then. */
    void prune() {
        Set<Throttle> used = new HashSet<>();
        lanes().forEach(lane -> used.add(lane.throttle));
        throttles.values().removeIf(throttle -> throttle.isIdle() && !used.contains(throttle));
    }
}
