package io.offerflow.faults.run;

import io.offerflow.faults.oracle.Violation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A report as Markdown. */
final class ReportText {

    /** A recovery that takes longer is listed. */
    private static final double LONG_SECONDS = 15;
    private static final int MOST = 10;

    private final RunReport report;
    private final StringBuilder text = new StringBuilder();

    private ReportText(RunReport report) {
        this.report = report;
    }

    static String of(RunReport report) {
        ReportText text = new ReportText(report);
        text.figures();
        text.kinds();
        text.longest();
        text.problems();
        return text.text.toString();
    }

    private void figures() {
        line("Seed %d, %s minutes of load on %d instances, %d partitions and three brokers.", report.spec().seed(),
                number(report.minutes()), report.spec().instances(), report.spec().partitions());
        line("");
        line("| | |");
        line("| --- | ---: |");
        line("| inputs | %,d |", report.inputs());
        line("| inputs per second | %,d |", Math.round(report.inputs() / report.minutes() / 60));
        line("| repeated after 15 s without an answer | %,d |", report.repeated());
        line("| not acknowledged by the brokers in time | %,d |", report.failed());
        line("| journal entries | %,d |", report.entries());
        report.edges().ifPresent(edges -> {
            line("| requests to the gateway that were answered | %,d |", edges.answers());
            line("| of them sent again | %,d |", edges.repeated());
            line("| notifications that a webhook has received | %,d |", edges.events());
            line("| received again | %,d |", edges.again());
        });
        line("| faults | %d |", report.faults().size());
        line("| processes that ended by themselves, and were started again | %d |",
                report.ends().values().stream().mapToInt(Integer::intValue).sum());
        line("| **violations** | **%d** |", report.violations().size());
        line("");
    }

    private void kinds() {
        line("| fault | number | recovery, median | maximum |");
        line("| --- | ---: | ---: | ---: |");
        for (FaultKind kind : FaultKind.values()) {
            List<InjectedFault> faults = report.faults().stream().filter(fault -> fault.kind() == kind).toList();
            double[] seconds = faults.stream().map(InjectedFault::recoverySeconds).flatMap(Optional::stream)
                    .mapToDouble(Double::doubleValue).sorted().toArray();
            if (report.leftOut().contains(kind)) {
                line("| %s | left out: this machine does not allow it | | |", kind.sentence());
            } else if (seconds.length > 0) {
                line("| %s | %d | %s s | %s s |", kind.sentence(), faults.size(), number(seconds[seconds.length / 2]),
                        number(Arrays.stream(seconds).max().orElseThrow()));
            } else {
                line("| %s | %d | | |", kind.sentence(), faults.size());
            }
        }
        line("");
        line("Recovery: from the fault to the next committed outcome of an input that was appended after it, in the "
                + "affected partition that took longest.");
        line("It is measured if the instance processed a partition, and includes the start of a JVM on the machine "
                + "that runs all processes.");
        line("");
    }

    private void longest() {
        List<InjectedFault> slow = report.faults().stream().filter(fault -> fault.isLongerThan(LONG_SECONDS))
                .sorted(Comparator.comparing(ReportText::seconds).reversed()).toList();
        if (slow.isEmpty()) {
            return;
        }
        line("%d of %d recoveries took more than %s s. A fault that begins before the last one is over makes it "
                + "longer; the longest:", slow.size(), report.faults().size(), number(LONG_SECONDS));
        line("");
        slow.stream().limit(MOST).forEach(fault -> line("* %s after fault %d at %s s, %s (%s), with %d other faults "
                + "at this time", fault.recoverySeconds().map(seconds -> number(seconds) + " s")
                        .orElse("no outcome until the end"), fault.number(), number(fault.second()),
                fault.kind().sentence(), fault.target().isEmpty() ? "all partitions" : fault.target(), others(fault)));
        line("");
    }

    /** From the fault to its recovery; without one, longer than all others. */
    private static double seconds(InjectedFault fault) {
        return fault.recoverySeconds().orElse(Double.MAX_VALUE);
    }

    /** Number of faults that had not recovered when this one happened, or happened before it had. */
    private long others(InjectedFault fault) {
        return report.faults().stream().filter(other -> other.number() != fault.number()
                && other.second() < fault.second() + fault.recoverySeconds().orElse(LONG_SECONDS)
                && other.second() + other.recoverySeconds().orElse(LONG_SECONDS) > fault.second()).count();
    }

    private void problems() {
        report.trouble().forEach(trouble -> line("* The run itself: %s", trouble));
        for (Violation violation : report.violations()) {
            line("* %s, partition %d: %s", violation.promise(), violation.partition(), violation.what());
        }
    }

    private static String number(double value) {
        return "%.1f".formatted(value);
    }

    private void line(String format, Object... arguments) {
        text.append(format.formatted(arguments)).append('\n');
    }
}
