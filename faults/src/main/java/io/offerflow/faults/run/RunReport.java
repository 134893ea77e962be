package io.offerflow.faults.run;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.offerflow.faults.oracle.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run has shown.
 *
 * @param spec what was asked for
 * @param minutes of load; the load goes on until the last fault is over
 * @param inputs number of inputs, without repetitions and poison
 * @param repeated number of repetitions, after 15 s without an answer
 * @param failed number of inputs that the brokers did not acknowledge in time
 * @param entries number of journal entries
 * @param edges of gateway and notifier; empty for a run without them
 * @param ends how often each process has ended by itself, and was started again
 * @param leftOut kinds of faults that this machine does not allow
 * @param trouble what went wrong with the run itself; a good run has none
 */
public record RunReport(RunSpec spec, double minutes, long inputs, long repeated, long failed, long entries,
        Optional<EdgeReport> edges,
        List<InjectedFault> faults, Map<String, Integer> ends, List<FaultKind> leftOut,
        List<String> trouble, List<Violation> violations) {

    /**
     * What clients of the gateway and receivers of the notifier have seen.
     *
     * @param answers number of requests that were answered
     * @param repeated how often one of them was sent again
     * @param events number of different events that a webhook has received
     * @param again how often it has received one of them again
     */
    public record EdgeReport(long answers, long repeated, long events, long again) {
    }

    private static final JsonMapper JSON = JsonMapper.builder().addModule(new Jdk8Module())
            .enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Whether every promise was kept, and the run was complete. */
    public boolean keptAll() {
        return violations.isEmpty() && trouble.isEmpty();
    }

    /** Reads a report. */
    public static RunReport read(Path file) {
        try {
            return JSON.readValue(file.toFile(), RunReport.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the report " + file, e);
        }
    }

    /** The report for people. */
    String text() {
        return "# A run of the cluster under faults\n\n" + ReportText.of(this);
    }

    /** Writes it for programs and for people. */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("cluster.json"), JSON.writeValueAsString(this) + "\n");
            Files.writeString(folder.resolve("cluster.md"), text());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report to " + folder, e);
        }
    }
}
