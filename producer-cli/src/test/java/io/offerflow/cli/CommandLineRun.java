package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.cli.console.ConsoleWriter;
import io.offerflow.contract.json.JsonTrees;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** One run of the command line with its exit code and output. */
record CommandLineRun(int exitCode, String out, String err) {

    /** Runs it in this JVM. */
    static CommandLineRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Offerflow.commandLine()
                .setOut(new ConsoleWriter(out)).setErr(new ConsoleWriter(err));
        int exitCode = commandLine.execute(arguments);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }

    CommandLineRun endsWith(int expected) {
        assertThat(exitCode).as("out: %s%nerr: %s", out, err).isEqualTo(expected);
        return this;
    }

    List<String> outLines() {
        return out.lines().toList();
    }

    JsonNode json() {
        return JsonTrees.parse(out.strip());
    }

    List<JsonNode> jsonLines() {
        return out.lines().map(JsonTrees::parse).toList();
    }
}
