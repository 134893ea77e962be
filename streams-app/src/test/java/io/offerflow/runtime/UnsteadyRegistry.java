package io.offerflow.runtime;

import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;

/** A registry that goes away, hangs and comes back when a test says so; it has one schema under most ids. */
final class UnsteadyRegistry implements SchemaRegistry {

    static final Schema SCHEMA = Schema.create(Schema.Type.STRING);
    static final int UNKNOWN = 404;

    volatile boolean away;
    volatile boolean hangs;

    @Override
    public Schema schemaById(int id) {
        if (hangs) {
            sleep();
        }
        if (away) {
            throw new RegistryUnavailableException("the schema registry is away");
        }
        if (id == UNKNOWN) {
            return new InMemoryRegistry().schemaById(id);
        }
        return SCHEMA;
    }

    private static void sleep() {
        try {
            TimeUnit.SECONDS.sleep(60);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int register(String subject, Schema schema) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Integer> idsOf(String subject) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setCompatibility(String subject, String level) {
        throw new UnsupportedOperationException();
    }
}
