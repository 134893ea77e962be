package io.offerflow.cli.service;

import io.offerflow.cli.console.LogFormat;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The settings of a program that runs until it is interrupted, and where it tells that it starts. */
final class SettingOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Lines of name=value.")
    private Optional<Path> file;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "One setting; may be given several times.")
    private List<String> settings = List.of();

    /** Reads a configuration from a file, variables of the environment, and options; the later win. */
    @FunctionalInterface
    interface ConfigReader<C> {
        C read(Optional<Path> file, Map<String, String> environment, List<String> options);
    }

    <C> C read(ConfigReader<C> reader) {
        return reader.read(file, System.getenv(), settings);
    }

    /** Standard error; nothing if the log is JSON, because the program logs the same. */
    PrintWriter progress() {
        return LogFormat.isJson() ? new PrintWriter(Writer.nullWriter()) : spec.commandLine().getErr();
    }
}
