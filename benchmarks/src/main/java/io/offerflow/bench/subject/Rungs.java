package io.offerflow.bench.subject;

import io.offerflow.bench.run.JvmSubject;
import io.offerflow.bench.run.Subject;
import java.util.List;

/** The subjects of the throughput ladder, from the floor up. */
public final class Rungs {

    /** Reads every input and writes records like the service's, with plain clients and no transaction. */
    public static final Subject RAW = new JvmSubject("raw", RawProcess.class);
    /** The same through Kafka Streams with exactly-once, without state. */
    public static final Subject PASS_THROUGH = new JvmSubject("pass-through", PassThroughProcess.class);
    /** The same with the service's reads and writes of stores. */
    public static final Subject NULL_STATEFUL = new JvmSubject("null-stateful", NullStatefulProcess.class);
    /** The service. */
    public static final Subject SERVICE = service("service", List.of());

    /** Those that run on a broker, in the order of rounds. */
    public static final List<Subject> ON_A_BROKER = List.of(RAW, PASS_THROUGH, NULL_STATEFUL, SERVICE);

    private Rungs() {
    }

    /** The service with other settings, each as {@code set.NAME=VALUE}. */
    public static Subject service(String name, List<String> settings) {
        return new JvmSubject(name, ServiceProcess.class, List.of(), settings);
    }
}
