package io.offerflow.cli.read;

import io.offerflow.avro.AudienceState;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.Problem;
import io.offerflow.avro.PublishRun;
import io.offerflow.avro.SectionState;
import io.offerflow.avro.SectionStatus;
import io.offerflow.avro.StepProgress;
import io.offerflow.avro.StepState;
import io.offerflow.avro.StopState;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.render.InstantOption;
import io.offerflow.cli.render.StatusText;
import io.offerflow.cli.render.TextTable;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Shows everything about one offer, for people. */
final class OfferOverview {

    private static final String INDENT = "  ";

    private final PrintWriter out;
    private final Terminal terminal;
    private final Instant now;

    OfferOverview(PrintWriter out, Terminal terminal, Instant now) {
        this.out = out;
        this.terminal = terminal;
        this.now = now;
    }

    void show(OfferStatus row, List<PlanStatus> plans) {
        header(row);
        sections(row.getSections());
        plans(plans);
        Optional.ofNullable(row.getRun()).ifPresent(this::run);
        pending(row);
        out.println();
        out.println(terminal.paint(Style.FAINT, "Times are UTC."));
        out.flush();
    }

    private void header(OfferStatus row) {
        out.println(terminal.paint(Style.STRONG, row.getPublisherId() + "/" + row.getOfferId()) + INDENT
                + row.getAlias());
        String sale = Optional.ofNullable(row.getLive()).map(live -> row.getOnSale()
                ? "version %d on sale since %s".formatted(live.getVersion(), InstantOption.shown(live.getSince()))
                : "version %d, no longer on sale".formatted(live.getVersion())).orElse("never on sale");
        out.println(INDENT + terminal.paint(StatusText.style(row.getStatus()), StatusText.status(row.getStatus()))
                + ", " + sale);
        out.println(INDENT + "%s, draft version %d, changed %s".formatted(StatusText.plain(row.getOfferType().name()),
                row.getDraftVersion(), InstantOption.shown(row.getChangedAt())));
    }

    private void sections(List<SectionStatus> sections) {
        heading("Sections");
        for (SectionStatus section : sections) {
            TextTable table = new TextTable(INDENT);
            String state = section.getApplies() ? StatusText.plain(section.getState().name()) : "does not apply";
            table.row(section.getState() == SectionState.INCOMPLETE && section.getApplies() ? Style.BAD : Style.GOOD,
                    List.of("%-24s".formatted(StatusText.plain(section.getSection().name())), state));
            table.print(out, terminal, 1);
            section.getProblems().forEach(this::problem);
        }
    }

    private void plans(List<PlanStatus> plans) {
        if (plans.isEmpty()) {
            return;
        }
        heading("Plans");
        TextTable table = new TextTable(INDENT);
        plans.forEach(plan -> table.row(plan.getOnSale() ? Style.GOOD : Style.STRONG, List.of(plan.getPlanId(),
                Optional.ofNullable(plan.getName()).orElse("-"), StatusText.plain(plan.getState().name()),
                details(plan))));
        table.print(out, terminal, 2);
        plans.forEach(plan -> plan.getProblems().forEach(this::problem));
    }

    private static String details(PlanStatus plan) {
        String audience = Boolean.TRUE.equals(plan.getPrivateOnSale()) ? "for its audience only" : "";
        String edited = plan.getUnpublishedChanges() ? "unpublished changes" : "";
        String stops = Optional.ofNullable(plan.getStopsAt()).map(at -> "stops " + InstantOption.shown(at)).orElse("");
        String syncs = Optional.ofNullable(plan.getSyncsAt()).map(at -> "its audience syncs " + InstantOption.shown(at))
                .orElse(plan.getAudienceState() == AudienceState.FAILED ? "the last sync failed" : "");
        return List.of(audience, edited, syncs, stops).stream().filter(text -> !text.isEmpty())
                .reduce((a, b) -> a + ", " + b).orElse("");
    }

    private void problem(Problem problem) {
        out.println(INDENT + INDENT + "- " + (problem.getPath().isEmpty() ? "" : problem.getPath() + ": ")
                + problem.getExpected() + ", met " + problem.getMet());
    }

    private void run(PublishRun run) {
        heading("Run of submission %d, %s, submitted %s".formatted(run.getSubmission(),
                StatusText.plain(run.getState().name()).toLowerCase(java.util.Locale.ROOT),
                InstantOption.shown(run.getSubmittedAt())));
        TextTable table = new TextTable(INDENT);
        run.getSteps().forEach(step -> table.row(style(step), List.of(StatusText.step(step.getStep()),
                StatusText.plain(step.getState().name()).toLowerCase(java.util.Locale.ROOT), times(step))));
        table.print(out, terminal, 1);
        run.getMessages().forEach(message -> out.println(INDENT + INDENT + message.getCode() + INDENT
                + message.getText()));
    }

    private Style style(StepProgress step) {
        return switch (step.getState()) {
            case SUCCEEDED -> Style.GOOD;
            case FAILED -> Style.BAD;
            case IN_PROGRESS, WAITING_FOR_PUBLISHER -> Style.WAITING;
            case NOT_STARTED, CANCELLED, UNKNOWN -> Style.FAINT;
        };
    }

    private String times(StepProgress step) {
        Optional<Instant> started = Optional.ofNullable(step.getStartedAt());
        if (started.isEmpty()) {
            return "";
        }
        return InstantOption.shown(started.get()) + Optional.ofNullable(step.getEndedAt()).map(end -> ", took "
                + StatusText.span(Duration.between(started.get(), end))).orElseGet(() -> step.getEstimatedMinutes() > 0
                ? ", usually " + StatusText.span(Duration.ofMinutes(step.getEstimatedMinutes()))
                        + (AttentionRank.isOverdue(step, now) ? ": late" : "") : "");
    }

    private void pending(OfferStatus row) {
        Optional<StepProgress> step = AttentionRank.current(row);
        boolean stops = row.getStop() != null && row.getStop().getState() == StopState.PENDING;
        if (step.isEmpty() && !stops) {
            return;
        }
        heading("What comes next");
        if (stops) {
            out.println(INDENT + "selling stops at " + InstantOption.shown(row.getStop().getEffectiveAt()));
        }
        step.ifPresent(current -> out.println(INDENT + (current.getState() == StepState.WAITING_FOR_PUBLISHER
                ? "the publisher looks at the preview and goes live"
                : StatusText.step(current.getStep()) + " ends" + AttentionRank.expectedEnd(current)
                        .map(end -> " about " + InstantOption.shown(end)).orElse(""))));
    }

    private void heading(String text) {
        out.println();
        out.println(terminal.paint(Style.STRONG, text));
    }
}
