package io.offerflow.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.DeliveryState;
import io.offerflow.avro.Result;
import io.offerflow.avro.Subscription;
import io.offerflow.notifier.WebhookReceiver.PlannedAnswer;
import io.offerflow.notifier.WebhookReceiver.ReceivedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Long outages, by a simulated clock, and kills at every stage of a delivery: no event is lost, none that was recorded
 * as delivered is sent again, and the events of an offer stay in order. {@code -Dnotifier.kills=200} kills more often.
 */
class NotifierFaultsTest {

    private static final int KILLS = Integer.getInteger("notifier.kills", Stage.values().length);
    private static final int OFFERS = 12;

    /** When it is killed. */
    private enum Stage { BEFORE_ANSWER, AROUND_COMMIT, AT_START }

    /** A receipt in the life of one process. */
    private record Receipt(int life, ReceivedEvent event) {
    }

    @TempDir
    private static Path folder;
    private static EventTopics topics;
    private static WebhookReceiver receiver;

    private final Random random = new Random(Long.getLong("notifier.seed", 1));
    private final List<Receipt> receipts = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> sent = new ConcurrentHashMap<>();
    private volatile int life;
    private volatile boolean sending = true;

    @BeforeAll
    static void start() throws Exception {
        topics = new EventTopics();
        receiver = new WebhookReceiver();
    }

    @AfterAll
    static void stop() {
        receiver.close();
        topics.close();
    }

