package io.offerflow.bench.subject;

import io.offerflow.bench.run.JvmSubject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The subjects of the throughput ladder. */
public final class LadderSubjects {

    /** Consumes every input and writes as many bytes as the service, with plain clients and without transactions. */
    public static final JvmSubject RAW = new JvmSubject("raw", RawProcess.class);
    /** The same on Kafka Streams with exactly-once, without state. */
    public static final JvmSubject PASS_THROUGH = nullTopology("pass-through", false);
    /** The same with the store look-ups and changes of the service. */
    public static final JvmSubject NULL_STATEFUL = nullTopology("null-stateful", true);
    /** The service. */
    public static final JvmSubject SERVICE = new JvmSubject("service", ServiceProcess.class);

    /** Those that need a broker, in the order of a round. */
    public static final List<JvmSubject> ON_BROKER = List.of(RAW, PASS_THROUGH, NULL_STATEFUL, SERVICE);

    private LadderSubjects() {
    }

    private static JvmSubject nullTopology(String name, boolean stateful) {
        return new JvmSubject(name, NullTopologyProcess.class, List.of(),
                Map.of(NullTopologyProcess.STATEFUL, Boolean.toString(stateful)));
    }

    /** A subject by its name, if there is one, with more flags for its JVM. */
    public static Optional<JvmSubject> named(String name, List<String> flags) {
        return ON_BROKER.stream().filter(subject -> subject.name().equals(name)).findFirst()
                .map(subject -> new JvmSubject(name, subject.main(), flags, subject.arguments()));
    }
}
