package io.offerflow.contract.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** A registry inside one process, for tests and tools that need no server; it has no compatibility levels. */
public final class InMemoryRegistry implements SchemaRegistry {

    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new LinkedHashMap<>();

    @Override
    public synchronized int register(String subject, Schema schema) {
        int known = schemas.indexOf(schema);
        if (known < 0) {
            schemas.add(schema);
            known = schemas.size() - 1;
        }
        int id = known + 1;
        List<Integer> ids = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!ids.contains(id)) {
            ids.add(id);
        }
        return id;
    }

    @Override
    public synchronized Schema schemaById(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new UnknownSchemaException(UnknownSchemaException.Fault.NO_SUCH_ID, "no schema has id " + id);
        }
        return schemas.get(id - 1);
    }

    @Override
    public synchronized List<Integer> idsOf(String subject) {
        return List.copyOf(subjects.getOrDefault(subject, List.of()));
    }

    @Override
    public void setCompatibility(String subject, String level) {
        // every schema is accepted
    }
}