    @Test
    void noEventIsLostAndNoneSentAgainOnceRecorded() throws Exception {
        subscribe("killed");
        Map<String, String> settings = settings("killed");
        settings.put("group.instance.id", "one");
        Thread sender = Thread.ofVirtual().start(() -> send("killed"));
        Map<String, Integer> recorded = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            killAt(Stage.values()[kill % Stage.values().length], settings);
            int ended = life;
            delivered("killed").forEach(event -> recorded.putIfAbsent(event, ended));
        }
        sending = false;
        sender.join();
        topics.flush();
        try (Notifier last = start(settings)) {
            awaitAll("killed", last);
        }
        assertThat(receipts.stream().filter(receipt -> recorded.getOrDefault(receipt.event().id(), Integer.MAX_VALUE)
                < receipt.life()).map(receipt -> receipt.event().id())).as("sent after it was recorded").isEmpty();
        assertOrder();
        System.out.printf("%d kills, %d events, %d sent again%n", KILLS, sent.size(), receipts.size() - sent.size());
    }

    @Test
    void anInstanceTakesOverFromOneThatWasKilled() throws Exception {
        subscribe("shared");
        Map<String, String> settings = settings("shared");
        receiver.plan(event -> received("shared", event));
        Thread sender = Thread.ofVirtual().start(() -> send("shared"));
        try (Notifier first = start(settings); NotifierProcess second = NotifierProcess.start(settings)) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> topics.members("notifier-shared") == 2);
            TimeUnit.MILLISECONDS.sleep(500);
            second.kill();
            Set<String> recorded = new HashSet<>(delivered("shared"));
            List<Receipt> before = List.copyOf(receipts);
            TimeUnit.MILLISECONDS.sleep(300);
            sending = false;
            sender.join();
            topics.flush();
            awaitAll("shared", first);
            Map<String, Long> number = receipts.stream().collect(Collectors.groupingBy(receipt -> receipt.event().id(),
                    Collectors.counting()));
            assertThat(recorded).isNotEmpty().allMatch(event -> number.get(event) == before.stream()
                    .filter(receipt -> receipt.event().id().equals(event)).count());
        }
    }

    /** An hour without a working receiver, by a simulated clock; then everything arrives, in order. */
    @Test
    void anHourOfFailuresLosesNothing() throws Exception {
        AtomicReference<Instant> time = new AtomicReference<>(Instant.now());
        AtomicBoolean broken = new AtomicBoolean(true);
        receiver.plan(event -> PlannedAnswer.of(event.path().equals("/hour") && broken.get() ? 500 : 204));
        Map<String, String> settings = settings("hour");
        settings.put("retry.first", "PT5S");
        try (Notifier simulated = Notifier.start(NotifierConfig.of(settings), time::get)) {
            assertThat(simulated.awaitReady(Duration.ofSeconds(30))).isTrue();
            subscribe("hour");
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                sent.add(topics.outcome("hour/offer-" + i % 2, Result.ACCEPTED));
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !receiver.ids("hour").isEmpty());
            for (int minute = 0; minute < 60; minute++) {
                time.updateAndGet(now -> now.plusSeconds(60));
                TimeUnit.MILLISECONDS.sleep(60);
            }
            int failed = receiver.received("hour").size();
            assertThat(failed).as("tries in an hour").isBetween(6, 40);
            broken.set(false);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                time.updateAndGet(now -> now.plusSeconds(30));
                return receiver.ids("hour").containsAll(sent);
            });
            List<String> answered = receiver.ids("hour").subList(failed, receiver.ids("hour").size());
            assertThat(answered).hasSize(10);
            assertThat(answered.stream().filter(id -> sent.indexOf(id) % 2 == 0)).isSortedAccordingTo(
                    Comparator.comparing(sent::indexOf));
        }
    }

    @Test
    void theWaitThatAReceiverAsksForIsKept() throws Exception {
        AtomicReference<Instant> time = new AtomicReference<>(Instant.now());
        AtomicBoolean busy = new AtomicBoolean(true);
        receiver.plan(event -> event.path().equals("/busy") && busy.getAndSet(false)
                ? new PlannedAnswer(429, Map.of("Retry-After", "1800")) : PlannedAnswer.of(204));
        try (Notifier simulated = Notifier.start(NotifierConfig.of(settings("busy")), time::get)) {
            assertThat(simulated.awaitReady(Duration.ofSeconds(30))).isTrue();
            subscribe("busy");
            String event = "webhook:busy/" + topics.outcome("busy/offer", Result.ACCEPTED);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> topics.deliveries().containsKey(event)
                    && topics.deliveries().get(event).getTries() == 1);
            time.updateAndGet(now -> now.plusSeconds(1700));
            TimeUnit.MILLISECONDS.sleep(400);
            assertThat(receiver.received("busy")).hasSize(1);
            time.updateAndGet(now -> now.plusSeconds(110));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> receiver.received("busy").size() == 2);
        }
    }

    @AfterEach
    void unsubscribe() {
        topics.editor().read().subscriptions().keySet().forEach(topics.editor()::removeSubscription);
    }

    private void subscribe(String id) {
        Subscription wanted = EventTopics.subscription(id, receiver.url(id));
        wanted.setTopics(List.of("command-outcomes"));
        wanted.setPublisherId(id);
        topics.editor().setSubscription(wanted);
    }

    private Map<String, String> settings(String group) {
        Map<String, String> settings = topics.settings(group);
        settings.put("webhooks.secrets", SecretFiles.in(folder).toString());
        settings.put("retry.first", "PT0.1S");
        return settings;
    }

    private Notifier start(Map<String, String> settings) throws InterruptedException {
        life++;
        return Notifier.start(NotifierConfig.of(settings));
    }

    /** Sends events about some offers until it is told to stop; a few hundred wait at most. */
    private void send(String publisher) {
        for (int number = 0; sending; number++) {
            sent.put(topics.outcome(publisher + "/offer-" + number % OFFERS, Result.ACCEPTED), number);
            try {
                do {
                    TimeUnit.MILLISECONDS.sleep(8);
                } while (sending && sent.size() > receipts.size() + 400);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void killAt(Stage stage, Map<String, String> settings) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        int after = 5 + random.nextInt(40);
        int began = receipts.size();
        receiver.plan(event -> {
            received("killed", event);
            boolean last = receipts.size() - began >= after;
            if (last && stage == Stage.BEFORE_ANSWER) {
                reached.countDown();
                gone.await(10, TimeUnit.SECONDS);
                return PlannedAnswer.of(0);
            }
            if (last) {
                reached.countDown();
            }
            return PlannedAnswer.of(204);
        });
        life++;
        try (NotifierProcess process = NotifierProcess.start(settings)) {
            if (stage == Stage.AT_START) {
                TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(1_500));
            } else {
                assertThat(reached.await(60, TimeUnit.SECONDS)).as("it delivers").isTrue();
                TimeUnit.MILLISECONDS.sleep(stage == Stage.AROUND_COMMIT ? random.nextInt(150) : 0);
            }
            process.kill();
            gone.countDown();
        }
        receiver.plan(event -> received("killed", event));
    }

    private PlannedAnswer received(String id, ReceivedEvent event) {
        if (event.path().equals("/" + id)) {
            receipts.add(new Receipt(life, event));
        }
        return PlannedAnswer.of(204);
    }

    private void awaitAll(String id, Notifier last) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100)).until(() ->
                receipts.stream().map(receipt -> receipt.event().id()).collect(Collectors.toSet())
                        .containsAll(sent.keySet()));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> delivered(id).containsAll(sent.keySet()));
        assertThat(last.health().live()).isTrue();
    }

    private static List<String> delivered(String id) {
        return topics.deliveries().values().stream().filter(row -> row.getDestination().equals("webhook:" + id)
                && row.getState() == DeliveryState.DELIVERED).map(row -> row.getEventId()).toList();
    }

    /** The events of an offer are in the order of their sending, in each life and by their first receipts. */
    private void assertOrder() {
        Map<String, List<Integer>> lives = new HashMap<>();
        Map<String, List<Integer>> firsts = new HashMap<>();
        Set<String> seen = new HashSet<>();
        receipts.forEach(receipt -> {
            String offer = receipt.event().key();
            int number = sent.get(receipt.event().id());
            lives.computeIfAbsent(offer + " in life " + receipt.life(), unseen -> new ArrayList<>()).add(number);
            if (seen.add(receipt.event().id())) {
                firsts.computeIfAbsent(offer, unseen -> new ArrayList<>()).add(number);
            }
        });
        assertThat(lives).isNotEmpty().allSatisfy((offer, numbers) ->
                assertThat(numbers).as(offer).isSorted().doesNotHaveDuplicates());
        assertThat(firsts).hasSize(OFFERS).allSatisfy((offer, numbers) -> assertThat(numbers).as(offer).isSorted());
    }
}
