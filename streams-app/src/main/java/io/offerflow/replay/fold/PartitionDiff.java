package io.offerflow.replay.fold;

import io.offerflow.codec.StateCodec;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.replay.text.RowNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;

/** Finds what differs in one partition between the state that the journal gives and the one that the service has. */
final class PartitionDiff {

    private static final byte[] THERE = {1};

    private final int partition;
    private final PartitionFold fold;
    private final SpillStore live;
    private final Optional<byte[]> livePolicy;
    private final Path temporary;
    private final StateCodec codec = new StateCodec();
    private final Map<String, List<String>> differences = new TreeMap<>();

    /** @param temporary a folder for what does not fit into memory */
    PartitionDiff(int partition, PartitionFold fold, SpillStore live, Optional<byte[]> livePolicy, Path temporary) {
        this.partition = partition;
        this.fold = fold;
        this.live = live;
        this.livePolicy = livePolicy;
        this.temporary = temporary;
    }

    List<Verify.Finding> findings() {
        Compare compare = new Compare();
        fold.visit(compare);
        if (!compare.policy && livePolicy.isPresent()) {
            differ("(policy)", "the journal has none");
        }
        Count there = new Count();
        live.visit(there);
        if (there.number != compare.number || !differences.isEmpty()) {
            onlyInTheService();
        }
        return differences.entrySet().stream()
                .map(found -> new Verify.Finding(partition, found.getKey(), found.getValue())).toList();
    }

    /** Looks up in the service's state what the journal gives. */
    private final class Compare implements StateVisitor {

        private boolean policy;
        private long number;

        @Override
        public void policy(byte[] key, byte[] value) {
            policy = true;
            if (livePolicy.filter(same -> Arrays.equals(same, value)).isEmpty()) {
                differ("(policy)", "another policy is recorded last");
            }
        }

        @Override
        public void offer(byte[] key, byte[] facts) {
            number++;
            Optional<byte[]> stored = live.facts(key);
            if (stored.isEmpty()) {
                differ(text(key), "the service does not have it");
            } else if (!Arrays.equals(stored.get(), facts)) {
                fields(codec.stored(facts), codec.stored(stored.get()), "").forEach(found -> differ(text(key), found));
            }
        }

        @Override
        public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
            number++;
            Optional<byte[]> stored = live.row(key);
            if (stored.isEmpty()) {
                differ(text(offer), RowNames.of(name) + ": the service does not have it");
            } else if (!Arrays.equals(stored.get(), value)) {
                fields(codec.stored(name, value), codec.stored(name, stored.get()), RowNames.of(name) + ": ")
                        .forEach(found -> differ(text(offer), found));
            }
        }
    }

    private void onlyInTheService() {
        try (SpillStore known = new SpillStore(temporary.resolve(RootLocaleText.format("partition-%d-known", partition)))) {
            fold.visit(new StateVisitor() {
                @Override
                public void policy(byte[] key, byte[] value) {
                    // compared already
                }

                @Override
                public void offer(byte[] key, byte[] facts) {
                    known.putFacts(key, THERE);
                }

                @Override
                public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
                    known.putRow(key, THERE);
                }
            });
            live.visit(new StateVisitor() {
                @Override
                public void policy(byte[] key, byte[] value) {
                    // compared already
                }

                @Override
                public void offer(byte[] key, byte[] facts) {
                    if (known.facts(key).isEmpty()) {
                        differ(text(key), "only the service has it");
                    }
                }

                @Override
                public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
                    if (known.row(key).isEmpty()) {
                        differ(text(offer), RowNames.of(name) + ": only the service has it");
                    }
                }
            });
        }
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
                differences.add(RootLocaleText.format("%s%s is %s in the service, %s by the journal", of, field.getKey(),
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

    /** Counts keys. */
    private static final class Count implements StateVisitor {

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
        public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
            number++;
        }
    }
}
