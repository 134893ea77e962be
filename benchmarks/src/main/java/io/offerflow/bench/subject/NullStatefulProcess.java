package io.offerflow.bench.subject;

import io.offerflow.bench.run.Site;

/** Main class of the rung with the service's store operations. */
final class NullStatefulProcess {

    private NullStatefulProcess() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        StreamsProcess.run(arguments, config -> NullTopology.build(config, Site.of(arguments).workload(), true));
    }
}
