package io.offerflow.codec;

import io.offerflow.avro.state.StoredContent;
import io.offerflow.avro.state.StoredOffer;
import io.offerflow.avro.state.StoredOverview;
import io.offerflow.avro.state.StoredPlan;
import io.offerflow.avro.state.StoredPlanEntry;
import io.offerflow.avro.state.StoredReport;
import io.offerflow.avro.state.StoredCustomer;
import io.offerflow.avro.state.StoredEndedEpoch;
import io.offerflow.avro.state.StoredMark;
import io.offerflow.avro.state.StoredPrices;
import io.offerflow.avro.state.StoredSale;
import io.offerflow.avro.state.StoredSales;
import io.offerflow.avro.state.StoredTexts;
import io.offerflow.domain.OfferKey;
import io.offerflow.domain.PlanMark;
import io.offerflow.domain.SectionId;
import io.offerflow.domain.Step;
import io.offerflow.domain.StepMessage;
import io.offerflow.domain.Texts;
import io.offerflow.domain.state.AnswerMemory;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.domain.state.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;

/** State to the bytes of the stores and back. Not safe for use by several threads. */
public final class StateCodec {

    /** Key, beside the rows, of the id of the policy that a partition's journal has last; no offer's key begins so. */
    public static final byte[] POLICY = {0, 'p', 'o', 'l', 'i', 'c', 'y'};

    private static final byte POLICY_FORMAT = 1;
    private static final byte SECTION = 's';
    private static final byte PLAN = 'p';
    private static final byte SALES = 'a';
    private static final byte EPOCH = 'e';
    private static final byte CUSTOMER = 'c';
    private static final byte TEXTS = 't';
    private static final byte AUDIENCES = 'u';
    private static final byte MEMBER = 'm';
    private static final byte PRICES = 'r';
    private static final byte END_OF_KEY = 0;

    private final StoredForm<StoredOffer> offers = new StoredForm<>("offer", 1, StoredOffer.getClassSchema());
    private final StoredForm<StoredContent> contents = new StoredForm<>("content", 1, StoredContent.getClassSchema());
    private final StoredForm<StoredOverview> overviews =
            new StoredForm<>("overview", 1, StoredOverview.getClassSchema());
    private final StoredForm<StoredPlan> plans = new StoredForm<>("plan", 1, StoredPlan.getClassSchema());
    private final StoredForm<StoredSales> sales = new StoredForm<>("sales", 1, StoredSales.getClassSchema());
    private final StoredForm<StoredEndedEpoch> epochs =
            new StoredForm<>("ended-epoch", 1, StoredEndedEpoch.getClassSchema());
    private final StoredForm<StoredCustomer> customers =
            new StoredForm<>("customer", 1, StoredCustomer.getClassSchema());
    private final StoredForm<StoredPrices> prices = new StoredForm<>("prices", 1, StoredPrices.getClassSchema());
    private final StoredForm<StoredTexts> texts = new StoredForm<>("texts", 1, StoredTexts.getClassSchema());

    private final AudienceCodec audiences = new AudienceCodec();

