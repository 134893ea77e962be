package io.offerflow.bench.subject;

import io.offerflow.bench.run.Site;

/** Main class of the rung without state. */
final class PassThroughProcess {

    private PassThroughProcess() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        StreamsProcess.run(arguments, config -> NullTopology.build(config, Site.of(arguments).workload(), false));
    }
}
