package io.offerflow.bench.subject;

import io.offerflow.bench.run.JvmSubject;
import io.offerflow.bench.run.Subject;
import java.util.List;
import java.util.Optional;

/** The subjects of the throughput ladder, from the floor up. */
public final class Rungs {

    /** Reads every input and writes records like the service's, with plain clients and no transaction. */
    public static final JvmSubject RAW = new JvmSubject("raw", RawProcess.class);
    /** The same through Kafka Streams with exactly-once, without state. */
    public static final JvmSubject PASS_THROUGH = new JvmSubject("pass-through", PassThroughProcess.class);
    /** The same with the service's reads and writes of stores. */
    public static final JvmSubject NULL_STATEFUL = new JvmSubject("null-stateful", NullStatefulProcess.class);
    /** The service. */
    public static final JvmSubject SERVICE = service("service", List.of());

    /** Those that run on a broker, in the order of rounds. */
    public static final List<JvmSubject> ON_A_BROKER = List.of(RAW, PASS_THROUGH, NULL_STATEFUL, SERVICE);

    private Rungs() {
    }

    /** A rung by its name, if there is one, with more flags for its JVM. */
    public static Optional<Subject> named(String name, List<String> flags) {
        return ON_A_BROKER.stream().filter(rung -> rung.name().equals(name)).findFirst()
                .map(rung -> new JvmSubject(rung.name(), rung.main(), flags, rung.arguments()));
    }

    /** The service with other settings, each as {@code set.NAME=VALUE}. */
    public static JvmSubject service(String name, List<String> settings) {
        return new JvmSubject(name, ServiceProcess.class, List.of(), settings);
    }
}
