package io.offerflow.topology;

import static io.offerflow.topology.TopologyHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.AddAudienceId;
import io.offerflow.avro.AudienceInterval;
import io.offerflow.avro.AudienceMember;
import io.offerflow.avro.AudienceNumber;
import io.offerflow.avro.AudienceRow;
import io.offerflow.avro.AudienceState;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.ImportAudience;
import io.offerflow.avro.Notification;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.Plan;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.Reason;
import io.offerflow.avro.RemoveAudienceId;
import io.offerflow.avro.Result;
import io.offerflow.avro.SyncPrivateAudience;
import io.offerflow.avro.UpdatePlan;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PolicySettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Private audiences on the topics: stamped rows, one number that counts, and the predicate that combines them. */
class AudienceTopologyTest {

    private static final OfferKey OFFER = new OfferKey("contoso", "shift-planner");
    private static final String GUID = "0b1c2d3e-0000-4000-8000-00000000000a";

    private TopologyHarness bench = TopologyHarness.start();
    private OfferDriver publisher = new OfferDriver(bench, OFFER, START);
    private final Map<String, AudienceMember> members = new TreeMap<>();
    private PlanStatus gold;

    @BeforeEach
    void aDraftWithAPrivatePlan() {
        publisher.send(Envelopes.create(OFFER));
        Contents.transactable().forEach(content -> publisher.send(Envelopes.save(OFFER, content)));
        publisher.send(Envelopes.command(OFFER, new CreatePlan("gold", Contents.plan("Gold", "PRIVATE"))));
        bench.skip();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a1AnAddedCustomerIsARowAndTheSavedAudienceOfThePlan() {
        publisher.send(Envelopes.command(OFFER, new AddAudienceId("gold", id(1), "TENANT", "The first one")));
        TestRecord<byte[], byte[]> record = bench.raw(Topic.AUDIENCE_MEMBERS);
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("contoso/shift-planner/gold/1/" + id(1));
        AudienceMember member = (AudienceMember) bench.decode(Topic.AUDIENCE_MEMBERS, record.value());
        assertThat(member.getLabel()).isEqualTo("The first one");
        assertThat(member).isEqualTo(new AudienceMember("gold", 1L, id(1),
                io.offerflow.avro.AudienceIdType.TENANT, "The first one", List.of(new AudienceInterval(8L, null))));
        read();
        assertThat(gold.getSavedAudience()).isEqualTo(new AudienceNumber(1L, 8L, 1, 0));
        assertThat(gold.getLiveAudience()).isNull();
        assertThat(gold.getAudienceState()).isEqualTo(AudienceState.CHANGED);
        assertThat(gold.getProblems()).as("V19").isEmpty();
    }

    @Test
    void a4S35ASyncWritesOnePlanRowAndOneNotification() {
        live();
        importing(1, 20_000);
        publisher.send(Envelopes.command(OFFER, new UpdatePlan("gold",
                Plan.newBuilder().setDescription("New words.").build(), List.of(), null)));
        read();
        publisher.send(Envelopes.command(OFFER, new SyncPrivateAudience(List.of())));
        assertThat(bench.outcome().getResult()).isEqualTo(Result.ACCEPTED);
        bench.journal();
        bench.status();
        gold = (PlanStatus) bench.decode(Topic.PLAN_STATUS, bench.raw(Topic.PLAN_STATUS).value());
        assertThat(gold.getLiveAudience()).isEqualTo(gold.getSavedAudience());
        assertThat(gold.getLiveAudience().getTenants()).isEqualTo(20_000);
        assertThat(gold.getAudienceState()).isEqualTo(AudienceState.IN_SYNC);
        assertThat(gold.getUnpublishedChanges()).as("S35: the words are not published").isTrue();
        Notification letter = bench.notification();
        assertThat(letter.getTemplate()).isEqualTo(NotificationTemplate.AUDIENCE_SYNCED);
        assertThat(letter.getPlanIds()).containsExactly("gold");
        assertThat(mayBuy(19_999)).isTrue();
        while (bench.has(Topic.AUDIENCE_MEMBERS)) { // the one that was typed in before is swept up
            assertThat(bench.raw(Topic.AUDIENCE_MEMBERS).value()).isNull();
        }
        bench.andNothingElse();
    }

    @Test
    void a9B12ADelayedSyncOfAnIdleOfferTakesEffectAtItsTime() {
        bench.close();
        Policy delayed = PolicySettings.policy(Map.of("audience.sync.delay", "PT30M"));
        TopologySettings set = TopologySettings.defaults("test-build", 1);
        bench = TopologyHarness.start(new TopologySettings(delayed, set.build(), 1, set.inputMaxBytes(), set.tick(),
                set.dueGrace(),
                set.duePerTick(), set.notificationLocale()), new InMemoryRegistry());
        publisher = new OfferDriver(bench, OFFER, START);
        aDraftWithAPrivatePlan();
        live();
        send(new AddAudienceId("gold", id(2), "TENANT", null));
        publisher.send(Envelopes.command(OFFER, new SyncPrivateAudience(List.of())));
        Instant asked = publisher.clock();
        assertThat(bench.has(Topic.NOTIFICATIONS)).isFalse();
        read();
        assertThat(gold.getAudienceState()).isEqualTo(AudienceState.SYNCING);
        assertThat(gold.getSyncsAt()).isEqualTo(asked.plus(Duration.ofMinutes(30)));
        assertThat(gold.getLiveAudience().getTenants()).isEqualTo(1);
        agree();

        bench.pass(Duration.ofHours(2));
        Notification letter = bench.notification();
        assertThat(letter.getTemplate()).isEqualTo(NotificationTemplate.AUDIENCE_SYNCED);
        assertThat(letter.getOccurredAt()).isEqualTo(asked.plus(Duration.ofMinutes(30)));
        read();
        assertThat(gold.getAudienceState()).isEqualTo(AudienceState.IN_SYNC);
        assertThat(gold.getSyncsAt()).isNull();
        assertThat(gold.getLiveAudience()).isEqualTo(gold.getSavedAudience());
    }

    @Test
    void thePredicateOverTheRowsSaysWhatTheServiceSays() {
        live();
        agree();
        send(new AddAudienceId("gold", id(2), "TENANT", null));
        agree();
        send(new RemoveAudienceId("gold", id(1)));
        agree();
        send(new SyncPrivateAudience(List.of()));
        agree();
        importing(3, 4);
        agree();
        send(new SyncPrivateAudience(List.of("gold")));
        agree();
        publisher.send(Envelopes.stopSelling(OFFER));
        read();
        bench.pass(Duration.ofHours(5));
        read();
        assertThat(gold.getLiveAudience()).as("B63").isNull();
        assertThat(gold.getSavedAudience().getTenants()).isEqualTo(2);
        assertThat(members.keySet()).as("rows of what nothing refers to any more").containsExactly(
                "contoso/shift-planner/gold/2/" + id(3), "contoso/shift-planner/gold/2/" + id(4));
    }

    @Test
    void v22ARefusedFileNamesItsLines() {
        send(new ImportAudience("gold", GUID, 0, 1, 1, null, List.of(new AudienceRow(id(1).toUpperCase() + "x",
                "TENANT",
                null, 17)), true));
        assertThat(lastReason).isEqualTo(Reason.CSV_INVALID);
    }

    private Reason lastReason;

    private void live() {
        send(new AddAudienceId("gold", id(1), "TENANT", null));
        publisher.send(Envelopes.submit(OFFER));
        for (String step : List.of("PURCHASE_FLOW", "LEAD_MANAGEMENT", "CERTIFICATION", "PREVIEW_CREATION")) {
            publisher.step(step);
        }
        publisher.send(Envelopes.goLive(OFFER)).step("PUBLISH_PURCHASE_FLOW").step("PUBLISH_LEAD_MANAGEMENT")
                .step("FINAL_PUBLISH");
        read();
    }

    private void send(Object payload) {
        publisher.send(Envelopes.command(OFFER, payload));
        read();
    }

    /** Imports the customers from one number to another, in chunks of 500. */
    private void importing(int first, int last) {
        int total = last - first + 1;
        int chunks = (total + 499) / 500;
        String importId = UUID.nameUUIDFromBytes(new byte[] {(byte) first, (byte) last}).toString();
        for (int chunk = 0; chunk < chunks; chunk++) {
            int from = first + chunk * 500;
            send(new ImportAudience("gold", importId, chunk, chunks, total, null, IntStream.range(from,
                    Math.min(from + 500, last + 1)).mapToObj(number ->
                            new AudienceRow(id(number), "TENANT", null, number + 1)).toList(), true));
        }
    }

    /** What a consumer's tables hold after reading the topics. */
    private void read() {
        while (bench.has(Topic.AUDIENCE_MEMBERS)) {
            TestRecord<byte[], byte[]> record = bench.raw(Topic.AUDIENCE_MEMBERS);
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                members.remove(key);
            } else {
                members.put(key, (AudienceMember) bench.decode(Topic.AUDIENCE_MEMBERS, record.value()));
            }
        }
        while (bench.has(Topic.PLAN_STATUS)) {
            gold = (PlanStatus) bench.decode(Topic.PLAN_STATUS, bench.raw(Topic.PLAN_STATUS).value());
        }
        while (bench.has(Topic.COMMAND_OUTCOMES)) {
            lastReason = bench.outcome().getReason();
        }
        bench.skip();
    }

    /** The documented predicate. */
    private boolean mayBuy(int customer) {
        AudienceNumber live = gold.getLiveAudience();
        AudienceMember row = live == null ? null
                : members.get("contoso/shift-planner/gold/%d/%s".formatted(live.getGeneration(), id(customer)));
        return row != null && row.getIntervals().stream().anyMatch(interval -> interval.getFrom() <= live.getVersion()
                && (interval.getUntil() == null || live.getVersion() < interval.getUntil()));
    }

    /** Asks the service for each customer, as a dry run. */
    private void agree() {
        for (int customer = 1; customer <= 4; customer++) {
            boolean rows = mayBuy(customer);
            publisher.send(new CustomerRequest(Envelopes.nextId(), OFFER.publisherId(), OFFER.offerId(), "commerce",
                    START,
                    true, new AcquirePlan(id(customer), "gold")));
            assertThat(bench.outcome().getResult() == Result.ACCEPTED).as("customer %d", customer).isEqualTo(rows);
        }
        read();
    }

    private static String id(int number) {
        return "0b1c2d3e-0000-4000-8000-%012d".formatted(number);
    }
}
