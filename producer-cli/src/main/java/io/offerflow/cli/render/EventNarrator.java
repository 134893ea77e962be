package io.offerflow.cli.render;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Notification;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Result;
import io.offerflow.avro.StepMessage;
import io.offerflow.avro.Storefront;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells what happens, one line a change, as it happens. Used by one thread. */
public final class EventNarrator {

    private static final int STATUS_WIDTH = "Publish in progress".length();
    private static final int LINE_WIDTH = 110;

    private final PrintWriter out;
    private final Terminal terminal;
    private final Supplier<String> time;
    private final int offerWidth;
    private final Map<String, String> lastShown = new HashMap<>();

    /** @param time what stands in front of each line */
    public EventNarrator(PrintWriter out, Terminal terminal, int offerWidth, Supplier<String> time) {
        this.out = out;
        this.terminal = terminal;
        this.offerWidth = offerWidth;
        this.time = time;
    }

    public void status(String key, Optional<OfferStatus> row) {
        String text = row.map(this::describe).orElseGet(() -> terminal.paint(Style.FAINT, "Deleted"));
        if (!text.equals(lastShown.put(key, text))) {
            line(key, text);
        }
    }

    /** @param sentence how the plans of the offer stand */
    public void plans(String key, String sentence) {
        line(key, sentence);
    }

    public void storefront(String key, Optional<Storefront> shown) {
        line(key, shown.map(front -> "on the storefront: " + terminal.paint(Style.GOOD, StorefrontCache.sentence(front)))
                .orElse("no longer on the storefront"));
    }

    public void notification(String key, Notification mail) {
        line(key, terminal.paint(Style.MAIL, "e-mail to " + mail.getPublisherId() + ": " + StatusText.notification(mail)));
        mail.getMessages().forEach(this::report);
    }

    public void outcome(String key, CommandOutcome outcome) {
        if (outcome.getResult() == Result.ACCEPTED) {
            return;
        }
        // a late step result for a run that is over is everyday business
        Style style = outcome.getResult() == Result.REJECTED ? Style.BAD : Style.FAINT;
        line(key, terminal.paint(style, outcome.getCommand() + " was "
                + outcome.getResult().name().toLowerCase(Locale.ROOT)
                + Optional.ofNullable(outcome.getReason()).map(reason -> " (" + reason + ")").orElse("")));
        Optional.ofNullable(outcome.getDetail()).ifPresent(this::indented);
    }

    public void quarantined(String key, QuarantinedRecord record) {
        line(key, terminal.paint(Style.BAD, "quarantined (" + record.getReason() + ")"));
        indented(record.getDetail());
        indented(record.getAdvice());
    }

    private String describe(OfferStatus row) {
        String status = "%-" + STATUS_WIDTH + "s";
        return terminal.paint(StatusText.style(row.getStatus()), status.formatted(StatusText.status(row.getStatus()))) + "  "
                + StatusText.sections(row) + StatusText.currentStep(row).map(step -> "  " + step).orElse("");
    }

    private void report(StepMessage message) {
        indented(message.getCode() + "  " + message.getText());
    }

    private void line(String key, String text) {
        String offer = "%-" + offerWidth + "s";
        out.println(terminal.paint(Style.FAINT, time.get()) + "  " + offer.formatted(key) + "  " + text);
        out.flush();
    }

    /** Text below a line, broken between words. */
    private void indented(String text) {
        int indent = offerWidth + 13;
        StringBuilder line = new StringBuilder();
        for (String word : text.split("\\s+")) {
            if (!line.isEmpty() && indent + line.length() + 1 + word.length() > LINE_WIDTH) {
                print(indent, line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        print(indent, line);
        out.flush();
    }

    private void print(int indent, CharSequence text) {
        out.println(" ".repeat(indent) + text);
    }
}
