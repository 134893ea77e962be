package io.offerflow.cli.replay;

import io.offerflow.domain.model.OfferKey;
import io.offerflow.replay.text.Difference;
import io.offerflow.replay.whatif.WhatIfReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report as text. */
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
                lines.add("    then  " + ruling(difference.then()));
                lines.add("    now   " + ruling(difference.now()));
            });
        });
        report.divergences().forEach(divergence -> lines.add(("%s  not comparable from offer-journal-%d@%d on: %s does "
                + "not exist after the other decisions").formatted(divergence.offer(), divergence.partition(),
                        divergence.offset(), divergence.missing())));
        lines.addAll(summary(report));
        return lines;
    }

    /** The summary that text and HTML have in common. */
    static List<String> summary(WhatIfReport report) {
        List<String> lines = new ArrayList<>();
        report.after().ifPresent(after -> lines.add("Only inputs that were decided after %s.".formatted(after)));
        report.settings().forEach(setting -> lines.add("%s: %s then, %s now".formatted(setting.name(),
                String.join(" or ", setting.then()), setting.now())));
        report.totals().forEach((kind, number) -> lines.add("%,d %s".formatted(number, kind.description())));
        lines.add("%,d of %,d decisions differ, of %,d offers.".formatted(report.total(), report.counts().judged(),
                report.counts().offers()));
        if (report.counts().notComparable() > 0) {
            lines.add("%,d entries are not comparable.".formatted(report.counts().notComparable()));
        }
        if (report.counts().unreadable() > 0) {
            lines.add("%,d inputs could not be read then and were not decided again.".formatted(report.counts()
                    .unreadable()));
        }
        if (report.total() > report.differences().size()) {
            lines.add("Only the first %,d differences are shown; --limit shows more.".formatted(
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

    private static String ruling(Difference.Ruling ruling) {
        return ruling.result() + ruling.reason().map(reason -> " " + reason).orElse("")
                + (ruling.effects().isEmpty() ? "" : ": " + String.join("; ", ruling.effects()))
                + ruling.detail().map(detail -> ": " + detail).orElse("")
                + (ruling.rules().isEmpty() ? "" : "  (" + String.join(", ", ruling.ruleIds()) + ")");
    }
}