    /** Key of an offer's facts. */
    public static byte[] key(OfferKey key) {
        return key.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Key of a row: the offer's key, a zero byte, the kind of row, and what names it among its kind. */
    public static byte[] key(byte[] offer, Row.Key key) {
        return switch (key) {
            case Row.SectionKey section -> key(offer, SECTION, new byte[] {(byte) section.section().ordinal()},
                    section.revision());
            case Row.PlanKey plan -> key(offer, PLAN, (plan.planId() + "\0").getBytes(StandardCharsets.UTF_8),
                    plan.revision());
            case Row.SalesKey sold -> key(offer, SALES, new byte[0], 0);
            case Row.EpochKey ended -> key(offer, EPOCH, (ended.planId().map(plan -> plan + "\0").orElse("\0"))
                    .getBytes(StandardCharsets.UTF_8), ended.epoch());
            case Row.CustomerKey customer -> key(offer, CUSTOMER, Texts.format("%s\0%s\0", customer.planId(),
                    customer.customerId()).getBytes(StandardCharsets.UTF_8), 0);
            case Row.TextsKey submission -> key(offer, TEXTS, new byte[0], submission.submission());
            case Row.PricesKey plan -> key(offer, PRICES, (plan.planId() + "\0").getBytes(StandardCharsets.UTF_8), 0);
            case Row.AudiencesKey every -> key(offer, AUDIENCES, new byte[0], 0);
            case Row.MemberKey member -> member(offer, member.planId(), member.generation(), member.id());
        };
    }

    /** Key of the offer that a row belongs to. */
    public static byte[] offerOf(byte[] rowKey) {
        return Arrays.copyOf(rowKey, endOfText(rowKey, 0));
    }

    /** What names a row in its key, as {@link #key(byte[], Row.Key)} wrote it. */
    public static Row.Key rowKey(byte[] key) {
        int kind = endOfText(key, 0) + 1;
        long number = ByteBuffer.wrap(key, key.length - Long.BYTES, Long.BYTES).getLong();
        return switch (key[kind]) {
            case SECTION -> new Row.SectionKey(SectionId.values()[key[kind + 1]], number);
            case PLAN -> new Row.PlanKey(text(key, kind + 1), number);
            case SALES -> new Row.SalesKey();
            case EPOCH -> new Row.EpochKey(Optional.of(text(key, kind + 1)).filter(plan -> !plan.isEmpty()), number);
            case CUSTOMER -> new Row.CustomerKey(text(key, kind + 1), text(key, endOfText(key, kind + 1) + 1));
            case TEXTS -> new Row.TextsKey(number);
            case AUDIENCES -> new Row.AudiencesKey();
            case PRICES -> new Row.PricesKey(text(key, kind + 1));
            case MEMBER -> {
                int generation = endOfText(key, kind + 1) + 1;
                yield new Row.MemberKey(text(key, kind + 1), ByteBuffer.wrap(key, generation, Long.BYTES).getLong(),
                        new String(key, generation + Long.BYTES, key.length - generation - Long.BYTES,
                                StandardCharsets.UTF_8));
            }
            default -> throw new IllegalArgumentException(
                    Texts.format("a store holds a row of kind %d, which this release does not know", key[kind]));
        };
    }

    private static String text(byte[] key, int from) {
        return new String(key, from, endOfText(key, from) - from, StandardCharsets.UTF_8);
    }

    private static int endOfText(byte[] key, int from) {
        int end = from;
        while (key[end] != END_OF_KEY) {
            end++;
        }
        return end;
    }

    /** Key of a member's row, or with an empty id where the rows of a generation begin. */
    private static byte[] member(byte[] offer, String planId, long generation, String id) {
        byte[] begin = key(offer, MEMBER, (planId + "\0").getBytes(StandardCharsets.UTF_8), generation);
        byte[] member = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(begin.length + member.length).put(begin).put(member).array();
    }

    /** Where the rows of a generation's members lie that come after one: a range, its first and its last key included. */
    public static Range members(byte[] offer, String planId, long generation, String after) {
        return new Range(member(offer, planId, generation, after + "\0"),
                member(offer, planId, generation, "\u007f"), member(offer, planId, generation, "").length);
    }

    /**
     * A range of keys.
     *
     * @param named the id that a key names begins here
     */
    public record Range(byte[] first, byte[] last, int named) {

        /** The id that a key of the range names. */
        public String id(byte[] key) {
            return new String(key, named, key.length - named, StandardCharsets.UTF_8);
        }
    }

    private static byte[] key(byte[] offer, byte kind, byte[] name, long number) {
        return ByteBuffer.allocate(offer.length + 2 + name.length + Long.BYTES).put(offer).put(END_OF_KEY).put(kind)
                .put(name).putLong(number).array();
    }

    /** The value under {@link #POLICY}: a format number, then the id in UTF-8. */
    public byte[] encodePolicy(String id) {
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length).put(POLICY_FORMAT).put(text).array();
    }

    public byte[] encode(OfferFacts facts) {
        return offers.encode(facts, FactsCodec::write);
    }

    public OfferFacts decodeFacts(byte[] bytes) {
        return offers.decode(bytes, FactsCodec::read);
    }

    public byte[] encode(Row row) {
        return switch (row) {
            case Row.Section section -> contents.encode(new StoredContent(Sections.toAvro(section.content()),
                    Shared.problems(section.problems())));
            case Row.Overview overview -> overviews.encode(overview(overview));
            case Row.Plan plan -> plans.encode(new StoredPlan(Sections.plan(plan.content())));
            case Row.Sales sold -> sales.encode(sales(sold));
            case Row.EndedEpoch ended -> epochs.encode(new StoredEndedEpoch(ended.version()));
            case Row.Customer customer -> customers.encode(customer(customer));
            case Row.Prices until -> prices.encode(new StoredPrices(until.effectiveAt(),
                    Sections.toTerms(until.charged())));
            case Row.Audiences every -> audiences.encode(every);
            case Row.Member member -> audiences.encode(member);
            case Row.Texts written -> texts.encode(new StoredTexts(written.notes().orElse(null),
                    written.reports().entrySet().stream().map(report -> new StoredReport(
                            Shared.toAvro(report.getKey()), Shared.messages(report.getValue()))).toList()));
        };
    }

    /** Facts in the form in which they are stored, for people. */
    public IndexedRecord stored(byte[] facts) {
        return offers.decode(facts);
    }

