package io.offerflow.bench.report;

/** How the figures come about, for readers of the document. */
final class Explained {

    static final String LADDER = """
            ## Throughput

            Broker, subject, loader and checker are processes of their own. The commands lie at the broker before a
            subject starts; it takes them all, with the same partitions, threads, heap, compression and commit
            interval as the others, and writes the same records in number and size. The rungs take turns, round after
            round. The checker reads `command-outcomes` as a `read_committed` consumer; a run in which a command has
            no outcome, two, or another than the rules give is void, and one with more commands than the processors
            have time for fails as a measuring error. The first two thirds of each run are warm-up and in no figure.
            *Harness* is the checker's share of the processor time, *others* what everybody else on the machine took.

            * **raw**: a consumer and an idempotent producer, no transaction
            * **pass-through**: Kafka Streams with exactly-once, no state
            * **null-stateful**: the same with the service's store look-ups and changes
            * **service**: the service as it runs in production
            * **decide**: `decide` and `apply` over maps, on one thread, nothing stored, encoded or sent

            """;

    static final String LATENCY = """
            ## Latency

            Open loop: each command has its time, and is sent then whatever became of those before it. That time
            travels in the trace id; a `read_committed` reader of `command-outcomes`, a process of its own, takes the
            difference. A loader that is itself later than 10 ms at p99 makes a rate void. One service stays up for
            all rates; the commands before the first warm it up.

            """;

    static final String RECOVERY = """
            ## Recovery

            The service is killed without warning under load and started again at once, on its state or on none.
            *Harness* is what neither the service nor the broker took of the processor time, from the kill until all
            commands had their outcome.

            """;

    static final String REPLAY = """
            ## Replays

            The journal is the one that the service wrote while it took these commands. Everything runs in one process
            beside the broker's, with as many threads as processors. The ceiling decodes and folds the same entries
            from memory, where nothing has to be fetched. Every rebuild has to give the state of the first one, digest by
            digest, and every what-if nothing that differs, or the run is void. That is all the harness does beside a
            replay, in the same process and the same figure: it compares one digest a partition, too little to be
            measured. What made the journal is idle meanwhile.

            """;

    private Explained() {
    }
}
