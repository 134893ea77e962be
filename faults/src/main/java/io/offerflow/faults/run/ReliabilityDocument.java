package io.offerflow.faults.run;

import io.offerflow.faults.oracle.Promise;

/** The document docs/reliability.md, from the report of the last run. */
public final class ReliabilityDocument {

    private static final String BEGIN = """
            # Reliability

            What the service promises, what each promise rests on, and how it is tested. The document is generated \
            from the report
            of the last kept run of `./offerflow faults cluster`, \
            [faults/results/cluster.md](../faults/results/cluster.md).

            ## Promises

            Each has an oracle, a class of the package `io.offerflow.faults.oracle`, that checks it over everything \
            that a run has
            committed. The oracles are tested with 600 histories that each have one fault, such as a record that is \
            lost, doubled,
            swapped, or changed in one bit; they refuse all of them.

            | promise | rests on | oracle |
            | --- | --- | --- |
            """;

    private static final String LIMITS = """

            ## What they do not rest on

            * Kafka acknowledges a record when all in-sync replicas have it in memory, before it is on their disks. \
            The promises
              hold if single machines end. If all replicas lose power at the same time, acknowledged records can be \
            lost; use
              several racks or zones (`broker.rack`).
            * A replica that lost its disk, and becomes leader, loses what it had acknowledged. Leave \
            `unclean.leader.election.enable`
              off, and keep `min.insync.replicas` at 2 with 3 replicas.
            * A command id is remembered for the last 16 commands of an offer. A repetition after more commands is a \
            new command.
            * Kafka's checksums find a changed record in a segment. Nothing finds a row that a broken memory has \
            changed before it
              was written.
            * The run kills processes, not machines: the page cache of the operating system stays.

            ## The last run

            """;

    private static final String END = """
            ## How to repeat it

            ```
            ./offerflow faults cluster %s
            ./offerflow faults cluster --minutes 2 --plant dedup-off      # exit code 1: the run finds the defect
            ./offerflow faults crash-points                               # a crash between any two effects, in memory
            ```

            The seed decides the inputs, the faults, and their order. The processes decide when each of them happens, \
            so a run is
            not repeated step by step; `crash-points` is. Linux is needed; a full disk needs the right to mount, a \
            clock of one
            process the Debian package `faketime`, and a slow disk `strace`. What is missing is left out, and the \
            report says so.
            All processes and files of a run are gone at its end, also if it is killed.

            Not tested here: power loss, and a network that drops some packets.
            """;

    private ReliabilityDocument() {
    }

    /** The document after a run. */
    public static String of(RunReport report) {
        StringBuilder text = new StringBuilder(BEGIN);
        for (Promise promise : Promise.values()) {
            text.append("| %s | %s | `%s` |%n".formatted(promise.sentence(), promise.foundation(), promise.oracle()));
        }
        return text.append(LIMITS).append(ReportText.of(report))
                .append(END.formatted(report.spec().arguments())).toString();
    }
}
