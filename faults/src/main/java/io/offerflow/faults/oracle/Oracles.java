package io.offerflow.faults.oracle;

import io.offerflow.JournalFold;
import io.offerflow.avro.JournalEntry;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.Policy;
import io.offerflow.faults.history.PartitionHistory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The oracles over one partition. */
public final class Oracles {

    private final PartitionHistory history;
    private final AvroDecoder decoder;
    private final JournalFold fold;
    private final Map<Promise, Violations> violations = new EnumMap<>(Promise.class);
    private final Map<Promise, Oracle> oracles = new EnumMap<>(Promise.class);
    private final Map<String, Map<Long, ConsumerRecord<byte[], byte[]>>> inputs = new HashMap<>();

    private Oracles(PartitionHistory history, SchemaRegistry registry, Policy policy) {
        this.history = history;
        this.decoder = new AvroDecoder(registry);
        this.fold = new JournalFold(registry);
        add(Promise.ONE_ANSWER, found -> new OneAnswer(history, decoder, found));
        add(Promise.ONE_ENTRY, found -> new OneEntry(history, found));
        add(Promise.OUTPUTS_FOLLOW, found -> new OutputsFollow(history, registry, decoder, found));
        add(Promise.STATE_IS_FOLD, found -> new StateIsFold(history, decoder, found));
        add(Promise.ORDER, found -> new OrderKept(history, found));
        add(Promise.NOTHING_ABORTED, found -> new NothingAborted(history, found));
        add(Promise.DUPLICATES, DuplicatesAnswered::new);
        add(Promise.RULES, found -> new RulesAgain(policy, found));
        for (Topic topic : Topic.inputs()) {
            Map<Long, ConsumerRecord<byte[], byte[]>> records = new HashMap<>();
            history.records(topic).forEach(record -> records.put(record.offset(), record));
            inputs.put(topic.topicName(), records);
        }
    }

    private void add(Promise promise, Function<Violations, Oracle> oracle) {
        violations.put(promise, new Violations(promise, history.partition()));
        oracles.put(promise, oracle.apply(violations.get(promise)));
    }

    /** The violations in a partition; none if every promise was kept. */
    public static List<Violation> check(PartitionHistory history, SchemaRegistry registry) {
        return check(history, registry, Policy.DEFAULT);
    }

    /** Overload for rules other than the default. */
    public static List<Violation> check(PartitionHistory history, SchemaRegistry registry, Policy policy) {
        Oracles run = new Oracles(history, registry, policy);
        run.check();
        return run.violations.values().stream().flatMap(found -> found.found().stream()).toList();
    }

    private void check() {
        for (ConsumerRecord<byte[], byte[]> record : history.records(Topic.OFFER_JOURNAL)) {
            try {
                entry(record);
            } catch (RuntimeException e) { // an entry that cannot be read is no entry
                violations.get(Promise.ONE_ENTRY).add("offer-journal-%d@%d cannot be read: %s", record.partition(),
                        record.offset(), e);
                return;
            }
        }
        oracles.forEach((promise, oracle) -> {
            try {
                oracle.end(fold);
            } catch (RuntimeException e) {
                violations.get(promise).add("a record cannot be read: %s", e);
            }
        });
    }

    private void entry(ConsumerRecord<byte[], byte[]> record) {
        JournalEntry entry = (JournalEntry) decoder.decode(Topic.OFFER_JOURNAL, record.value());
        List<JournalStep> steps = new ArrayList<>();
        Optional<ConsumerRecord<byte[], byte[]>> input = Optional.ofNullable(entry.getInput()).map(source ->
                inputs.getOrDefault(source.getSource().getTopic(), Map.of()).get(source.getSource().getOffset()));
        // the rows before an entry can be read until the fold goes on
        fold.add(record.key(), entry, transition -> {
            steps.add(new JournalStep(record, entry, input, Optional.of(transition)));
            oracles.values().forEach(oracle -> oracle.entry(steps.getFirst()));
        });
        if (steps.isEmpty()) {
            oracles.values().forEach(oracle -> oracle.entry(new JournalStep(record, entry, input, Optional.empty())));
        }
    }
}
