package io.offerflow.codec;

import io.offerflow.avro.state.StoredContent;
import io.offerflow.avro.state.StoredCustomer;
import io.offerflow.avro.state.StoredEndedEpoch;
import io.offerflow.avro.state.StoredMark;
import io.offerflow.avro.state.StoredOffer;
import io.offerflow.avro.state.StoredOverview;
import io.offerflow.avro.state.StoredPlan;
import io.offerflow.avro.state.StoredPlanEntry;
import io.offerflow.avro.state.StoredPrices;
import io.offerflow.avro.state.StoredReport;
import io.offerflow.avro.state.StoredSale;
import io.offerflow.avro.state.StoredSales;
import io.offerflow.avro.state.StoredTexts;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.RelistIntent;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.StepMessage;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.row.AudienceIndexRow;
import io.offerflow.domain.state.row.AudienceMemberRow;
import io.offerflow.domain.state.row.CustomerRow;
import io.offerflow.domain.state.row.EndedEpochRow;
import io.offerflow.domain.state.row.EntitlementStamp;
import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.domain.state.row.PlanRow;
import io.offerflow.domain.state.row.PlanSale;
import io.offerflow.domain.state.row.PlanSalesRow;
import io.offerflow.domain.state.row.PlanSummary;
import io.offerflow.domain.state.row.PriceRow;
import io.offerflow.domain.state.row.RecentCommands;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.SectionRow;
import io.offerflow.domain.state.row.StateRow;
import io.offerflow.domain.state.row.SubmissionNotesRow;
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
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;

/** Encodes the state of offers for the stores, and decodes it. Not safe for use by several threads. */
public final class StateCodec {

    /**
     * Key, in the store of rows, of the id of the last policy in a partition's journal; no key of an offer begins so.
     */
    public static final byte[] POLICY = {0, 'p', 'o', 'l', 'i', 'c', 'y'};

    private static final byte POLICY_FORMAT = 1;
    private static final byte SECTION = 's';
    private static final byte PLAN = 'p';
    private static final byte SALES = 'a';
    private static final byte EPOCH = 'e';
    private static final byte CUSTOMER = 'c';
    private static final byte NOTES = 't';
    private static final byte AUDIENCES = 'u';
    private static final byte MEMBER = 'm';
    private static final byte PRICES = 'r';
    private static final byte END_OF_KEY = 0;

    private final StoredFormat<StoredOffer> offers = new StoredFormat<>("offer", 1, StoredOffer.getClassSchema());
    private final StoredFormat<StoredContent> contents =
            new StoredFormat<>("content", 1, StoredContent.getClassSchema());
    private final StoredFormat<StoredOverview> overviews =
            new StoredFormat<>("overview", 1, StoredOverview.getClassSchema());
    private final StoredFormat<StoredPlan> plans = new StoredFormat<>("plan", 1, StoredPlan.getClassSchema());
    private final StoredFormat<StoredSales> sales = new StoredFormat<>("sales", 1, StoredSales.getClassSchema());
    private final StoredFormat<StoredEndedEpoch> epochs =
            new StoredFormat<>("ended-epoch", 1, StoredEndedEpoch.getClassSchema());
    private final StoredFormat<StoredCustomer> customers =
            new StoredFormat<>("customer", 1, StoredCustomer.getClassSchema());
    private final StoredFormat<StoredPrices> prices = new StoredFormat<>("prices", 1, StoredPrices.getClassSchema());
    private final StoredFormat<StoredTexts> texts = new StoredFormat<>("texts", 1, StoredTexts.getClassSchema());

    private final AudienceCodec audiences = new AudienceCodec();

    /** The number of the format in which this release writes each kind of value, by its name. */
    public SortedMap<String, Integer> formats() {
        SortedMap<String, Integer> numbers = new TreeMap<>();
        Stream.concat(Stream.of(offers, contents, overviews, plans, sales, epochs, customers, prices, texts),
                audiences.formats()).forEach(format -> numbers.put(format.name(), format.number()));
        return numbers;
    }

