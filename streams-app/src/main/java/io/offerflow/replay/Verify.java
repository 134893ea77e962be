package io.offerflow.replay;

import io.offerflow.codec.StateCodec;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.domain.state.Row;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares the state that the journal gives with the state that the service has: with its changelogs, of which its
 * stores are made. The service may be at work: what still moves is looked at again.
 */
public final class Verify {

    private static final int ROUNDS = 10;
    private static final Duration POLL = Duration.ofMillis(200);

    /** An offer, or the record of the policy, that differs, and in what. */
    public record Finding(int partition, String offer, List<String> differences) {
    }

    /**
     * What was found.
     *
     * @param parts what was rebuilt
     * @param offers that were compared
     * @param findings by partition and offer; none if all is the same
     * @param moving partitions that were never still long enough to be sure of a finding
     */
    public record Result(List<Rebuild.Part> parts, long offers, List<Finding> findings, List<Integer> moving) {
    }

    private final ReplayCluster cluster;
    private final ReplayOptions options;
    private final String applicationId;

    public Verify(ReplayCluster cluster, ReplayOptions options, String applicationId) {
        this.cluster = cluster;
        this.options = options;
        this.applicationId = applicationId;
    }

    private record Compared(Rebuild.Part part, List<Finding> findings, boolean moving) {
    }

    /** Compares all partitions. */
    public Result run() throws InterruptedException {
        KafkaJournal journal = new KafkaJournal(cluster::consumer);
        Partitions partitions = new Partitions(journal, options);
        List<Stretch> stretches = partitions.stretches(new Until.Latest());
        List<Compared> all = partitions.each(stretches, stretch -> {
            Path spill = options.temporary().resolve("partition-" + stretch.partition());
            try (PartitionFold fold = new PartitionFold(cluster.registry(), new Until.Latest(), spill,
                    options.memoryOfEach(stretches.size()));
                    Spill live = new Spill(spill.resolveSibling(spill.getFileName() + "-live"));
                    Consumer<byte[], byte[]> changelogs = cluster.consumer()) {
                partitions.read(stretch, record -> fold.add(record, (at, line, before, after) -> { }));
                return compare(journal, stretch, fold, live, changelogs);
            }
        }).stream().sorted(Comparator.comparingInt(compared -> compared.part().partition())).toList();
        return new Result(all.stream().map(Compared::part).toList(),
                all.stream().mapToLong(compared -> compared.part().totals().offers()).sum(),
                all.stream().flatMap(compared -> compared.findings().stream()).toList(),
                all.stream().filter(Compared::moving).map(compared -> compared.part().partition()).toList());
    }

