package io.offerflow.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.offerflow.avro.DeliveryState;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.Result;
import io.offerflow.avro.Subscription;
import io.offerflow.avro.SubscriptionState;
import io.offerflow.contract.Topic;
import io.offerflow.notifier.WebhookReceiver.PlannedAnswer;
import io.offerflow.notifier.WebhookReceiver.ReceivedEvent;
import io.offerflow.replay.write.Republish;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A notifier with a real broker, a real mail server and a real receiver of webhooks. */
class NotifierOnBrokerTest {

    @TempDir
    private static Path folder;
    private static EventTopics topics;
    private static GreenMail mail;
    private static WebhookReceiver receiver;
    private static Notifier notifier;

    @BeforeAll
    static void start() throws Exception {
        topics = new EventTopics();
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        receiver = new WebhookReceiver();
        notifier = Notifier.start(NotifierConfig.of(settings("shared")));
        assertThat(notifier.awaitReady(Duration.ofSeconds(30))).isTrue();
    }

    private static Map<String, String> settings(String group) {
        Map<String, String> settings = topics.settings(group);
        settings.put("webhooks.secrets", SecretFiles.in(folder).toString());
        settings.put("mail.smtp.host", "127.0.0.1");
        settings.put("mail.smtp.port", Integer.toString(mail.getSmtp().getPort()));
        settings.put("mail.smtp.security", "none");
        settings.put("mail.from", "offers@marketplace.example");
        settings.put("retry.first", "PT0.2S");
        settings.put("http.port", "0");
        return settings;
    }

    @AfterAll
    static void stop() {
        notifier.close();
        receiver.close();
        mail.stop();
        topics.close();
    }

    @Test
    void aRecipientGetsTheMailsOfItsPublisher() throws Exception {
        topics.editor().setRecipients("contoso", List.of("ann@contoso.example", "bob@contoso.example"),
                Optional.of("fr"), List.of("OFFER_LIVE"));
        awaitDirectory(() -> topics.notify("contoso/probe", NotificationTemplate.OFFER_LIVE), () ->
                mails("ann@contoso.example").size() > 0);

        String event = topics.notify("contoso/shifts", NotificationTemplate.OFFER_LIVE);
        topics.notify("contoso/shifts", NotificationTemplate.PREVIEW_READY);
        topics.notify("fabrikam/fleet", NotificationTemplate.OFFER_LIVE);
        String key = "mail:contoso:ann@contoso.example/" + event;

        soon().until(() -> isDelivered(key) && isDelivered("mail:contoso:bob@contoso.example/" + event));
        assertThat(topics.deliveries().get(key).getLastAnswer()).startsWith("250");
        MimeMessage message = mails("ann@contoso.example").getLast();
        assertThat(message.getSubject()).contains("Shift planner");
        assertThat(message.getContentType()).startsWith("multipart/alternative");
        assertThat(mails("bob@contoso.example").getLast().getMessageID()).isEqualTo(message.getMessageID());
        assertThat(topics.deliveries().keySet()).noneMatch(row -> row.startsWith("mail:fabrikam"));
    }

    @Test
    void aWebhookGetsSignedCloudEventsInOrder() throws Exception {
        Subscription wanted = EventTopics.subscription("signed", receiver.url("signed"));
        wanted.setTopics(List.of("command-outcomes"));
        wanted.setPublisherId("litware");
        wanted.setKinds(List.of("ACCEPTED"));
        wanted.setOtherSecret("file:second");
        subscribe(wanted, "litware/probe");

        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add(topics.outcome("litware/meters", Result.ACCEPTED));
            topics.outcome("litware/meters", Result.REJECTED);
            topics.outcome("tailwind/other", Result.ACCEPTED);
        }
        soon().until(() -> of("signed", "litware/meters").size() >= sent.size());

