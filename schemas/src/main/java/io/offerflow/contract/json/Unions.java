package io.offerflow.contract.json;

import java.util.List;
import org.apache.avro.Schema;

/** The two kinds of union in the contract: an optional value, and one of several records. */
final class Unions {

    private Unions() {
    }

    static List<Schema> withoutNull(Schema union) {
        List<Schema> branches = union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
        if (branches.isEmpty() || branches.size() > 1
                && branches.stream().anyMatch(type -> type.getType() != Schema.Type.RECORD)) {
            throw new IllegalArgumentException("no schema of ours has a union of several types that are not records");
        }
        return branches;
    }
}