    /** A row in the form in which it is stored, for people. */
    public IndexedRecord stored(Row.Key key, byte[] bytes) {
        return switch (key) {
            case Row.SectionKey section when section.section() == SectionId.PLAN_OVERVIEW -> overviews.decode(bytes);
            case Row.SectionKey section -> contents.decode(bytes);
            case Row.PlanKey plan -> plans.decode(bytes);
            case Row.SalesKey sold -> sales.decode(bytes);
            case Row.EpochKey epoch -> epochs.decode(bytes);
            case Row.CustomerKey customer -> customers.decode(bytes);
            case Row.TextsKey submission -> texts.decode(bytes);
            case Row.PricesKey plan -> prices.decode(bytes);
            case Row.AudiencesKey every -> audiences.storedAudiences(bytes);
            case Row.MemberKey member -> audiences.storedMember(bytes);
        };
    }

    public Row decodeRow(Row.Key key, byte[] bytes) {
        return switch (key) {
            case Row.SectionKey section when section.section() == SectionId.PLAN_OVERVIEW ->
                    fromOverview(overviews.decode(bytes));
            case Row.SalesKey sold -> fromSales(sales.decode(bytes));
            case Row.EpochKey epoch -> new Row.EndedEpoch(epochs.decode(bytes).getVersion());
            case Row.CustomerKey customer -> fromCustomer(customers.decode(bytes));
            case Row.PricesKey plan -> {
                StoredPrices stored = prices.decode(bytes);
                yield new Row.Prices(stored.getEffectiveAt(), Sections.fromTerms(stored.getCharged()));
            }
            case Row.AudiencesKey every -> audiences.decodeAudiences(bytes);
            case Row.MemberKey member -> audiences.decodeMember(bytes);
            case Row.PlanKey plan -> new Row.Plan(Sections.fields(plans.decode(bytes).getContent()));
            case Row.SectionKey section -> {
                StoredContent stored = contents.decode(bytes);
                yield new Row.Section(Sections.fromAvro(stored.getContent()),
                        Shared.fromProblems(stored.getProblems()));
            }
            case Row.TextsKey submission -> {
                StoredTexts stored = texts.decode(bytes);
                Map<Step, List<StepMessage>> reports = new EnumMap<>(Step.class);
                stored.getReports().forEach(report -> reports.put(Shared.fromAvro(report.getStep()),
                        Shared.fromMessages(report.getMessages())));
                yield new Row.Texts(Optional.ofNullable(stored.getNotesForCertification()), reports);
            }
        };
    }

    private static StoredOverview overview(Row.Overview overview) {
        List<StoredPlanEntry> stored = new ArrayList<>();
        overview.plans().forEach((planId, plan) -> stored.add(new StoredPlanEntry(planId, plan.revision(),
                plan.digest(), plan.name().orElse(null), plan.pricingModel().orElse(null), plan.hidden(),
                StoredMark.valueOf(plan.mark().name()), Shared.problems(plan.problems()))));
        return new StoredOverview(stored, Shared.problems(overview.problems()));
    }

    private static Row.Overview fromOverview(StoredOverview stored) {
        SortedMap<String, Row.PlanEntry> plans = new TreeMap<>();
        stored.getPlans().forEach(plan -> plans.put(plan.getPlanId(), new Row.PlanEntry(plan.getRevision(),
                plan.getDigest(), Optional.ofNullable(plan.getName()), Optional.ofNullable(plan.getPricingModel()),
                plan.getHidden(), PlanMark.valueOf(plan.getMark().name()), Shared.fromProblems(plan.getProblems()))));
        return new Row.Overview(plans, Shared.fromProblems(stored.getProblems()));
    }

    private static StoredSales sales(Row.Sales sales) {
        return new StoredSales(sales.plans().entrySet().stream().map(plan -> new StoredSale(plan.getKey(),
                plan.getValue().epoch(), plan.getValue().stoppedAt().orElse(null), plan.getValue().hidden(),
                plan.getValue().deleted())).toList());
    }

    private static Row.Sales fromSales(StoredSales stored) {
        SortedMap<String, Row.Sale> sales = new TreeMap<>();
        stored.getSales().forEach(sale -> sales.put(sale.getPlanId(), new Row.Sale(sale.getEpoch(),
                Optional.ofNullable(sale.getStoppedAt()), sale.getHidden(), sale.getDeleted())));
        return new Row.Sales(sales);
    }

    private static StoredCustomer customer(Row.Customer customer) {
        Row.Entitlement had = customer.entitlement().orElse(new Row.Entitlement(0, 0, 0, Instant.EPOCH));
        return new StoredCustomer(customer.entitlement().isPresent(), had.offerEpoch(), had.planEpoch(),
                had.revocations(), had.since(), customer.answers().packed());
    }

    private static Row.Customer fromCustomer(StoredCustomer stored) {
        return new Row.Customer(stored.getEntitled() ? Optional.of(new Row.Entitlement(stored.getOfferEpoch(),
                stored.getPlanEpoch(), stored.getRevocations(), stored.getSince())) : Optional.empty(),
                AnswerMemory.of(stored.getAnswers()));
    }
}
