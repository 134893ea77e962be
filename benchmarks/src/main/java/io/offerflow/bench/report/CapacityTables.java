package io.offerflow.bench.report;

import static io.offerflow.bench.result.MarkdownTable.text;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.micro.MicroCommand;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.MarkdownTable;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.scale.ScaleCurve;
import java.util.Map;
import java.util.TreeMap;

/** Capacity of deployments, computed from measured costs; the load is a result with runs of the service. */
record CapacityTables(BenchResult load, BenchResult scale, BenchResult micro) {

    /** Used share of processors; the rest is for peaks, restarts and other programs. */
    private static final double USED = 0.6;
    private static final double SECONDS_PER_YEAR = 365 * 86_400.0;
    private static final int COPIES = 3;
    private static final double GB = 1e9;

    /** Of each offer in a year: commands of publishers, pipeline and support, then requests of customers. */
    private static final double COMMANDS_PER_OFFER = 60 + 300;
    private static final double OFFERS_PER_PUBLISHER = 3;
    /** The busiest minute as a multiple of the average. */
    private static final double PEAK = 20;
    private static final Map<Integer, String> PUBLISHERS = new TreeMap<>(Map.of(1_000, "a thousand publishers",
            100_000, "a hundred thousand publishers", 1_000_000, "a million publishers"));

    private double service(String value) {
        return load.median(Harness.SUBJECT, "service", value);
    }

    private double app() {
        return service(CpuWindow.APP);
    }

    private double broker() {
        return service(CpuWindow.BROKER);
    }

    private double bytes(String what) {
        return micro.median(MicroCommand.SIZES, what, "B");
    }

    private double offer(String what) {
        return scale.of(ScaleCurve.OFFERS.title()).getFirst().values().get(what);
    }

    String costs() {
        return new MarkdownTable("a command of the standard workload", "")
                .row("processor time, service", text("%.0f µs", app()))
                .row("processor time, one broker with one copy", text("%.0f µs", broker()))
                .row(text("commands/s, one stream thread, everything on %d cores", load.run().machine().cores()),
                        text("%,.0f", service(Harness.PER_SECOND)))
                .row("its input", text("%,.0f B", bytes("input")))
                .row("its entry in the journal", text("%,.0f B", bytes("offer-journal")))
                .row("written to stores and their changelogs", text("%,.0f B", bytes("facts") + bytes("rows written")))
                .row(text("stored state of one offer, in %.0f rows", 1 + offer("rows")),
                        text("%,.0f B", offer("facts B") + offer("rows B"))).toString();
    }

    String instances() {
        MarkdownTable table = new MarkdownTable("partitions", "instances of 2 cores", "stream threads each",
                "commands/s", text("brokers' cores, %d copies", COPIES));
        for (int instances : new int[] {1, 3, 6, 12}) {
            double perSecond = instances * 2 * USED * 1e6 / app();
            table.row(4 * instances, instances, 2, text("%,.0f", perSecond),
                    text("%.1f", perSecond * broker() * COPIES / 1e6 / USED));
        }
        return table.toString();
    }

    String years() {
        MarkdownTable table = new MarkdownTable("", "offers", "commands per year",
                "commands/s, average (busiest minute)", "cores of the service then", "state, one copy",
                "journal per year, one copy", "restore of all state by one instance");
        double restored = scale.of(ScaleCurve.RESTORE.title()).getLast().values().get("records/s");
        PUBLISHERS.forEach((publishers, size) -> {
            double offers = publishers * OFFERS_PER_PUBLISHER;
            double commands = offers * COMMANDS_PER_OFFER;
            double perSecond = commands / SECONDS_PER_YEAR;
            table.row(size, text("%,.0f", offers), text("%,.0f", commands),
                    text("%,.1f (%,.0f)", perSecond, perSecond * PEAK),
                    text("%.2f", perSecond * PEAK * app() / 1e6 / USED),
                    text("%,.1f GB", offers * (offer("facts B") + offer("rows B")) / GB),
                    text("%,.1f GB", commands * bytes("offer-journal") / GB),
                    text("%,.0f s", offers * (1 + offer("rows")) / restored));
        });
        return table.toString();
    }
}
