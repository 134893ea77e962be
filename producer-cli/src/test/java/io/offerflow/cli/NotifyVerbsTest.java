package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.offerflow.avro.Notification;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.notify.LocalNotifier;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroEncoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The verbs for recipients and subscriptions, with a notifier. */
@ExtendWith(SharedMarketplace.class)
class NotifyVerbsTest {

    @TempDir
    private Path folder;

    @Test
    void recipientsAreSetListedExplainedAndRemoved() throws Exception {
        run("recipients", "set", "adventure", "--to", "ann@adventure.example,bob@adventure.example", "--language", "fr",
                "--kind", "OFFER_LIVE").endsWith(ExitCode.DONE);
        assertThat(run("recipients", "list").outLines()).anySatisfy(line -> assertThat(line)
                .contains("adventure", "ann@adventure.example, bob@adventure.example", "fr", "OFFER_LIVE"));
        try (LocalNotifier notifier = notifier()) {
            assertThat(notifier.awaitReady()).isEqualTo(folder.toString());
            publish("adventure/tours", NotificationTemplate.OFFER_LIVE);
            publish("adventure/tours", NotificationTemplate.PREVIEW_READY);
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                    assertThat(run("recipients", "explain", "adventure/tours").out()).containsPattern(
                            "OFFER_LIVE\\R    mail:adventure:ann@adventure.example  delivered .*kept as .*eml\\R")
                            .containsPattern("PREVIEW_READY\\R    mail:adventure:ann@adventure.example  "
                                    + "not sent: only OFFER_LIVE are chosen"));
        }
        assertThat(run("recipients", "remove", "adventure").out()).contains("no recipients any more");
        assertThat(run("recipients", "remove", "adventure").out()).contains("had no recipients");
        assertThat(run("recipients", "explain", "adventure/tours").out()).contains("adventure has no recipients");
    }

    @Test
    void aMistakeIsNamedAndChangesNothing() {
        assertThat(run("recipients", "set", "wingtip", "--to", "Ann <ann@wingtip.example>").endsWith(ExitCode.USAGE)
                .err()).contains("Nothing was changed", "is not an e-mail address");
        assertThat(run("recipients", "set", "wingtip", "--to", "a@wingtip.example", "--kind", "OFFER_LIFE")
                .endsWith(ExitCode.USAGE).err()).contains("did you mean OFFER_LIVE?");
        assertThat(subscribe("https://user:hunter2@receiver.example/", "env:A").endsWith(ExitCode.USAGE).err())
                .contains("without user").doesNotContain("hunter2");
        assertThat(subscribe("https://receiver.example/", "whsec_hunter2").endsWith(ExitCode.USAGE).err())
                .contains("expected a reference to a secret").doesNotContain("hunter2");
        assertThat(run("subscriptions", "replay", "none", "--from", "-1h").endsWith(ExitCode.USAGE).err())
                .contains("there is no subscription none");
        assertThat(run("recipients", "list", "wingtip").out()).isEmpty();
    }

    @Test
    void aSubscriptionIsTestedPausedResumedAndRemoved() throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        receiver.start();
        try (LocalNotifier notifier = notifier()) {
            notifier.awaitReady();
            subscribe("http://127.0.0.1:%d/".formatted(receiver.getAddress().getPort()), "env:NONE")
                    .endsWith(ExitCode.DONE);
            assertThat(run("subscriptions", "test", "partners").endsWith(ExitCode.FAILURE).out())
                    .contains("given up after 1 tries", "the notifier has no environment variable WEBHOOK_SECRET_NONE");
        } finally {
            receiver.stop(0);
        }
        run("subscriptions", "pause", "partners").endsWith(ExitCode.DONE);
        assertThat(run("subscriptions", "list").out()).containsPattern("partners +PAUSED +offer-status +http://127");
        assertThat(run("subscriptions", "resume", "partners").out()).contains("events are sent");
        assertThat(run("subscriptions", "replay", "partners", "--from", "2026-03-01").out()).contains("2026-03-01");
        assertThat(run("subscriptions", "show", "partners").out()).contains("state: ACTIVE", "replayId:");
        assertThat(run("subscriptions", "remove", "partners").out()).contains("is removed");
    }

    private LocalNotifier notifier() {
        return LocalNotifier.start(SharedMarketplace.sandbox().bootstrapServers(),
                SharedMarketplace.sandbox().registryUrl(), folder);
    }

    private static CommandLineRun subscribe(String url, String secret) {
        return run("subscriptions", "set", "partners", "--url", url, "--topic", "offer-status", "--secret", secret);
    }

    private static CommandLineRun run(String... arguments) {
        return CommandLineRun.of(SharedMarketplace.connected(arguments));
    }

    /** Writes a notification as the service does. */
    private static void publish(String offer, NotificationTemplate template) throws Exception {
        Notification value = Notification.newBuilder().setTemplate(template).setPublisherId("adventure")
                .setOfferId("tours").setAlias("Tours").setOccurredAt(Instant.now()).build();
        byte[] key = offer.getBytes(StandardCharsets.UTF_8);
        int partition = TopicReader.partition(offer, 3);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topic.NOTIFICATIONS.topicName(), partition, key,
                new AvroEncoder(SharedMarketplace.cluster().registry(), List.of(Topic.NOTIFICATIONS))
                        .encode(Topic.NOTIFICATIONS, value));
        record.headers().add("ce_id", ("test-" + template).getBytes(StandardCharsets.UTF_8));
        try (Producer<byte[], byte[]> producer = SharedMarketplace.cluster().producer()) {
            producer.send(record).get();
        }
    }
}
