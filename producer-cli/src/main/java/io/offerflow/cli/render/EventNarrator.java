package io.offerflow.cli.render;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Notification;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Result;
import io.offerflow.avro.Storefront;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Prints what happens to offers as it happens, one line per change. Used by one thread. */
public final class EventNarrator implements OutputHandler {

    private static final int STATUS_WIDTH = "Publish in progress".length();
    private static final int LINE_WIDTH = 110;

    private final PrintWriter out;
    private final Terminal terminal;
    private final Supplier<String> time;
    private final int offerWidth;
    private final Map<String, String> lastShown = new HashMap<>();
    private final PlanSummaries plans = new PlanSummaries();

    /** @param time the text at the start of each line */
    public EventNarrator(PrintWriter out, Terminal terminal, int offerWidth, Supplier<String> time) {
        this.out = out;
        this.terminal = terminal;
        this.offerWidth = offerWidth;
        this.time = time;
    }

    @Override
    public void status(String key, Optional<OfferStatus> row) {
        String text = row.map(this::describe).orElseGet(() -> terminal.paint(Style.FAINT, "Deleted"));
        if (!text.equals(lastShown.put(key, text))) {
            line(key, text);
        }
    }

    @Override
    public void plan(String key, Optional<PlanStatus> row) {
        plans.plan(key, row);
    }

    /** Prints the plans that have changed, one line per offer: going live changes all of its plans at once. */
    public void showPlans() {
        plans.changes().forEach(this::line);
    }

    @Override
    public void storefront(String key, Optional<Storefront> row) {
        line(key, row.map(shown -> "on the storefront: " + terminal.paint(Style.GOOD, StatusText.storefront(shown)))
                .orElse("no longer on the storefront"));
    }

    @Override
    public void notification(String key, Notification notification) {
        line(key, terminal.paint(Style.MAIL, "e-mail to " + notification.getPublisherId() + ": "
                + StatusText.notification(notification)));
        notification.getMessages().forEach(message -> indented(message.getCode() + "  " + message.getText()));
    }

    @Override
    public void outcome(String key, CommandOutcome outcome) {
        if (outcome.getResult() == Result.ACCEPTED) {
            return;
        }
        // it is usual that a step result is late and ignored
        Style style = outcome.getResult() == Result.REJECTED ? Style.BAD : Style.FAINT;
        line(key, terminal.paint(style, outcome.getCommand() + " was "
                + outcome.getResult().name().toLowerCase(Locale.ROOT)
                + Optional.ofNullable(outcome.getReason()).map(reason -> " (" + reason + ")").orElse("")));
        Optional.ofNullable(outcome.getDetail()).ifPresent(this::indented);
    }

    @Override
    public void quarantined(String key, QuarantinedRecord record) {
        line(key, terminal.paint(Style.BAD, "quarantined (" + record.getReason() + ")"));
        indented(record.getDetail());
        indented(record.getAdvice());
    }

    private String describe(OfferStatus row) {
        String status = "%-" + STATUS_WIDTH + "s";
        return terminal.paint(StatusText.style(row.getStatus()), status.formatted(StatusText.status(row.getStatus())))
                + "  " + StatusText.sections(row) + StatusText.currentStep(row).map(step -> "  " + step).orElse("");
    }

    private void line(String key, String text) {
        String offer = "%-" + offerWidth + "s";
        out.println(terminal.paint(Style.FAINT, time.get()) + "  " + offer.formatted(key) + "  " + text);
        out.flush();
    }

    /** Prints text below a line, wrapped between words. */
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
