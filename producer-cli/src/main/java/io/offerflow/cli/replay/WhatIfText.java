package io.offerflow.cli.replay;

import io.offerflow.domain.model.OfferKey;
import io.offerflow.replay.text.Difference;
import io.offerflow.replay.whatif.WhatIfReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report for people at a command line. */
final class WhatIfText {

    private final WhatIfReport report;

    WhatIfText(WhatIfReport report) {
        this.report = report;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        byOffer(report.differences()).forEach((offer, differences) -> {
            lines.add(offer.toString());
            differences.forEach(difference -> {
                lines.add("  %s  entry %d, offer-journal-%d@%d: %s, %s".formatted(difference.at(),
                        difference.sequence(), difference.partition(), difference.offset(),
                        difference.command().orElse("time passed"), difference.kind().description()));
                lines.add("    then  " + verdict(difference.then()));
                lines.add("    now   " + verdict(difference.now()));
            });
        });
        report.divergences().forEach(parting -> lines.add("%s  not comparable from offer-journal-%d@%d on: %s does not"
                .formatted(parting.offer(), parting.partition(), parting.offset(), parting.missing())
                + " exist in the other course"));
        lines.addAll(summary(report));
        return lines;
    }

    /** What every form of the report begins or ends with. */
    static List<String> summary(WhatIfReport report) {
        List<String> lines = new ArrayList<>();
        report.settings().forEach(setting -> lines.add("%s: %s then, %s now".formatted(setting.name(),
                String.join(" or ", setting.then()), setting.now())));
        report.totals().forEach((kind, number) -> lines.add("%,d %s".formatted(number, kind.description())));
        lines.add("%,d of %,d decisions differ, of %,d offers.".formatted(report.total(), report.counts().judged(),
                report.counts().offers()));
        if (report.counts().notComparable() > 0) {
            lines.add("%,d entries are not comparable.".formatted(report.counts().notComparable()));
        }
        if (report.counts().unreadable() > 0) {
            lines.add("%,d inputs could not be read then and were not decided again.".formatted(report.counts().unreadable()));
        }
        if (report.total() > report.differences().size()) {
            lines.add("Only the first %,d differences are told; --limit tells more.".formatted(
                    report.differences().size()));
        }
        return lines;
    }

    static Map<OfferKey, List<Difference>> byOffer(List<Difference> differences) {
        Map<OfferKey, List<Difference>> offers = new LinkedHashMap<>();
        differences.forEach(difference ->
                offers.computeIfAbsent(difference.offer(), first -> new ArrayList<>()).add(difference));
        return offers;
    }

    private static String verdict(Difference.Ruling verdict) {
        return verdict.result() + verdict.reason().map(reason -> " " + reason).orElse("")
                + (verdict.effects().isEmpty() ? "" : ": " + String.join("; ", verdict.effects()))
                + verdict.detail().map(detail -> ": " + detail).orElse("")
                + (verdict.rules().isEmpty() ? "" : "  (" + String.join(", ", verdict.ruleIds()) + ")");
    }
}
