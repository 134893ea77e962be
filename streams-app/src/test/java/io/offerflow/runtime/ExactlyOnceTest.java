package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.JournalFold;
import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Coordinates;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.Notification;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Status;
import io.offerflow.avro.StepRequest;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import io.offerflow.topology.OfferTopology;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds on a real broker when the service is killed in the middle: one answer to each input, nothing lost. */
class ExactlyOnceTest {

    private static final int PARTITIONS = 4;
    private static final int BACKLOG = 1_000;
    /** So that a kill finds rows on disk. */
    private static final Map<String, String> SMALL_WRITE_BUFFERS =
            Map.of("kafka.enable.transactional.statestores", "true",
                    "kafka.rocksdb.config.setter", StoreFiles.SmallWriteBuffers.class.getName());
    private static final List<OfferKey> OFFERS =
            IntStream.range(0, 40).mapToObj(number -> new OfferKey("contoso", "offer-" + number)).toList();

    @TempDir
    private Path folder;

    @Test
    void everyInputHasOneAnswerAndOneEntryAfterKills() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.temporary())) {
            sandbox.createTopics(PARTITIONS);
            try (WireRecords wire = new WireRecords(sandbox, PARTITIONS); ForkedService service =
                    new ForkedService(sandbox, folder, "one", SMALL_WRITE_BUFFERS)) {
                customersHaveBeenAskingForAWhile(wire);
                publishersSendTheirOffers(wire);
                wire.flush();
                service.start();
                killAfter(300, wire, service);
                killAfter(1_450, wire, service);
                awaitAllLive(wire);
                awaitAnswers(wire);

                oneAnswerAndOneEntryForEachInput(wire);
                theJournalIsTheState(sandbox, wire);
                theStoresWereKept(service);
                service.stop();
                theStoresAreTheState(service, wire);
            }
        }
    }

    /** One input lags: it begins with much more than the others. */
    private static void customersHaveBeenAskingForAWhile(WireRecords wire) {
        for (int number = 0; number < BACKLOG; number++) {
            OfferKey offer = OFFERS.get(number % OFFERS.size());
            wire.send(new CustomerRequest(Envelopes.nextId(), offer.publisherId(), offer.offerId(), "commerce",
                    Instant.EPOCH, false, new AcquirePlan("3f0c1b9a-5f6e-4f59-9a43-0d6a4a1f2b11", "basic")));
        }
    }

    private static void publishersSendTheirOffers(WireRecords wire) {
        for (OfferKey offer : OFFERS) {
            wire.send(Envelopes.create(offer));
            Contents.listingOnly().forEach(content -> wire.send(Envelopes.save(offer, content)));
            poison(wire, offer);
            wire.send(Envelopes.submit(offer));
        }
    }

    private static void poison(WireRecords wire, OfferKey offer) {
        byte[] key = offer.toString().getBytes(StandardCharsets.UTF_8);
        wire.send(Topic.OFFER_COMMANDS, key, new byte[] {1, 2, 3});
        wire.send(Topic.STEP_RESULTS, key, null);
        byte[] unknown = wire.bytes(Topic.OFFER_COMMANDS, Envelopes.create(offer));
        wire.send(Topic.OFFER_COMMANDS, key, ByteBuffer.wrap(unknown).putInt(1, 47_110).array());
    }

    /** Plays the pipeline and the publishers' sign-off, until so many entries are committed; then pulls the plug. */
    private void killAfter(int entries, WireRecords wire, ForkedService service) {
        await("entries are committed, see " + folder).atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    play(wire);
                    return wire.all(Topic.OFFER_JOURNAL).size() >= entries;
                });
        service.kill();
        service.start();
    }

    private static void play(WireRecords wire) {
        for (ConsumerRecord<byte[], byte[]> record : wire.poll()) {
            Topic topic = Topic.named(record.topic()).orElseThrow();
            if (topic == Topic.STEP_REQUESTS) {
                wire.value(topic, record, StepRequest.class).ifPresent(asked -> wire.send(Envelopes.succeeded(
                        new OfferKey(asked.getPublisherId(), asked.getOfferId()), asked.getSubmission(),
                        asked.getStep().name())));
            }
            if (topic == Topic.NOTIFICATIONS) {
                wire.value(topic, record, Notification.class)
                        .filter(told -> told.getTemplate() == NotificationTemplate.PREVIEW_READY)
                        .ifPresent(told -> wire.send(
                                Envelopes.goLive(new OfferKey(told.getPublisherId(), told.getOfferId()))));
            }
        }
    }

    private void awaitAllLive(WireRecords wire) {
        await("all offers are live, see " + folder).atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    play(wire);
                    return statuses(wire).values().stream().filter(Status.LIVE::equals).count() == OFFERS.size();
                });
    }

    private static Map<String, Status> statuses(WireRecords wire) {
        Map<String, Status> statuses = new HashMap<>();
        wire.values(Topic.OFFER_STATUS, OfferStatus.class)
                .forEach(row -> statuses.put(row.getOfferId(), row.getStatus()));
        return statuses;
    }

    /** Partitions are taken in order: once the last record of each has its answer, no earlier one gets another. */
    private static void awaitAnswers(WireRecords wire) {
        OFFERS.forEach(offer -> Topic.inputs().forEach(topic ->
                wire.send(topic, offer.toString().getBytes(StandardCharsets.UTF_8), null)));
        wire.flush();
        await("every input is answered").atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    play(wire);
                    return wire.all(Topic.OFFER_JOURNAL).size() >= wire.inputs() + PARTITIONS
                            && wire.all(Topic.QUARANTINE).size() >= OFFERS.size() * (3 + Topic.inputs().size());
                });
    }

    private static void oneAnswerAndOneEntryForEachInput(WireRecords wire) {
        List<String> sent = Topic.inputs().stream().flatMap(topic -> wire.all(topic).stream())
                .map(record -> at(record.topic(), record.partition(), record.offset())).toList();
        assertThat(sent).hasSizeGreaterThan(BACKLOG + OFFERS.size() * 12);

        assertThat(Stream.concat(wire.values(Topic.COMMAND_OUTCOMES, CommandOutcome.class).stream()
                .map(CommandOutcome::getCause), wire.values(Topic.QUARANTINE, QuarantinedRecord.class).stream()
                .map(QuarantinedRecord::getSource)).map(ExactlyOnceTest::at).toList())
                .as("one outcome or quarantine record for each input").containsExactlyInAnyOrderElementsOf(sent);
        assertThat(wire.values(Topic.OFFER_JOURNAL, JournalEntry.class).stream()
                .filter(entry -> entry.getKind() == EntryKind.POLICY)).as("the policy, once a partition")
                .hasSize(PARTITIONS);
        assertThat(wire.values(Topic.OFFER_JOURNAL, JournalEntry.class).stream()
                .filter(entry -> entry.getInput() != null).map(entry -> at(entry.getInput().getSource()))
                .toList())
                .as("one entry of the journal for each input").containsExactlyInAnyOrderElementsOf(sent);
        Map<Integer, List<Long>> numbers = wire.all(Topic.OFFER_JOURNAL).stream().collect(Collectors.groupingBy(
                ConsumerRecord::partition, Collectors.mapping(record -> wire.value(Topic.OFFER_JOURNAL, record,
                        JournalEntry.class).orElseThrow().getNumber(), Collectors.toList())));
        assertThat(numbers.values()).allSatisfy(partition -> assertThat(partition).as("numbers without a hole")
                .isEqualTo(LongStream.rangeClosed(1, partition.size()).boxed().toList()));
        assertThat(wire.all(Topic.OFFER_JOURNAL)).filteredOn(record -> record.key() != null)
                .as("entries lie in the partition of their input")
                .allSatisfy(record -> assertThat(wire.value(Topic.OFFER_JOURNAL, record, JournalEntry.class)
                        .orElseThrow().getInput().getSource().getPartition()).isEqualTo(record.partition()));
        assertThat(wire.all(Topic.STOREFRONT)).as("each went live once").hasSize(OFFERS.size());
        assertThat(wire.all(Topic.NOTIFICATIONS)).as("preview ready and live, once each").hasSize(2 * OFFERS.size());
    }

    private static String at(Coordinates where) {
        return at(where.getTopic(), where.getPartition(), where.getOffset());
    }

    private static String at(String topic, int partition, long offset) {
        return "%s-%d@%d".formatted(topic, partition, offset);
    }

    /** The journal folded is what the stores hold, of which the changelogs are the copy that a restore would read. */
    private static void theJournalIsTheState(Sandbox sandbox, WireRecords wire) {
        JournalFold fold = fold(wire);
        assertThat(changelog(sandbox, "offerflow-offers-changelog")).isEqualTo(fold.offers()).hasSize(OFFERS.size());
        assertThat(changelog(sandbox, "offerflow-contents-changelog")).isEqualTo(fold.contents());
    }

    private static JournalFold fold(WireRecords wire) {
        JournalFold fold = new JournalFold(wire.registry());
        wire.all(Topic.OFFER_JOURNAL).forEach(record -> fold.add(record.key(),
                wire.value(Topic.OFFER_JOURNAL, record, JournalEntry.class).orElseThrow()));
        return fold;
    }

    /** Only what a kill finds in memory is restored, from the changelog's offset up to which the store is on disk. */
    private static void theStoresWereKept(ForkedService service) {
        assertThat(service.logged().lines().filter(line -> line.contains("restored store offers from offset")))
                .as("restores of header rows since the last kill")
                .anySatisfy(line -> assertThat(line).doesNotContain("from offset 0 "));
    }

    private static void theStoresAreTheState(ForkedService service, WireRecords wire) {
        JournalFold fold = fold(wire);
        assertThat(store(service, OfferTopology.OFFERS)).isEqualTo(fold.offers());
        assertThat(store(service, OfferTopology.CONTENTS)).isEqualTo(fold.contents());
    }

    private static SortedMap<String, String> store(ForkedService service, String name) {
        SortedMap<String, String> rows = new TreeMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            StoreFiles.rows(service.stores(partition).resolve(name))
                    .forEach((key, value) -> rows.put(JournalFold.hex(key), JournalFold.hex(value)));
        }
        return rows;
    }

    private static SortedMap<String, String> changelog(Sandbox sandbox, String topic) {
        SortedMap<String, String> newest = new TreeMap<>();
        CommittedRecords.all(sandbox, topic, PARTITIONS).forEach(record -> {
            if (record.value() == null) {
                newest.remove(JournalFold.hex(record.key()));
            } else {
                newest.put(JournalFold.hex(record.key()), JournalFold.hex(record.value()));
            }
        });
        return newest;
    }
}
