package io.offerflow.cli.simulator;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.contract.Topic;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the pipeline simulator against any cluster until it is interrupted. */
@Command(name = "simulate", description = "Simulate the validation, certification and publishing systems until Ctrl-C:"
        + " answer every step request.")
public final class SimulateCommand implements Callable<Integer> {

    private static final int DEFAULT_DELAY_MILLIS = 1000;

    /** The options for the time that a step takes. */
    static final class SimulatedSpeed {
        @Option(names = "--delay", paramLabel = "MILLIS",
                description = "How long each step takes, give or take a quarter (1000).")
        private Integer delayMillis;

        @Option(names = "--millis-per-minute", paramLabel = "MILLIS",
                description = "How long a step takes per minute of its usual duration; 60000 is real time.")
        private Integer millisPerMinute;
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection options;

    @ArgGroup
    private SimulatedSpeed speed = new SimulatedSpeed();

    @Option(names = "--group", defaultValue = PipelineSimulator.GROUP,
            description = "Consumer group; simulators in the same group share the work (${DEFAULT-VALUE}).")
    private String group;

    @Override
    public Integer call() throws Exception {
        StepDelay delay = delay();
        Cluster cluster = options.connect(List.of(Topic.STEP_REQUESTS, Topic.STEP_RESULTS));
        PrintWriter err = spec.commandLine().getErr();
        PipelineSimulator simulator = new PipelineSimulator(cluster, group, delay, (request, failed) -> {
            err.printf("%s/%s submission %d: %s %s%n", request.getPublisherId(), request.getOfferId(),
                    request.getSubmission(), request.getStep(), failed ? "failed" : "done");
            err.flush();
        });
        UntilInterrupted.run(simulator::run, simulator::stop);
        return ExitCode.DONE;
    }

    private StepDelay delay() {
        if (speed.millisPerMinute != null) {
            return StepDelay.perEstimatedMinute(millis(speed.millisPerMinute), new Random());
        }
        return StepDelay.fixed(millis(speed.delayMillis == null ? DEFAULT_DELAY_MILLIS : speed.delayMillis),
                new Random());
    }

    private Duration millis(int given) {
        if (given < 0) {
            throw new ParameterException(spec.commandLine(), "A delay cannot be negative: " + given);
        }
        return Duration.ofMillis(given);
    }
}
