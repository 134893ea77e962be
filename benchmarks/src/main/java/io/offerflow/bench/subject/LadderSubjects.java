package io.offerflow.bench.subject;

import io.offerflow.bench.run.JvmSubject;
import java.util.List;

/** The subjects of the throughput ladder. */
public final class LadderSubjects {

    public static final JvmSubject SERVICE = new JvmSubject("service", ServiceProgram::new);

    /** Those that need a broker, in the order of a round. */
    static final List<JvmSubject> ON_BROKER = List.of(
            // Consumes every input and writes as many bytes as the service, with plain clients and no transactions.
            new JvmSubject("raw", RawProgram::new),
            // The same on Kafka Streams with exactly-once, without state.
            new JvmSubject("pass-through", config -> new NullTopologyProgram(config, false)),
            // The same with the store look-ups and changes of the service.
            new JvmSubject("null-stateful", config -> new NullTopologyProgram(config, true)),
            SERVICE);

    private LadderSubjects() {
    }
}
