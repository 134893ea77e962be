package io.offerflow.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.DeadLetterReason;
import io.offerflow.avro.Delivery;
import io.offerflow.avro.DeliveryState;
import io.offerflow.contract.Topic;
import io.offerflow.notifier.delivery.DeliveryResult.Delivered;
import io.offerflow.notifier.delivery.DeliveryResult.Failed;
import io.offerflow.notifier.delivery.PartitionRows.RowBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent when, without Kafka and with a simulated clock. */
class DeliveryBookTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topic.NOTIFICATIONS.topicName(), 0);
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Delivered DONE = new Delivered("204");
    private static final Failed DOWN = new Failed(FailureKind.UNAVAILABLE, "500");
    private static final Failed REJECTED = new Failed(FailureKind.REJECTED, "400");

    private final Map<String, Destination> known = new TreeMap<>();
    private final Destinations destinations = new KnownDestinations();
    private final List<String> deadLetters = new ArrayList<>();
    private final List<PendingDelivery> started = new ArrayList<>();
    private final DeliveryBook book = new DeliveryBook(destinations, RetryPolicy.DEFAULT, new Random(1),
            new Listener());
    private Instant now = START;
    private long offset;
    private long rowOffset;

    @BeforeEach
    void assign() {
        destination("webhook:a", 1_000);
        book.assign(PARTITION, 0);
    }

    @Test
    void theNextEventOfAnOfferWaitsForTheFirstOne() {
        take("p/one", "p/one", "p/two");

        List<PendingDelivery> first = book.start(now);
        assertThat(offers(first)).containsExactly("p/one", "p/two");
        assertThat(book.start(now)).isEmpty();
        book.finish(first.getFirst(), DONE, now);

        assertThat(offers(book.start(now))).containsExactly("p/one");
    }

    @Test
    void aFailedEventIsTriedAgainLaterAndOthersGoOn() {
        take("p/one", "p/one", "p/two");
        List<PendingDelivery> first = book.start(now);
        book.finish(first.getFirst(), REJECTED, now);
        book.finish(first.getLast(), DONE, now);

        assertThat(book.start(now)).isEmpty();
        pass(Duration.ofSeconds(7));
        List<PendingDelivery> again = book.start(now);
        assertThat(again).containsExactly(first.getFirst());
        assertThat(again.getFirst().tries).isEqualTo(1);
    }

    @Test
    void waitsGrowToAnHourAndEndInADeadLetterAfterThreeDays() {
        take("p/one");
        List<Duration> waits = new ArrayList<>();
        Instant last = now;
        while (deadLetters.isEmpty()) {
            List<PendingDelivery> due = book.start(now);
            if (!due.isEmpty()) {
                waits.add(Duration.between(last, now));
                last = now;
                book.finish(due.getFirst(), REJECTED, now);
            }
            pass(Duration.ofSeconds(1));
        }
        assertThat(waits.subList(1, 5)).isSorted();
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofMinutes(73)) < 0);
        assertThat(Duration.between(START, last)).isBetween(Duration.ofHours(72), Duration.ofHours(74));
        assertThat(deadLetters).containsExactly("webhook:a EXPIRED");
        assertThat(commit().deadLetters()).singleElement().satisfies(write ->
                assertThat(write.letter().getDetail()).isEqualTo("400"));
        assertThat(book.summary().pending()).isZero();
    }

    @Test
    void aReceiverThatIsDownGetsOneEventAtATimeUntilItIsBack() {
        take("p/1", "p/2", "p/3", "p/4", "p/5", "p/6", "p/7", "p/8");
        book.start(now).forEach(delivery -> book.finish(delivery, DOWN, now));

        List<Integer> probes = new ArrayList<>();
        for (int second = 0; second < 3600; second++) {
            pass(Duration.ofSeconds(1));
            List<PendingDelivery> due = book.start(now);
            probes.add(due.size());
            due.forEach(delivery -> book.finish(delivery, DOWN, now));
        }
        assertThat(probes).allMatch(number -> number <= 1);
        assertThat(probes.stream().mapToInt(number -> number).sum()).isBetween(10, 30);

        pass(Duration.ofMinutes(6));
        book.finish(book.start(now).getFirst(), DONE, now);
        assertThat(book.start(now)).hasSize(7);
    }

    @Test
    void aWaitThatTheReceiverAsksForHoldsForAllItsEvents() {
        take("p/1");
        book.finish(book.start(now).getFirst(), new Failed(FailureKind.UNAVAILABLE, "429",
                Optional.of(Duration.ofMinutes(10))), now);
        take("p/2");

        pass(Duration.ofMinutes(9));
        assertThat(book.start(now)).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(offers(book.start(now))).containsExactlyInAnyOrder("p/1", "p/2");
    }

    @Test
    void aFullLaneRemembersItsBacklogAndOthersGoOn() {
        destination("webhook:b", 1_000_000);
        for (int i = 0; i < DeliveryBook.LANE_CAPACITY + 50; i++) {
            take("p/" + i);
            drain("webhook:b");
        }
        assertThat(book.backlog(Set.of())).as("a lane with room").isEmpty();
        assertThat(book.summary().backlogs()).isEqualTo(1);
        assertThat(commit().rows()).anySatisfy(row -> assertThat(row.key()).isEqualTo("webhook:a/" + PARTITION));

        drainAll();
        Lane lane = book.backlog(Set.of()).orElseThrow();
        assertThat(lane.backlog).contains((long) DeliveryBook.LANE_CAPACITY);
        List<OutgoingEvent> rest = new ArrayList<>();
        for (long at = DeliveryBook.LANE_CAPACITY; at < offset; at++) {
            rest.add(event("p/" + at, at));
        }
        book.takeBacklog(lane, rest, offset, offset, now);
        assertThat(book.summary().backlogs()).isZero();
        assertThat(offers(drainAll())).hasSize(50).startsWith("p/" + DeliveryBook.LANE_CAPACITY);
    }

    @Test
    void theRowsTellWhatIsPendingAndNothingElse() {
        take("p/one", "p/one", "p/two");
        RowBatch first = commit();
        assertThat(states(first)).containsOnly(DeliveryState.PENDING);

        List<PendingDelivery> sent = book.start(now);
        book.finish(sent.getFirst(), DONE, now);
        book.finish(sent.getLast(), new DeliveryResult.Filtered(), now);
        RowBatch second = commit();
        assertThat(second.rows()).extracting(row -> row.key() + " " + row.value().map(value ->
                ((Delivery) value).getState().name()).orElse("removed")).containsExactly("webhook:a/0-0 DELIVERED",
                "webhook:a/0-2 removed");
        assertThat(book.rows(PARTITION).bookmark()).as("the row of the second event").isEqualTo(1);
        assertThat(commit().rows()).isEmpty();
    }

    @Test
    void anotherInstanceGoesOnInTheSameOrder() {
        take("p/one", "p/two", "p/one");
        List<PendingDelivery> sent = book.start(now);
        book.finish(sent.getFirst(), REJECTED, now);
        List<Delivery> rows = commit().rows().stream().map(row -> (Delivery) row.value().orElseThrow()).toList();

        DeliveryBook other = new DeliveryBook(destinations, RetryPolicy.DEFAULT, new Random(1), new Listener());
        other.assign(PARTITION, 0);
        rows.stream().sorted((one, two) -> Long.compare(one.getSource().getOffset(), two.getSource().getOffset()))
                .forEach(row -> other.restore(PARTITION, new EventRef(row.getEventId(), Topic.NOTIFICATIONS, 0,
                        row.getSource().getOffset(), row.getKey(), row.getOccurredAt()), row, 1, now));
        assertThat(offers(other.start(now))).containsExactly("p/two");
        now = now.plusSeconds(7);
        PendingDelivery retried = other.start(now).getFirst();
        assertThat(retried.event.id()).isEqualTo("0-0");
        assertThat(retried.tries).isEqualTo(1);
        other.finish(retried, DONE, now);
        assertThat(other.start(now)).extracting(delivery -> delivery.event.id()).containsExactly("0-2");
    }

    @Test
    void goneEndsEverythingOfTheDestination() {
        take("p/one", "p/one", "p/two");
        List<PendingDelivery> sent = book.start(now);
        book.finish(sent.getFirst(), new DeliveryResult.Ended("410"), now);
        book.finish(sent.getLast(), DONE, now);

        assertThat(deadLetters).hasSize(3).containsOnly("webhook:a ENDED");
        assertThat(book.start(now)).isEmpty();
        assertThat(book.summary().pending()).isZero();
    }

    @Test
    void aRemovedDestinationGetsNothingAnyMore() {
        take("p/one", "p/two");
        commit();
        known.clear();
        book.update(destinations);

        assertThat(book.start(now)).isEmpty();
        assertThat(states(commit())).hasSize(2).containsOnly(DeliveryState.DROPPED);
    }

    @Test
    void aReplayTakesWhatIsPendingWithIt() {
        take("p/one", "p/one", "p/two");
        List<PendingDelivery> sent = book.start(now);
        book.finish(sent.getLast(), DONE, now);

        book.replay(PARTITION, known.get("webhook:a"), "again", Optional.of(1L));
        Lane lane = book.backlog(Set.of()).orElseThrow();
        assertThat(lane.backlog).contains(1L);
        book.takeBacklog(lane, List.of(event("p/one", 1), event("p/two", 2)), 3, 3, now);
        book.finish(sent.getFirst(), DONE, now);

        assertThat(book.start(now)).extracting(delivery -> delivery.event.id())
                .containsExactlyInAnyOrder("0-1", "0-2");
        assertThat(book.replayed(PARTITION, known.get("webhook:a"))).contains("again");
    }

    @Test
    void aBacklogIsWorkedOffAtTheRateOfItsReceiver() {
        destination("webhook:slow", 10);
        known.remove("webhook:a");
        for (int i = 0; i < 100; i++) {
            take("p/" + i);
        }
        int sent = 0;
        for (int tenth = 0; tenth < 50; tenth++) {
            List<PendingDelivery> due = book.start(now);
            sent += due.size();
            due.forEach(delivery -> book.finish(delivery, DONE, now));
            pass(Duration.ofMillis(100));
        }
        assertThat(sent).isBetween(50, 60);
    }

    private void take(String... offers) {
        for (String offer : offers) {
            book.take(event(offer, offset++), now);
        }
    }

    private OutgoingEvent event(String offer, long at) {
        return new OutgoingEvent(new EventRef("0-" + at, Topic.NOTIFICATIONS, 0, at, offer, now), Map.of(),
                Optional.of(new byte[10]));
    }

    private void drain(String destination) {
        book.start(now).forEach(delivery -> {
            if (delivery.destination().equals(destination)) {
                book.finish(delivery, DONE, now);
            } else {
                started.add(delivery);
            }
        });
    }

    /** Finishes everything, also what was started before. */
    private List<PendingDelivery> drainAll() {
        List<PendingDelivery> done = new ArrayList<>();
        pass(Duration.ofHours(1));
        started.forEach(delivery -> book.finish(delivery, DONE, now));
        started.clear();
        for (List<PendingDelivery> due = book.start(now); !due.isEmpty(); due = book.start(now)) {
            due.forEach(delivery -> book.finish(delivery, DONE, now));
            done.addAll(due);
        }
        return done;
    }

    private RowBatch commit() {
        PartitionRows rows = book.rows(PARTITION);
        RowBatch batch = rows.take(now);
        batch.rows().forEach(row -> rows.written(row, rowOffset++, now));
        return batch;
    }

    private static List<DeliveryState> states(RowBatch batch) {
        return batch.rows().stream().flatMap(row -> row.value().stream()).map(row -> ((Delivery) row).getState())
                .toList();
    }

    private static List<String> offers(Collection<PendingDelivery> deliveries) {
        return deliveries.stream().map(delivery -> delivery.event.key()).toList();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private void destination(String id, int maxPerSecond) {
        known.put(id, new Destination(id, new Destination.Receiver(id, maxPerSecond, 2_000),
                Set.of(Topic.NOTIFICATIONS), Instant.EPOCH, false, Optional.empty(), Optional.empty(), event -> DONE));
    }

    private final class KnownDestinations implements Destinations {

        @Override
        public Set<Topic> topics() {
            return Set.of(Topic.NOTIFICATIONS);
        }

        @Override
        public Optional<Instant> since(Topic topic) {
            return Optional.of(Instant.EPOCH);
        }

        @Override
        public List<Destination> of(EventRef event) {
            return List.copyOf(known.values());
        }

        @Override
        public Optional<Destination> find(String id) {
            return Optional.ofNullable(known.get(id));
        }

        @Override
        public Collection<Destination> all() {
            return known.values();
        }
    }

    private final class Listener implements DeliveryListener {

        @Override
        public void tried(String destinationId, DeliveryResult result) {
            // not looked at
        }

        @Override
        public void givenUp(String destinationId, DeadLetterReason reason) {
            deadLetters.add(destinationId + " " + reason);
        }
    }
}
