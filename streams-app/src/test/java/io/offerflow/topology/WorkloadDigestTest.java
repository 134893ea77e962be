package io.offerflow.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.Golden;
import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.AddAudienceId;
import io.offerflow.avro.AudienceRow;
import io.offerflow.avro.CompleteRemoval;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.DownloadOffer;
import io.offerflow.avro.ImportAudience;
import io.offerflow.avro.RequestRemoval;
import io.offerflow.avro.StopSellingPlan;
import io.offerflow.avro.SupportDecision;
import io.offerflow.avro.SyncPrivateAudience;
import io.offerflow.avro.TakeRemovalRequest;
import io.offerflow.avro.UpdatePlan;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PolicySettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/**
 * Everything that a fixed workload writes, as one digest per topic and store: a refactoring changes none of them.
 *
 * <p>The first digest of a topic covers keys, headers, time stamps and the bytes of values. The second covers the same
 * fields of the values by name, without the rule id and without the sentences for people: it stays when only a wording
 * changes.
 */
class WorkloadDigestTest {

    private static final int INPUTS = 1_500;
    private static final OfferKey OFFER = new OfferKey("adatum", "claims-desk");
    private static final Instant ISSUED = Instant.parse("2026-03-02T08:59:58Z");
    private static final Set<String> RULE = Set.of("rule");
    private static final Set<String> RULE_AND_SENTENCES = Set.of("rule", "detail", "advice", "expected");
    /** Topics whose values carry a rule id. */
    private static final Set<Topic> WITH_RULE = Set.of(Topic.OFFER_JOURNAL, Topic.COMMAND_OUTCOMES);

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final AvroDecoder decoder = new AvroDecoder(registry);

    @Test
    void outputsAndStoresStayByteForByte() {
        StringBuilder text = new StringBuilder("# topic or store, records, digest, digest without sentences\n");
        try (LiveRun run = new LiveRun(registry, 2026).inputs(INPUTS).restart(otherPolicy()).inputs(INPUTS)) {
            sellToCustomers(run);
            for (Topic topic : Topic.outputs()) {
                List<TestRecord<byte[], byte[]>> records = run.output(topic);
                assertThat(records).as(topic.topicName()).isNotEmpty();
                text.append("%s %d %s %s%n".formatted(topic.topicName(), records.size(), digest(topic, records, RULE),
                        digest(topic, records, RULE_AND_SENTENCES)));
            }
            run.storesByName().forEach((store, rows) ->
                    text.append("%s %d %s%n".formatted(store, rows.size(), digest(rows))));
        }
        Golden.check("src/test/resources/workload-digests.txt", text.toString(), "A fixed workload gives other outputs "
                + "or other stores than before. If that is meant, say so in the commit and run this test with "
                + "-Dgolden.update=true; a refactoring must not change a line.");
    }

