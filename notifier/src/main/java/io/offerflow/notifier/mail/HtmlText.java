package io.offerflow.notifier.mail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The text of a message as HTML: paragraphs, and lists of the lines that begin with a hyphen. */
final class HtmlText {

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%s</title>
            </head>
            <body style="margin:0;padding:24px;font:16px/1.5 sans-serif">
            <div style="max-width:38em;margin:0 auto">
            <h1 style="font-size:20px;line-height:1.3">%s</h1>
            %s
            </div>
            </body>
            </html>
            """;

    private HtmlText() {
    }

    static String of(String subject, String text, Optional<String> link, Locale language) {
        String blocks = Arrays.stream(text.split("\n{2,}")).map(HtmlText::block).collect(Collectors.joining("\n"));
        String page = blocks + link.map(url -> "\n<p><a href=\"%s\">%s</a></p>".formatted(escaped(url), escaped(url)))
                .orElse("");
        return PAGE.formatted(language.toLanguageTag(), escaped(subject), escaped(subject), page);
    }

    /** A paragraph, or a list if each line begins with a hyphen or continues one that does. */
    private static String block(String text) {
        List<String> lines = text.lines().toList();
        if (!lines.getFirst().startsWith("- ")) {
            return "<p>%s</p>".formatted(lines.stream().map(HtmlText::escaped).collect(Collectors.joining("<br>\n")));
        }
        List<String> items = new ArrayList<>();
        lines.forEach(line -> {
            if (line.startsWith("- ")) {
                items.add(escaped(line.substring(2)));
            } else {
                items.set(items.size() - 1, items.getLast() + "<br>\n" + escaped(line.strip()));
            }
        });
        return items.stream().map(item -> "<li>" + item + "</li>")
                .collect(Collectors.joining("\n", "<ul>\n", "\n</ul>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
