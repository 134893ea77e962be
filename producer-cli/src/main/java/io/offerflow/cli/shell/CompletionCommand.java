package io.offerflow.cli.shell;

import io.offerflow.cli.console.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script for the completion of verbs and options in a shell. */
@Command(name = "completion", description = "Print a script by which bash and zsh complete verbs and options.",
        footer = {"", "For example, in ~/.bashrc:  source <(offerflow completion)"})
public final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash("offerflow", spec.root().commandLine()));
        out.flush();
        return ExitCode.DONE;
    }
}
