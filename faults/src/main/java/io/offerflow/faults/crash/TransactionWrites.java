package io.offerflow.faults.crash;

import io.offerflow.faults.crash.ForwardingContext.Forwarded;
import io.offerflow.topology.OutputKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/** What the open transaction of a task has written: records, and rows by store. */
record TransactionWrites(List<Forwarded> records, List<Map<Bytes, Optional<byte[]>>> rows) {

    static TransactionWrites of(TaskInMemory task) {
        return new TransactionWrites(task.open(),
                task.stores().stream().map(TransactionalStore::uncommitted).toList());
    }

    /** The first difference to what another has written; empty if all bytes are equal. */
    Optional<String> difference(TransactionWrites found) {
        for (int number = 0; number < Math.max(records.size(), found.records.size()); number++) {
            Optional<Forwarded> expected = at(records, number);
            Optional<Forwarded> is = at(found.records, number);
            if (expected.isEmpty() || is.isEmpty() || !same(expected.get(), is.get())) {
                return Optional.of("record %d is %s instead of %s".formatted(number,
                        is.map(TransactionWrites::text).orElse("missing"),
                        expected.map(TransactionWrites::text).orElse("none")));
            }
        }
        for (int store = 0; store < rows.size(); store++) {
            if (!sameRows(rows.get(store), found.rows.get(store))) {
                return Optional.of("store %d has other rows: %s instead of %s".formatted(store,
                        found.rows.get(store).keySet(), rows.get(store).keySet()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Forwarded> at(List<Forwarded> records, int number) {
        return number < records.size() ? Optional.of(records.get(number)) : Optional.empty();
    }

    private static boolean same(Forwarded expected, Forwarded found) {
        return expected.sink().equals(found.sink())
                && key(expected).partition() == key(found).partition()
                && Arrays.equals(key(expected).bytes().orElse(null), key(found).bytes().orElse(null))
                && expected.record().timestamp() == found.record().timestamp()
                && expected.record().headers().equals(found.record().headers())
                && Arrays.equals((byte[]) expected.record().value(), (byte[]) found.record().value());
    }

    private static boolean sameRows(Map<Bytes, Optional<byte[]>> expected, Map<Bytes, Optional<byte[]>> found) {
        return expected.keySet().equals(found.keySet()) && expected.entrySet().stream().allMatch(row ->
                Arrays.equals(row.getValue().orElse(null), found.get(row.getKey()).orElse(null)));
    }

    private static OutputKey key(Forwarded forwarded) {
        return (OutputKey) forwarded.record().key();
    }

    private static String text(Forwarded forwarded) {
        byte[] value = (byte[]) forwarded.record().value();
        return "%s %s at %d with %s: %s".formatted(forwarded.sink(),
                key(forwarded).bytes().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("without a key"),
                forwarded.record().timestamp(), forwarded.record().headers(),
                value == null ? "tombstone" : HexFormat.of().formatHex(value));
    }
}
