package io.offerflow.runtime;

import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.registry.UnknownSchemaException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;

/**
 * Looks schemas of inputs up on a thread for this purpose, so that no stream thread waits for the registry: a thread
 * that waits in the middle of a transaction for longer than its timeout loses the transaction and its stores.
 */
final class SchemaLookups implements SchemaRegistry, AutoCloseable {

    private static final Duration RETRY = Duration.ofSeconds(1);
    /** How long an unknown id is not asked for again; it may be registered later. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);

    /** The lookup of one schema, from the first request on. */
    private static final class Lookup {
        private final CountDownLatch attempted = new CountDownLatch(1);
        private volatile boolean answered;
        private volatile Optional<UnknownSchemaException> unknown = Optional.empty();
        private volatile Optional<String> failure = Optional.empty();
        private volatile long answeredAt;

        void answer(Optional<UnknownSchemaException> noSchema) {
            unknown = noSchema;
            failure = Optional.empty();
            answeredAt = System.nanoTime();
            answered = true;
            attempted.countDown();
        }

        void fail(String reason) {
            failure = Optional.of(reason);
            attempted.countDown();
        }

        boolean isExpired() {
            return answered && unknown.isPresent() && System.nanoTime() - answeredAt > UNKNOWN_FOR.toNanos();
        }
    }

    private final SchemaRegistry registry;
    private final Map<Integer, Lookup> lookups = new ConcurrentHashMap<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("offerflow-schemas").daemon().factory());

    SchemaLookups(SchemaRegistry registry) {
        this.registry = registry;
        executor.scheduleWithFixedDelay(this::lookUp, RETRY.toMillis(), RETRY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the registry has answered about this id; if not, it is asked. */
    boolean isAnswered(int id) {
        Lookup known = lookups.get(id);
        if (known == null || known.isExpired()) {
            lookups.values().removeIf(Lookup::isExpired);
            known = lookups.computeIfAbsent(id, asked -> new Lookup());
            executor.execute(this::lookUp);
        }
        return known.answered;
    }

    /** Waits until each of these ids has been asked for once, or the time is over. */
    void awaitFirstAttempt(Collection<Integer> ids, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            for (Integer id : ids) {
                Lookup lookup = lookups.get(id);
                if (lookup != null && !lookup.attempted.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why an id has no answer yet. */
    String failure(int id) {
        return Optional.ofNullable(lookups.get(id)).flatMap(lookup -> lookup.failure)
                .orElse("the schema registry has not answered yet");
    }

    private void lookUp() {
        for (Map.Entry<Integer, Lookup> entry : lookups.entrySet()) {
            if (!entry.getValue().answered && !lookUp(entry.getKey(), entry.getValue())) {
                return; // the others would wait for the same registry
            }
        }
    }

    private boolean lookUp(int id, Lookup lookup) {
        try {
            registry.schemaById(id);
            lookup.answer(Optional.empty());
        } catch (UnknownSchemaException e) {
            lookup.answer(Optional.of(e));
        } catch (RegistryUnavailableException e) {
            lookups.values().stream().filter(other -> !other.answered).forEach(other -> other.fail(e.getMessage()));
            return false;
        } catch (RuntimeException e) {
            lookup.fail("the answer of the schema registry cannot be read: " + e);
        }
        return true;
    }

    @Override
    public Schema schemaById(int id) {
        Lookup known = lookups.get(id);
        if (known != null && known.unknown.isPresent() && !known.isExpired()) {
            throw known.unknown.get();
        }
        return registry.schemaById(id);
    }

    @Override
    public int register(String subject, Schema schema) {
        return registry.register(subject, schema);
    }

    @Override
    public List<Integer> idsOf(String subject) {
        return registry.idsOf(subject);
    }

    @Override
    public void setCompatibility(String subject, String level) {
        registry.setCompatibility(subject, level);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
