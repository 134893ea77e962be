package io.offerflow.faults.run;

import io.offerflow.faults.oracle.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A report as Markdown. */
final class ReportText {

    /** A recovery that takes longer is listed. */
    private static final double LONG_SECONDS = 15;

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
        List<InjectedFault> slow = report.faults().stream().filter(fault -> fault.isLongerThan(LONG_SECONDS)).toList();
        if (!slow.isEmpty()) {
            line("Recoveries of more than %s s:", number(LONG_SECONDS));
            line("");
            slow.forEach(fault -> line("* fault %d at %s s, %s (%s, partitions %s): %s; others at this time: %s",
                    fault.number(), number(fault.second()), fault.kind().sentence(), fault.target(),
                    fault.partitions(), fault.recoverySeconds().map(seconds -> number(seconds) + " s")
                            .orElse("no outcome until the end"), others(fault)));
            line("");
        }
    }

    private String others(InjectedFault fault) {
        List<String> others = new ArrayList<>();
        for (InjectedFault other : report.faults()) {
            boolean overlaps = other.number() != fault.number()
                    && other.second() < fault.second() + fault.recoverySeconds().orElse(LONG_SECONDS)
                    && other.second() + other.recoverySeconds().orElse(LONG_SECONDS) > fault.second();
            if (overlaps) {
                others.add("%d (%s)".formatted(other.number(), other.kind().name().toLowerCase(Locale.ROOT)
                        .replace('_', ' ')));
            }
        }
        return others.isEmpty() ? "none" : String.join(", ", others);
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
