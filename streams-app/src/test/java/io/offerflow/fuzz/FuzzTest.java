package io.offerflow.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.offerflow.JournalFold;
import io.offerflow.LogbackLoggers;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.QuarantineReason;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Reason;
import io.offerflow.avro.Result;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.fuzz.FuzzedInput.Kind;
import io.offerflow.fuzz.FuzzedTask.Written;
import io.offerflow.topology.OfferTopology;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Whatever is on an input topic gets one answer, the input after it is answered, too, and the fold of the journal is
 * the stores. {@code -Dfuzz.seed=N} runs one trace, {@code -Dfuzz.seeds=N} this number of traces.
 */
@Order(1) // first, since it takes long
class FuzzTest {

    private static final int INPUTS = 2_000;
    private static final List<String> OUTCOMES = Stream.of(Result.values()).filter(result -> result != Result.UNKNOWN)
            .map(Enum::name).toList();
    private static final List<String> REASONS = Stream.of(QuarantineReason.values()).filter(reason ->
            reason != QuarantineReason.UNKNOWN && reason != QuarantineReason.FAULT).map(Enum::name).toList();
    private static final long SEEDS = Long.getLong("fuzz.seeds", 50);
    private static final Optional<Long> ONLY = Optional.ofNullable(Long.getLong("fuzz.seed"));

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final PoisonSource poisons = new PoisonSource(registry);
    private final AvroDecoder decoder = new AvroDecoder(registry);
    private final Map<Kind, SortedMap<String, Integer>> met = new EnumMap<>(Kind.class);

    /** Each quarantined input is one line of the log, which helps with one trace only. */
    private final Logger log = LogbackLoggers.logger("io.offerflow.topology.OfferProcessor");

    @BeforeEach
    void quiet() {
        log.setLevel(ONLY.isPresent() ? null : Level.OFF);
    }

    @AfterEach
    void asBefore() {
        log.setLevel(null);
    }

    @Test
    void everyInputIsAnsweredOnceAndNoneStopsTheNext() {
        ONLY.ifPresentOrElse(this::run, () -> LongStream.range(0, SEEDS).forEach(this::run));
        met.forEach((kind, answers) -> System.out.printf("fuzz: %-15s %s%n", kind, answers));
        if (ONLY.isEmpty()) {
            assertThat(met).containsOnlyKeys(Kind.values());
            assertThat(met.values().stream().flatMap(answers -> answers.keySet().stream()))
                    .containsAll(OUTCOMES).containsAll(REASONS);
        }
    }

    private void run(long seed) {
        AtomicInteger number = new AtomicInteger();
        try {
            trace(seed, number);
        } catch (RuntimeException | Error e) {
            throw new AssertionError("input %d of seed %d; repeat it with: ./mvnw -pl streams-app -am -Dtest=FuzzTest "
                    .formatted(number.get(), seed)
                    + "-Dfuzz.seed=%d -Dsurefire.failIfNoSpecifiedTests=false test: %s".formatted(seed, e), e);
        }
    }

    /** Any input and a valid one by turns; in the end, the stores are what the journal says. */
    private void trace(long seed, AtomicInteger number) {
        FuzzedTask[] task = new FuzzedTask[1];
        FuzzInputs inputs = new FuzzInputs(seed, poisons, offer -> task[0].header(offer),
                Math.toIntExact(seed * INPUTS / 4));
        task[0] = new FuzzedTask(registry, inputs.appended());
        JournalFold fold = new JournalFold(registry);
        while (number.get() < INPUTS) {
            FuzzedInput input = number.get() % 2 == 0 ? inputs.any() : inputs.good();
            check(input, answer(task[0].take(input), fold));
            if (number.incrementAndGet() % 50 == 0) {
                journalled(task[0].pass(inputs.appended().plus(Duration.ofHours(1))), fold);
            }
        }
        assertThat(task[0].rows(OfferTopology.OFFERS, JournalFold::hex)).as("stored offers").isEqualTo(fold.offers())
                .isNotEmpty();
        assertThat(task[0].rows(OfferTopology.CONTENTS, JournalFold::hex)).as("stored rows").isEqualTo(fold.contents())
                .isNotEmpty();
    }

    private void check(FuzzedInput input, String answer) {
        met.computeIfAbsent(input.kind(), unseen -> new TreeMap<>()).merge(answer, 1, Integer::sum);
        if (input.kind() == Kind.VALID) {
            assertThat(answer).isIn(OUTCOMES);
        }
        input.poison().ifPresent(poison -> assertThat(answer).as("%s", poison).isIn(
                poison.reason().<List<String>>map(reason -> List.of(reason.name())).orElse(OUTCOMES)));
    }

    /** The one answer to an input: the result of its outcome, or the reason of its quarantine. */
    private String answer(List<Written> written, JournalFold fold) {
        List<JournalEntry> entries = journalled(written, fold);
        assertThat(entries).as("entries of the journal").hasSize(1);
        List<String> answers = written.stream().flatMap(one -> switch (one.topic()) {
            case COMMAND_OUTCOMES -> Stream.of(result((CommandOutcome) decoded(one)));
            case QUARANTINE -> Stream.of(reason((QuarantinedRecord) decoded(one)));
            default -> Stream.empty();
        }).toList();
        assertThat(answers).as("answers").hasSize(1);
        return answers.getFirst();
    }

    private static String result(CommandOutcome outcome) {
        assertThat(outcome.getReason()).as("%s", outcome.getDetail())
                .isNotEqualTo(Reason.INTERNAL_ERROR);
        return outcome.getResult().name();
    }

    private static String reason(QuarantinedRecord quarantined) {
        assertThat(quarantined.getReason()).as("%s", quarantined.getDetail()).isNotEqualTo(QuarantineReason.FAULT);
        return quarantined.getReason().name();
    }

    /** Adds the entries to the fold; returns those of inputs. */
    private List<JournalEntry> journalled(List<Written> written, JournalFold fold) {
        written.forEach(FuzzTest::fits);
        return written.stream().filter(one -> one.topic() == Topic.OFFER_JOURNAL).map(one -> {
            JournalEntry entry = (JournalEntry) decoded(one);
            fold.add(one.record().key().bytes().orElse(null), entry);
            assertThat(entry.getReason()).isNotEqualTo(Reason.INTERNAL_ERROR);
            return entry;
        }).filter(entry -> entry.getKind() == EntryKind.INPUT).toList();
    }

    private Object decoded(Written written) {
        return decoder.decode(written.topic(), written.record().value());
    }

    /** The broker takes the record: it is not larger than its topic allows. */
    private static void fits(Written written) {
        long size = written.record().key().bytes().map(key -> key.length).orElse(0)
                + (written.record().value() == null ? 0 : written.record().value().length);
        for (Header header : written.record().headers()) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        assertThat(size).as("bytes of a record for %s", written.topic().topicName())
                .isLessThan(written.topic().maxMessageBytes());
    }
}