    private Compared compare(KafkaJournal journal, Stretch first, PartitionFold fold, Spill live,
            Consumer<byte[], byte[]> changelogs) {
        int partition = first.partition();
        List<TopicPartition> topics = List.of(new TopicPartition(applicationId + "-offers-changelog", partition),
                new TopicPartition(applicationId + "-contents-changelog", partition));
        changelogs.assign(topics);
        changelogs.seekToBeginning(topics);
        Optional<byte[]>[] policy = none();
        long folded = first.to();
        boolean moving = true;
        List<Finding> findings = List.of();
        for (int round = 0; round < ROUNDS && moving; round++) {
            catchUp(changelogs, topics, live, policy);
            findings = new Differ(partition, fold, live, policy[0]).findings();
            long end = journal.stretches().stream().filter(stretch -> stretch.partition() == partition).findFirst()
                    .orElseThrow().to();
            moving = !findings.isEmpty() && (end > folded || !atEnd(changelogs, topics));
            if (moving) {
                journal.read(new Stretch(partition, folded, end),
                        record -> fold.add(record, (at, line, before, after) -> { }));
                folded = end;
            }
        }
        StateDigest digest = new StateDigest();
        fold.visit(digest);
        return new Compared(new Rebuild.Part(partition, digest.hex(), fold.totals()), findings, moving);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Optional<byte[]>[] none() {
        return new Optional[] {Optional.empty()};
    }

    private static boolean atEnd(Consumer<byte[], byte[]> changelogs, List<TopicPartition> topics) {
        return changelogs.endOffsets(topics).entrySet().stream()
                .allMatch(end -> changelogs.position(end.getKey()) >= end.getValue());
    }

    private static void catchUp(Consumer<byte[], byte[]> changelogs, List<TopicPartition> topics, Spill live,
            Optional<byte[]>[] policy) {
        Map<TopicPartition, Long> ends = changelogs.endOffsets(topics);
        while (ends.entrySet().stream().anyMatch(end -> changelogs.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : changelogs.poll(POLL)) {
                Optional<byte[]> value = Optional.ofNullable(record.value());
                if (Arrays.equals(record.key(), StateCodec.POLICY)) {
                    policy[0] = value;
                } else if (record.topic().equals(topics.getFirst().topic())) {
                    value.ifPresentOrElse(facts -> live.putFacts(record.key(), facts),
                            () -> live.deleteFacts(record.key()));
                } else {
                    value.ifPresentOrElse(row -> live.putRow(record.key(), row), () -> live.deleteRow(record.key()));
                }
            }
        }
    }

    /** Finds what differs in one partition. */
    private static final class Differ {

        private final int partition;
        private final PartitionFold fold;
        private final Spill live;
        private final Optional<byte[]> livePolicy;
        private final StateCodec codec = new StateCodec();
        private final Map<String, List<String>> differences = new TreeMap<>();
        private long here;
        private long there;

        Differ(int partition, PartitionFold fold, Spill live, Optional<byte[]> livePolicy) {
            this.partition = partition;
            this.fold = fold;
            this.live = live;
            this.livePolicy = livePolicy;
        }

        List<Finding> findings() {
            boolean[] policy = {false};
            fold.visit(new StateVisitor() {
                @Override
                public void policy(byte[] key, byte[] value) {
                    policy[0] = true;
                    if (livePolicy.filter(same -> Arrays.equals(same, value)).isEmpty()) {
                        differ("(policy)", "another policy is recorded last");
                    }
                }

                @Override
                public void offer(byte[] key, byte[] facts) {
                    here++;
                    Optional<byte[]> stored = live.facts(key);
                    if (stored.isEmpty()) {
                        differ(text(key), "the service does not have it");
                    } else if (!Arrays.equals(stored.get(), facts)) {
                        fields(codec.stored(facts), codec.stored(stored.get()), "").forEach(found ->
                                differ(text(key), found));
                    }
                }

                @Override
                public void row(byte[] offer, Row.Key name, byte[] key, byte[] value) {
                    here++;
                    Optional<byte[]> stored = live.row(key);
                    if (stored.isEmpty()) {
                        differ(text(offer), RowNames.of(name) + ": the service does not have it");
                    } else if (!Arrays.equals(stored.get(), value)) {
                        fields(codec.stored(name, value), codec.stored(name, stored.get()), RowNames.of(name) + ": ")
                                .forEach(found -> differ(text(offer), found));
                    }
                }
            });
            if (!policy[0] && livePolicy.isPresent()) {
                differ("(policy)", "the journal has none");
            }
            extra();
            return differences.entrySet().stream()
                    .map(found -> new Finding(partition, found.getKey(), found.getValue())).toList();
        }

        /** What only the service has. */
        private void extra() {
            TreeSet<byte[]> known = new TreeSet<>(Arrays::compareUnsigned);
            Keys counted = new Keys();
            live.visit(counted);
            there = counted.number;
            if (there == here && differences.isEmpty()) {
                return;
            }
            fold.visit(new StateVisitor() {
                @Override
                public void policy(byte[] key, byte[] value) {
                    // compared already
                }

                @Override
                public void offer(byte[] key, byte[] facts) {
                    known.add(key);
                }

                @Override
                public void row(byte[] offer, Row.Key name, byte[] key, byte[] value) {
                    known.add(key);
                }
            });
            live.visit(new StateVisitor() {
                @Override
                public void policy(byte[] key, byte[] value) {
                    // compared already
                }

                @Override
                public void offer(byte[] key, byte[] facts) {
                    if (!known.contains(key)) {
                        differ(text(key), "only the service has it");
                    }
                }

                @Override
                public void row(byte[] offer, Row.Key name, byte[] key, byte[] value) {
                    if (!known.contains(key)) {
                        differ(text(offer), RowNames.of(name) + ": only the service has it");
                    }
                }
            });
        }

        private void differ(String offer, String what) {
            differences.computeIfAbsent(offer, first -> new ArrayList<>()).add(what);
        }

        private static List<String> fields(IndexedRecord rebuilt, IndexedRecord stored, String of) {
            var expected = AvroJson.write(rebuilt);
            var found = AvroJson.write(stored);
            List<String> differences = new ArrayList<>();
            expected.properties().forEach(field -> {
                if (!field.getValue().equals(found.get(field.getKey()))) {
                    differences.add("%s%s is %s in the service, %s by the journal".formatted(of, field.getKey(),
                            shown(found.get(field.getKey())), shown(field.getValue())));
                }
            });
            return differences.isEmpty() ? List.of(of + "the bytes differ") : differences;
        }

        private static String shown(Object value) {
            String text = String.valueOf(value);
            return text.length() <= 80 ? text : text.substring(0, 77) + "...";
        }

        private static String text(byte[] key) {
            return new String(key, StandardCharsets.UTF_8);
        }
    }

    /** Counts keys. */
    private static final class Keys implements StateVisitor {

        private long number;

        @Override
        public void policy(byte[] key, byte[] value) {
            // is no offer's
        }

        @Override
        public void offer(byte[] key, byte[] facts) {
            number++;
        }

        @Override
        public void row(byte[] offer, Row.Key name, byte[] key, byte[] value) {
            number++;
        }
    }
}