        assertThat(of("signed", "litware/meters").stream().map(ReceivedEvent::id)).containsExactlyElementsOf(sent);
        assertThat(of("signed", "tailwind/other")).isEmpty();
        ReceivedEvent first = of("signed", "litware/meters").getFirst();
        assertThat(first.json().path("type").asText()).isEqualTo("io.offerflow.avro.CommandOutcome");
        assertThat(first.json().path("data").path("result").asText()).isEqualTo("ACCEPTED");
        assertThat(first.signatures()).containsExactly(SecretFiles.signature(SecretFiles.FIRST, first),
                SecretFiles.signature(SecretFiles.SECOND, first));
    }

    @Test
    void aBrokenReceiverHoldsUpNeitherOtherOffersNorOtherReceivers() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        receiver.plan(event -> PlannedAnswer.of(broken.get() && event.path().equals("/picky")
                && event.key().equals("wide/stuck") ? 400 : 204));
        subscribe(subscription("picky", "wide"), "wide/probe");
        subscribe(subscription("healthy", "wide"), "wide/probe");

        List<String> stuck = List.of(topics.notify("wide/stuck", NotificationTemplate.OFFER_LIVE),
                topics.notify("wide/stuck", NotificationTemplate.AUDIENCE_SYNCED));
        List<String> others = List.of(topics.notify("wide/one", NotificationTemplate.OFFER_LIVE),
                topics.notify("wide/two", NotificationTemplate.OFFER_LIVE));
        soon().until(() -> receiver.ids("picky").containsAll(others)
                && receiver.ids("healthy").containsAll(others) && receiver.ids("healthy").containsAll(stuck));
        assertThat(receiver.ids("picky")).contains(stuck.getFirst()).doesNotContain(stuck.getLast());

        broken.set(false);
        soon().until(() -> receiver.ids("picky").contains(stuck.getLast()));
        soon().until(() -> isDelivered("webhook:picky/" + stuck.getFirst()));
        assertThat(topics.deliveries().get("webhook:picky/" + stuck.getFirst()).getTries()).isGreaterThan(1);
    }

    @Test
    void gone410EndsTheSubscription() {
        receiver.plan(event -> PlannedAnswer.of(event.key().equals("gone/offer") ? 410 : 204));
        subscribe(subscription("gone", "gone"), "gone/probe");

        String event = topics.notify("gone/offer", NotificationTemplate.OFFER_LIVE);
        soon().until(() -> topics.editor().read().subscriptions().get("gone").getState() == SubscriptionState.ENDED);
        topics.notify("gone/other", NotificationTemplate.OFFER_LIVE);

        soon().until(() -> topics.deadLetters().stream().anyMatch(letter -> letter.getEventId().equals(event)
                && letter.getDestination().equals("webhook:gone")));
        assertThat(of("gone", "gone/other")).isEmpty();
        assertThat(topics.editor().read().subscriptions().get("gone").getEndedBecause()).startsWith("410");
    }

    @Test
    void republishedRecordsAreNotSent() {
        subscribe(subscription("fresh", "again"), "again/probe");
        topics.write(Topic.NOTIFICATIONS, "again/offer", EventTopics.notification("again/offer",
                NotificationTemplate.OFFER_LIVE), Map.of(Republish.HEADER, "offer-journal-0@17"));
        String last = topics.notify("again/offer", NotificationTemplate.AUDIENCE_SYNCED);

        soon().until(() -> receiver.ids("fresh").contains(last));
        assertThat(of("fresh", "again/offer")).hasSize(1);
    }

    @Test
    void replaySendsAgainFromATimeOn() {
        subscribe(subscription("replayed", "back"), "back/probe");
        Instant before = Instant.now();
        List<String> sent = List.of(topics.notify("back/offer", NotificationTemplate.PREVIEW_READY),
                topics.notify("back/offer", NotificationTemplate.OFFER_LIVE),
                topics.notify("back/offer", NotificationTemplate.AUDIENCE_SYNCED));
        soon().until(() -> receiver.ids("replayed").containsAll(sent));

        topics.editor().replay("replayed", before);

        soon().until(() -> of("replayed", "back/offer").size() >= 2 * sent.size());
        List<String> twice = new ArrayList<>(sent);
        twice.addAll(sent);
        assertThat(of("replayed", "back/offer").stream().map(ReceivedEvent::id)).containsExactlyElementsOf(twice);
    }

    @Test
    void aTestEventTellsTheAnswer() {
        receiver.plan(event -> PlannedAnswer.of(202));
        topics.editor().setSubscription(subscription("tried", "tried"));
        String id = topics.editor().test("tried").getTest().getTestId();

        soon().until(() -> topics.deliveries().containsKey("webhook:tried/" + id));
        assertThat(topics.deliveries().get("webhook:tried/" + id).getLastAnswer()).isEqualTo("202 Accepted");
        assertThat(receiver.received("tried").getFirst().json().path("type").asText()).isEqualTo("io.offerflow.test");
    }

    /** {@code -Dnotifier.events=50000} measures with more events; the rate is printed. */
    @Test
    void aBacklogIsDeliveredCompletely() throws Exception {
        receiver.plan(event -> PlannedAnswer.of(204));
        int number = Integer.getInteger("notifier.events", 3_000);
        Subscription wanted = EventTopics.subscription("many", receiver.url("many"));
        wanted.setTopics(List.of("command-outcomes"));
        wanted.setPublisherId("many");
        wanted.setMaxPerSecond(10_000);
        subscribe(wanted, "many/probe");
        topics.editor().setState("many", SubscriptionState.PAUSED);
        for (int i = 0; i < number; i++) {
            topics.outcome("many/offer-" + i % 500, Result.ACCEPTED);
        }
        topics.flush();
        topics.editor().setState("many", SubscriptionState.ACTIVE);
        Instant began = Instant.now();
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> backlog().size() >= number);
        Duration took = Duration.between(began, Instant.now());
        assertThat(Set.copyOf(backlog())).hasSize(number);
        System.out.printf("%d events delivered in %d ms: %.0f per second%n", number, took.toMillis(),
                number * 1000.0 / took.toMillis());
    }

    /** Ids of the events of the backlog that have arrived. */
    private static List<String> backlog() {
        return receiver.received("many").stream().filter(event -> event.key().startsWith("many/offer-"))
                .map(ReceivedEvent::id).toList();
    }

    /** To the notifications of the publisher with the same name. */
    private static Subscription subscription(String id, String publisher) {
        Subscription wanted = EventTopics.subscription(id, receiver.url(id));
        wanted.setPublisherId(publisher);
        return wanted;
    }

    private static void subscribe(Subscription wanted, String probe) {
        topics.editor().setSubscription(wanted);
        String path = wanted.getUrl().substring(wanted.getUrl().lastIndexOf('/') + 1);
        awaitDirectory(() -> {
            if (wanted.getTopics().contains(Topic.NOTIFICATIONS.topicName())) {
                topics.notify(probe, NotificationTemplate.OFFER_LIVE);
            } else {
                topics.outcome(probe, Result.ACCEPTED);
            }
        }, () -> !of(path, probe).isEmpty());
    }

    /** Instances learn of a change a moment after it was written. */
    private static void awaitDirectory(Runnable probe, Callable<Boolean> seen) {
        soon().until(() -> {
            probe.run();
            Thread.sleep(100); // a probe arrives before the next one is sent, so that none comes in later
            return seen.call();
        });
    }

    private static List<ReceivedEvent> of(String path, String offer) {
        return receiver.received(path).stream().filter(event -> event.key().equals(offer)).toList();
    }

    private static boolean isDelivered(String key) {
        return Optional.ofNullable(topics.deliveries().get(key))
                .filter(row -> row.getState() == DeliveryState.DELIVERED).isPresent();
    }

    private static List<MimeMessage> mails(String address) throws Exception {
        List<MimeMessage> found = new ArrayList<>();
        for (MimeMessage message : mail.getReceivedMessages()) {
            if (message.getAllRecipients()[0].toString().equals(address)) {
                found.add(message);
            }
        }
        return found;
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
    }
}
