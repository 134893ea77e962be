package io.offerflow.replay.fold;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.row.RowKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;

/** Compares the state of one partition that the journal gives with the state that the service has. */
final class PartitionDiff {

    private static final byte[] PRESENT = {1};

    private final int partition;
    private final PartitionFold fold;
    private final SpillStore live;
    private final Optional<byte[]> livePolicy;
    private final Path temporary;
    private final StateCodec codec = new StateCodec();
    private final Map<String, List<String>> differences = new TreeMap<>();

    /**
     * A comparison.
     *
     * @param live the service's state, read from its changelogs
     * @param temporary folder for intermediate data on disk
     */
    PartitionDiff(int partition, PartitionFold fold, SpillStore live, Optional<byte[]> livePolicy, Path temporary) {
        this.partition = partition;
        this.fold = fold;
        this.live = live;
        this.livePolicy = livePolicy;
        this.temporary = temporary;
    }

    List<Verify.Finding> findings() {
        ComparingVisitor compared = new ComparingVisitor();
        fold.visit(compared);
        if (!compared.policy && livePolicy.isPresent()) {
            addDifference("(policy)", "the journal has no policy");
        }
        CountingVisitor counted = new CountingVisitor();
        live.visit(counted);
        if (counted.entries != compared.entries || !differences.isEmpty()) {
            findOnlyLive();
        }
        return differences.entrySet().stream()
                .map(found -> new Verify.Finding(partition, found.getKey(), found.getValue())).toList();
    }

    /** Looks up each entry of the rebuilt state in the service's state. */
    private final class ComparingVisitor implements StateVisitor {

        private boolean policy;
        private long entries;

        @Override
        public void policy(byte[] key, byte[] value) {
            policy = true;
            if (livePolicy.filter(recorded -> Arrays.equals(recorded, value)).isEmpty()) {
                addDifference("(policy)", "the service recorded another policy last");
            }
        }

        @Override
        public void offer(byte[] key, byte[] header) {
            entries++;
            Optional<byte[]> stored = live.header(key);
            if (stored.isEmpty()) {
                addDifference(text(key), "the service does not have it");
            } else if (!Arrays.equals(stored.get(), header)) {
                fieldDifferences(codec.stored(header), codec.stored(stored.get()), "")
                        .forEach(found -> addDifference(text(key), found));
            }
        }

        @Override
        public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
            entries++;
            Optional<byte[]> stored = live.row(key);
            if (stored.isEmpty()) {
                addDifference(text(offer), RowNames.of(name) + ": the service does not have it");
            } else if (!Arrays.equals(stored.get(), value)) {
                fieldDifferences(codec.stored(name, value), codec.stored(name, stored.get()), RowNames.of(name) + ": ")
                        .forEach(found -> addDifference(text(offer), found));
            }
        }
    }

    private void findOnlyLive() {
        Path folder = temporary.resolve(RootLocaleText.format("partition-%d-known", partition));
        try (SpillStore known = new SpillStore(folder)) {
            fold.visit(new StateVisitor() {
                @Override
                public void policy(byte[] key, byte[] value) {
                    // compared by ComparingVisitor
                }

                @Override
                public void offer(byte[] key, byte[] header) {
                    known.putHeader(key, PRESENT);
                }

                @Override
                public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
                    known.putRow(key, PRESENT);
                }
            });
            live.visit(new StateVisitor() {
                @Override
                public void policy(byte[] key, byte[] value) {
                    // compared by ComparingVisitor
                }

                @Override
                public void offer(byte[] key, byte[] header) {
                    if (known.header(key).isEmpty()) {
                        addDifference(text(key), "only the service has it");
                    }
                }

                @Override
                public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
                    if (known.row(key).isEmpty()) {
                        addDifference(text(offer), RowNames.of(name) + ": only the service has it");
                    }
                }
            });
        }
    }

    private void addDifference(String offer, String difference) {
        differences.computeIfAbsent(offer, first -> new ArrayList<>()).add(difference);
    }

    private static List<String> fieldDifferences(IndexedRecord rebuilt, IndexedRecord stored, String prefix) {
        JsonNode expected = AvroJson.write(rebuilt);
        JsonNode found = AvroJson.write(stored);
        List<String> differences = new ArrayList<>();
        expected.properties().forEach(field -> {
            if (!field.getValue().equals(found.get(field.getKey()))) {
                differences.add(RootLocaleText.format("%s%s is %s in the service, %s by the journal", prefix,
                        field.getKey(), shortened(found.get(field.getKey())), shortened(field.getValue())));
            }
        });
        return differences.isEmpty() ? List.of(prefix + "the bytes differ") : differences;
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /** Counts header rows and state rows. */
    private static final class CountingVisitor implements StateVisitor {

        private long entries;

        @Override
        public void policy(byte[] key, byte[] value) {
            // not counted
        }

        @Override
        public void offer(byte[] key, byte[] header) {
            entries++;
        }

        @Override
        public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
            entries++;
        }
    }
}
