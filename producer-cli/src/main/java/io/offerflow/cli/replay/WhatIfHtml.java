package io.offerflow.cli.replay;

import io.offerflow.cli.console.HarmlessText;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.replay.text.Difference;
import io.offerflow.replay.whatif.WhatIfReport;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report as one self-contained HTML page, for product managers, who decide whether a rule is changed. */
final class WhatIfHtml {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>What other rules would have decided</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
            table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 600; }
            th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #8886; }
            .figure { font-size: 1.3rem; } .rule { color: #777; white-space: nowrap; }
            @media (max-width: 40rem) { td, th { display: block; border: 0; } tr { border-bottom: 1px solid #8886; } }
            </style>
            </head>
            <body>
            <h1>What other rules would have decided</h1>
            """;

    private final WhatIfReport report;

    WhatIfHtml(WhatIfReport report) {
        this.report = report;
    }

    String page() {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("<p class=\"figure\">").append(text(report.total() == 0
                ? "None of %,d decisions would have been different.".formatted(report.counts().judged())
                : "%,d of %,d decisions would have been different, of %,d offers.".formatted(report.total(),
                        report.counts().judged(), report.counts().offers()))).append("</p>\n");
        question(page);
        totals(page);
        WhatIfText.byOffer(report.differences()).forEach((offer, differences) -> offer(page, offer, differences));
        divergences(page);
        return page.append("</body>\n</html>\n").toString();
    }

    private void question(StringBuilder page) {
        page.append("<h2>What was asked</h2>\n");
        if (!report.settings().isEmpty()) {
            page.append("<table><caption>Settings that were changed</caption>\n<tr><th scope=\"col\">Setting</th>"
                    + "<th scope=\"col\">Then</th><th scope=\"col\">Now</th></tr>\n");
            report.settings().forEach(setting -> row(page, setting.name(), String.join(" or ", setting.then()),
                    setting.now()));
            page.append("</table>\n");
        }
        page.append("<p>").append(text("Decided then by build %s, now by build %s. ".formatted(
                String.join(", ", report.builds()), report.build()) + (report.follow()
                ? "Each offer follows the new decisions; where an input refers to something that would not exist, the "
                        + "rest of that offer is not compared."
                : "Every decision was made again on the state that was recorded before it, so each difference is "
                        + "independent of the others."))).append("</p>\n");
    }

    private void totals(StringBuilder page) {
        page.append("<h2>Differences by kind</h2>\n<table>\n");
        for (Difference.DifferenceKind kind : Difference.DifferenceKind.values()) {
            if (report.totals().getOrDefault(kind, 0L) > 0) {
                row(page, kind.description(), "%,d".formatted(report.totals().get(kind)));
            }
        }
        page.append("</table>\n");
        List<String> notes = WhatIfText.summary(report).stream().filter(line -> line.contains("not comparable")
                || line.startsWith("Only ") || line.contains("could not be read")).toList();
        notes.forEach(note -> page.append("<p>").append(text(note)).append("</p>\n"));
    }

    private static void offer(StringBuilder page, OfferKey offer, List<Difference> differences) {
        page.append("<h2>").append(text(offer.toString())).append("</h2>\n<table>\n<tr><th scope=\"col\">When</th>"
                + "<th scope=\"col\">What was asked</th><th scope=\"col\">Decided then</th>"
                + "<th scope=\"col\">Decided now</th></tr>\n");
        differences.forEach(difference -> page.append("<tr><td>").append(time(difference.at()))
                .append("<br><span class=\"rule\">entry ").append(difference.sequence()).append("</span></td><td>")
                .append(text(difference.command().orElse("Time passed")))
                .append(difference.actor().map(actor -> "<br>by " + text(actor)).orElse("")).append("</td><td>")
                .append(ruling(difference.then())).append("</td><td>").append(ruling(difference.now()))
                .append("</td></tr>\n"));
        page.append("</table>\n");
    }

    private void divergences(StringBuilder page) {
        if (!report.divergences().isEmpty()) {
            page.append("<h2>Not comparable</h2>\n<table>\n<tr><th scope=\"col\">Offer</th>"
                    + "<th scope=\"col\">From</th><th scope=\"col\">Does not exist</th></tr>\n");
            report.divergences().forEach(divergence -> row(page, divergence.offer().toString(), time(divergence.at()),
                    divergence.missing()));
            page.append("</table>\n");
        }
    }

    private static String ruling(Difference.Ruling ruling) {
        String rules = ruling.rules().isEmpty() ? "" : "<br><span class=\"rule\">by %s</span>".formatted(
                text(String.join(", ", ruling.ruleIds())));
        String effects = ruling.effects().stream().map(effect -> "<br>" + text(effect)).collect(Collectors.joining());
        return "<strong>%s</strong>%s%s%s".formatted(text(ruling.result() + ruling.reason()
                .map(reason -> " " + reason).orElse("")),
                ruling.detail().map(detail -> "<br>" + text(detail)).orElse(""), effects, rules);
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("<tr>");
        for (String cell : cells) {
            page.append("<td>").append(text(cell)).append("</td>");
        }
        page.append("</tr>\n");
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    private static String text(String plain) {
        return HarmlessText.of(plain).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