    /** Key of a header row. */
    public static byte[] key(OfferKey key) {
        return key.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Key of a state row: the offer's key, a zero byte, the kind of row, and the fields of the key. */
    public static byte[] key(byte[] offer, RowKey key) {
        return switch (key) {
            case RowKey.SectionKey section -> key(offer, SECTION, new byte[] {(byte) section.section().ordinal()},
                    section.revision());
            case RowKey.PlanKey plan -> key(offer, PLAN, (plan.planId() + "\0").getBytes(StandardCharsets.UTF_8),
                    plan.revision());
            case RowKey.PlanSalesKey sold -> key(offer, SALES, new byte[0], 0);
            case RowKey.EndedEpochKey ended -> key(offer, EPOCH, (ended.planId().map(plan -> plan + "\0").orElse("\0"))
                    .getBytes(StandardCharsets.UTF_8), ended.epoch());
            case RowKey.CustomerKey customer ->
                    key(offer, CUSTOMER, RootLocaleText.format("%s\0%s\0", customer.planId(),
                    customer.customerId()).getBytes(StandardCharsets.UTF_8), 0);
            case RowKey.SubmissionNotesKey submission -> key(offer, NOTES, new byte[0], submission.submission());
            case RowKey.PriceKey plan -> key(offer, PRICES, (plan.planId() + "\0").getBytes(StandardCharsets.UTF_8), 0);
            case RowKey.AudienceIndexKey every -> key(offer, AUDIENCES, new byte[0], 0);
            case RowKey.AudienceMemberKey member -> member(offer, member.planId(), member.generation(), member.id());
        };
    }

    /** Key of the offer that a row belongs to. */
    public static byte[] offerOf(byte[] rowKey) {
        return Arrays.copyOf(rowKey, endOfText(rowKey, 0));
    }

    /**
     * Decodes the key of a state row.
     *
     * @param key that {@link #key(byte[], RowKey)} returned
     * @throws IllegalArgumentException if this release does not know the kind of row
     */
    public static RowKey rowKey(byte[] key) {
        int kind = endOfText(key, 0) + 1;
        long number = ByteBuffer.wrap(key, key.length - Long.BYTES, Long.BYTES).getLong();
        return switch (key[kind]) {
            case SECTION -> new RowKey.SectionKey(SectionId.values()[key[kind + 1]], number);
            case PLAN -> new RowKey.PlanKey(text(key, kind + 1), number);
            case SALES -> new RowKey.PlanSalesKey();
            case EPOCH ->
                    new RowKey.EndedEpochKey(Optional.of(text(key, kind + 1)).filter(plan -> !plan.isEmpty()), number);
            case CUSTOMER -> new RowKey.CustomerKey(text(key, kind + 1), text(key, endOfText(key, kind + 1) + 1));
            case NOTES -> new RowKey.SubmissionNotesKey(number);
            case AUDIENCES -> new RowKey.AudienceIndexKey();
            case PRICES -> new RowKey.PriceKey(text(key, kind + 1));
            case MEMBER -> {
                int generation = endOfText(key, kind + 1) + 1;
                yield new RowKey.AudienceMemberKey(text(key, kind + 1),
                        ByteBuffer.wrap(key, generation, Long.BYTES).getLong(),
                        new String(key, generation + Long.BYTES, key.length - generation - Long.BYTES,
                                StandardCharsets.UTF_8));
            }
            default -> throw new IllegalArgumentException(
                    RootLocaleText.format("a store holds a row of kind %d, which this release does not know",
                            key[kind]));
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

    /** Key of a member's row; with an empty id, the prefix of the rows of a generation. */
    private static byte[] member(byte[] offer, String planId, long generation, String id) {
        byte[] begin = key(offer, MEMBER, (planId + "\0").getBytes(StandardCharsets.UTF_8), generation);
        byte[] member = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(begin.length + member.length).put(begin).put(member).array();
    }

    /** Range of the keys of a generation's members after the id {@code after}; both ends are included. */
    public static KeyRange members(byte[] offer, String planId, long generation, String after) {
        return new KeyRange(member(offer, planId, generation, after + "\0"),
                member(offer, planId, generation, "\u007f"), member(offer, planId, generation, "").length);
    }

    /**
     * A range of keys.
     *
     * @param named index at which the id begins in a key
     */
    public record KeyRange(byte[] first, byte[] last, int named) {

        /** The id in a key of the range. */
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

    /** Encodes a header row. */
    public byte[] encode(OfferHeader header) {
        return offers.encode(header, HeaderCodec::write);
    }

    /**
     * Decodes a header row.
     *
     * @throws IllegalStateException if a newer release wrote it
     * @throws java.io.UncheckedIOException if the bytes do not fit their format
     */
    public OfferHeader decodeHeader(byte[] bytes) {
        return offers.decode(bytes, HeaderCodec::read);
    }

    /** Encodes a state row. */
    public byte[] encode(StateRow row) {
        return switch (row) {
            case SectionRow section -> contents.encode(new StoredContent(ContentMapping.toAvro(section.content()),
                    EnumMappings.problems(section.problems())));
            case PlanOverviewRow overview -> overviews.encode(overview(overview));
            case PlanRow plan -> plans.encode(new StoredPlan(ContentMapping.plan(plan.content())));
            case PlanSalesRow sold -> sales.encode(sales(sold));
            case EndedEpochRow ended -> epochs.encode(new StoredEndedEpoch(ended.version()));
            case CustomerRow customer -> customers.encode(customer(customer));
            case PriceRow until -> prices.encode(new StoredPrices(until.effectiveAt(),
                    ContentMapping.toTerms(until.charged())));
            case AudienceIndexRow every -> audiences.encode(every);
            case AudienceMemberRow member -> audiences.encode(member);
            case SubmissionNotesRow written -> texts.encode(new StoredTexts(written.notes().orElse(null),
                    written.reports().entrySet().stream().map(report -> new StoredReport(
                            EnumMappings.toAvro(report.getKey()), EnumMappings.messages(report.getValue()))).toList()));
        };
    }

    /** A header row in its stored format, for tools. */
    public IndexedRecord stored(byte[] header) {
        return offers.decode(header);
    }

    /** A state row in its stored format, for tools. */
    public IndexedRecord stored(RowKey key, byte[] bytes) {
        return switch (key) {
            case RowKey.SectionKey section when section.section() == SectionId.PLAN_OVERVIEW -> overviews.decode(bytes);
            case RowKey.SectionKey section -> contents.decode(bytes);
            case RowKey.PlanKey plan -> plans.decode(bytes);
            case RowKey.PlanSalesKey sold -> sales.decode(bytes);
            case RowKey.EndedEpochKey epoch -> epochs.decode(bytes);
            case RowKey.CustomerKey customer -> customers.decode(bytes);
            case RowKey.SubmissionNotesKey submission -> texts.decode(bytes);
            case RowKey.PriceKey plan -> prices.decode(bytes);
            case RowKey.AudienceIndexKey every -> audiences.storedAudiences(bytes);
            case RowKey.AudienceMemberKey member -> audiences.storedMember(bytes);
        };
    }

    /**
     * Decodes a state row.
     *
     * @param key of the row, which determines its type
     * @throws IllegalStateException if a newer release wrote it
     * @throws java.io.UncheckedIOException if the bytes do not fit their format
     */
    public StateRow decodeRow(RowKey key, byte[] bytes) {
        return switch (key) {
            case RowKey.SectionKey section when section.section() == SectionId.PLAN_OVERVIEW ->
                    fromOverview(overviews.decode(bytes));
            case RowKey.PlanSalesKey sold -> fromSales(sales.decode(bytes));
            case RowKey.EndedEpochKey epoch -> new EndedEpochRow(epochs.decode(bytes).getVersion());
            case RowKey.CustomerKey customer -> fromCustomer(customers.decode(bytes));
            case RowKey.PriceKey plan -> {
                StoredPrices stored = prices.decode(bytes);
                yield new PriceRow(stored.getEffectiveAt(), ContentMapping.fromTerms(stored.getCharged()));
            }
            case RowKey.AudienceIndexKey every -> audiences.decodeAudiences(bytes);
            case RowKey.AudienceMemberKey member -> audiences.decodeMember(bytes);
            case RowKey.PlanKey plan -> new PlanRow(ContentMapping.fields(plans.decode(bytes).getContent()));
            case RowKey.SectionKey section -> {
                StoredContent stored = contents.decode(bytes);
                yield new SectionRow(ContentMapping.fromAvro(stored.getContent()),
                        EnumMappings.fromProblems(stored.getProblems()));
            }
            case RowKey.SubmissionNotesKey submission -> {
                StoredTexts stored = texts.decode(bytes);
                Map<PublishStep, List<StepMessage>> reports = new EnumMap<>(PublishStep.class);
                stored.getReports().forEach(report -> reports.put(EnumMappings.fromAvro(report.getStep()),
                        EnumMappings.fromMessages(report.getMessages())));
                yield new SubmissionNotesRow(Optional.ofNullable(stored.getNotesForCertification()), reports);
            }
        };
    }

    private static StoredOverview overview(PlanOverviewRow overview) {
        List<StoredPlanEntry> stored = new ArrayList<>();
        overview.plans().forEach((planId, plan) -> stored.add(new StoredPlanEntry(planId, plan.revision(),
                plan.digest(), plan.name().orElse(null), plan.pricingModel().orElse(null), plan.isPrivate(),
                StoredMark.valueOf(plan.relist().name()), EnumMappings.problems(plan.problems()))));
        return new StoredOverview(stored, EnumMappings.problems(overview.problems()));
    }

    private static PlanOverviewRow fromOverview(StoredOverview stored) {
        SortedMap<String, PlanSummary> plans = new TreeMap<>();
        stored.getPlans().forEach(plan -> plans.put(plan.getPlanId(), new PlanSummary(plan.getRevision(),
                plan.getDigest(), Optional.ofNullable(plan.getName()), Optional.ofNullable(plan.getPricingModel()),
                plan.getHidden(), RelistIntent.valueOf(plan.getMark().name()),
                EnumMappings.fromProblems(plan.getProblems()))));
        return new PlanOverviewRow(plans, EnumMappings.fromProblems(stored.getProblems()));
    }

    private static StoredSales sales(PlanSalesRow sales) {
        return new StoredSales(sales.plans().entrySet().stream().map(plan -> new StoredSale(plan.getKey(),
                plan.getValue().epoch(), plan.getValue().stoppedAt().orElse(null), plan.getValue().isPrivate(),
                plan.getValue().deleted())).toList());
    }

    private static PlanSalesRow fromSales(StoredSales stored) {
        SortedMap<String, PlanSale> sales = new TreeMap<>();
        stored.getSales().forEach(sale -> sales.put(sale.getPlanId(), new PlanSale(sale.getEpoch(),
                Optional.ofNullable(sale.getStoppedAt()), sale.getHidden(), sale.getDeleted())));
        return new PlanSalesRow(sales);
    }

    private static StoredCustomer customer(CustomerRow customer) {
        EntitlementStamp stamp = customer.entitlement().orElse(new EntitlementStamp(0, 0, 0, Instant.EPOCH));
        return new StoredCustomer(customer.entitlement().isPresent(), stamp.offerEpoch(), stamp.planEpoch(),
                stamp.revocations(), stamp.since(), customer.recentCommands().packed());
    }

    private static CustomerRow fromCustomer(StoredCustomer stored) {
        return new CustomerRow(stored.getEntitled() ? Optional.of(new EntitlementStamp(stored.getOfferEpoch(),
                stored.getPlanEpoch(), stored.getRevocations(), stored.getSince())) : Optional.empty(),
                RecentCommands.of(stored.getAnswers()));
    }
}
