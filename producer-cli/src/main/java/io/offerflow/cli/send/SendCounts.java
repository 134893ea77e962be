package io.offerflow.cli.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.cli.console.ExitCode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts the outcomes of the lines of a file. */
final class SendCounts {

    private long delivered;
    private long failed;
    private long refused;
    private final Map<String, Long> results = new TreeMap<>();

    void add(InFlightMessage message) {
        if (message.failed()) {
            failed++;
            return;
        }
        delivered++;
        message.answer().ifPresent(answer -> {
            results.merge(answer.result(), 1L, Long::sum);
            refused += answer.accepted() ? 0 : 1;
        });
    }

    long delivered() {
        return delivered;
    }

    /** The lines that are finished, delivered or not. */
    long settled() {
        return delivered + failed;
    }

    /** For example {@code 99 accepted, 1 rejected}; empty without answers. */
    String answers() {
        return results.entrySet().stream().map(result -> "%,d %s".formatted(result.getValue(),
                result.getKey().toLowerCase(Locale.ROOT))).collect(Collectors.joining(", "));
    }

    /** The exit code of the process when all lines are finished. */
    int exitCode() {
        if (failed == 0 && refused == 0) {
            return ExitCode.DONE;
        }
        if (failed + refused < settled()) {
            return ExitCode.PARTLY_FAILED;
        }
        return refused == 0 ? ExitCode.FAILURE : failed == 0 ? ExitCode.REJECTED : ExitCode.PARTLY_FAILED;
    }

    void write(ObjectNode target) {
        target.put("delivered", delivered).put("failed", failed).put("refused", refused);
        ObjectNode counts = target.putObject("results");
        results.forEach(counts::put);
    }

    static SendCounts read(JsonNode json) {
        SendCounts counts = new SendCounts();
        counts.delivered = json.path("delivered").asLong();
        counts.failed = json.path("failed").asLong();
        counts.refused = json.path("refused").asLong();
        json.path("results").properties().forEach(result ->
                counts.results.put(result.getKey(), result.getValue().asLong()));
        return counts;
    }

    /** The same numbers, to be kept. */
    SendCounts copy() {
        SendCounts copy = new SendCounts();
        copy.delivered = delivered;
        copy.failed = failed;
        copy.refused = refused;
        copy.results.putAll(results);
        return copy;
    }
}