    /** What random inputs hardly reach: plans on sale, customers, audiences, price changes, stops, a removal. */
    private static void sellToCustomers(LiveRun run) {
        run.send(Envelopes.create(OFFER));
        Contents.transactable().forEach(content -> run.send(Envelopes.save(OFFER, content)));
        run.send(command(new CreatePlan("gold", Contents.plan("Gold", "PRIVATE"))))
                .send(command(new CreatePlan("silver", Contents.plan("Silver", "PUBLIC"))))
                .send(command(new AddAudienceId("gold", customer(1), "TENANT", "The first one")))
                .send(Envelopes.submit(OFFER)).published(OFFER)
                .send(request(new AcquirePlan(customer(1), "gold"))).send(request(new AcquirePlan(customer(2), "gold")))
                .send(request(new AcquirePlan(customer(2), "silver")))
                .send(command(new ImportAudience("gold", new UUID(7, 7).toString(), 0, 1, 2, null, List.of(
                        new AudienceRow(customer(2), "TENANT", null, 2),
                                new AudienceRow(customer(3), "TENANT", "Third", 3)),
                        true)))
                .send(command(new SyncPrivateAudience(List.of()))).pass(Duration.ofHours(1))
                .send(request(new AcquirePlan(customer(2), "gold")))
                .send(command(new UpdatePlan("silver", Contents.plan("Sterling", "PUBLIC"), List.of(), null)))
                .send(Envelopes.submit(OFFER)).published(OFFER)
                .send(command(new StopSellingPlan("silver", null, true))).pass(Duration.ofHours(8))
                .send(request(new DownloadOffer(customer(2), "silver")))
                .send(command(new RequestRemoval("SAAS", "REMOVE_A_PUBLISHED_OFFER", "End of life")))
                .send(support(new TakeRemovalRequest(1L))).send(support(new CompleteRemoval(1L)))
                .send(Envelopes.stopSelling(OFFER)).pass(Duration.ofHours(8))
                .send(support(new CompleteRemoval(1L))).send(request(new DownloadOffer(customer(1), "gold")))
                .send(Envelopes.delete(OFFER)).send(Envelopes.create(OFFER));
    }

    private static IndexedRecord command(Object payload) {
        return Envelopes.command(OFFER, payload);
    }

    private static IndexedRecord request(Object payload) {
        return new CustomerRequest(Envelopes.nextId(), OFFER.publisherId(), OFFER.offerId(), "commerce", ISSUED, false,
                payload);
    }

    private static IndexedRecord support(Object payload) {
        return new SupportDecision(Envelopes.nextId(), OFFER.publisherId(), OFFER.offerId(), "desk", ISSUED, false,
                payload);
    }

    private static String customer(int number) {
        return new UUID(0x0000_4000L, Long.MIN_VALUE | number).toString();
    }

    private static Policy otherPolicy() {
        return PolicySettings.policy(Map.of("stop.sell.delay", "PT6H"));
    }

    /** Over whole records; of values without the fields that are left out. */
    private String digest(Topic topic, List<TestRecord<byte[], byte[]>> records, Set<String> leftOut) {
        Digest digest = new Digest();
        boolean asBytes = leftOut.equals(RULE) && !WITH_RULE.contains(topic);
        for (TestRecord<byte[], byte[]> record : records) {
            digest.add(record.key());
            digest.add(Long.toString(record.timestamp()));
            for (Header header : record.headers()) {
                digest.add(header.key());
                digest.add(header.value());
            }
            if (asBytes || record.value() == null) {
                digest.add(record.value());
            } else {
                digest.add(text(decoder.decode(topic, record.value()), leftOut));
            }
        }
        return digest.toString();
    }

    private static String digest(SortedMap<byte[], byte[]> rows) {
        Digest digest = new Digest();
        rows.forEach((key, value) -> {
            digest.add(key);
            digest.add(value);
        });
        return digest.toString();
    }

    /** A value as text, field by field, without some of them. */
    private static String text(Object value, Set<String> leftOut) {
        return switch (value) {
            case IndexedRecord record -> record.getSchema().getFields().stream()
                    .filter(field -> !leftOut.contains(field.name()))
                    .map(field -> field.name() + "=" + text(record.get(field.pos()), leftOut)).toList().toString();
            case List<?> list -> list.stream().map(item -> text(item, leftOut)).toList().toString();
            case null -> "null";
            default -> GenericData.get().toString(value);
        };
    }

    /** SHA-256 over parts, each with its length. */
    private static final class Digest {

        private final MessageDigest digest;

        Digest() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        void add(String part) {
            add(part.getBytes(StandardCharsets.UTF_8));
        }

        void add(byte[] part) {
            digest.update(Optional.ofNullable(part).map(bytes -> bytes.length + ":").orElse("none")
                    .getBytes(StandardCharsets.UTF_8));
            digest.update(part == null ? new byte[0] : part);
        }

        @Override
        public String toString() {
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        }
    }
}
