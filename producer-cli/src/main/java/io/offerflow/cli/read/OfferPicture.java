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
import io.offerflow.cli.Terminal;
import io.offerflow.cli.Terminal.Style;
import io.offerflow.cli.output.Instants;
import io.offerflow.cli.output.Table;
import io.offerflow.cli.words.Words;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All about one offer, for people. */
final class OfferPicture {

    private static final String INDENT = "  ";

    private final PrintWriter out;
    private final Terminal terminal;
    private final Instant now;

    OfferPicture(PrintWriter out, Terminal terminal, Instant now) {
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
                ? "version %d on sale since %s".formatted(live.getVersion(), Instants.shown(live.getSince()))
                : "version %d, no longer on sale".formatted(live.getVersion())).orElse("never on sale");
        out.println(INDENT + terminal.paint(Words.style(row.getStatus()), Words.status(row.getStatus())) + ", " + sale);
        out.println(INDENT + "%s, draft version %d, changed %s".formatted(Words.plain(row.getOfferType().name()),
                row.getDraftVersion(), Instants.shown(row.getChangedAt())));
    }

    private void sections(List<SectionStatus> sections) {
        heading("Sections");
        for (SectionStatus section : sections) {
            Table table = new Table(INDENT);
            String state = section.getApplies() ? Words.plain(section.getState().name()) : "does not apply";
            table.row(section.getState() == SectionState.INCOMPLETE && section.getApplies() ? Style.BAD : Style.GOOD,
                    List.of("%-24s".formatted(Words.plain(section.getSection().name())), state));
            table.print(out, terminal, 1);
            section.getProblems().forEach(this::problem);
        }
    }

    private void plans(List<PlanStatus> plans) {
        if (plans.isEmpty()) {
            return;
        }
        heading("Plans");
        Table table = new Table(INDENT);
        plans.forEach(plan -> table.row(plan.getOnSale() ? Style.GOOD : Style.STRONG, List.of(plan.getPlanId(),
                Optional.ofNullable(plan.getName()).orElse("-"), Words.plain(plan.getState().name()), words(plan))));
        table.print(out, terminal, 2);
        plans.forEach(plan -> plan.getProblems().forEach(this::problem));
    }

    private static String words(PlanStatus plan) {
        String audience = Boolean.TRUE.equals(plan.getPrivateOnSale()) ? "for its audience only" : "";
        String edited = plan.getUnpublishedChanges() ? "unpublished changes" : "";
        String stops = Optional.ofNullable(plan.getStopsAt()).map(at -> "stops " + Instants.shown(at)).orElse("");
        String syncs = Optional.ofNullable(plan.getSyncsAt()).map(at -> "its audience syncs " + Instants.shown(at))
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
                Words.plain(run.getState().name()).toLowerCase(java.util.Locale.ROOT),
                Instants.shown(run.getSubmittedAt())));
        Table table = new Table(INDENT);
        run.getSteps().forEach(step -> table.row(style(step), List.of(Words.step(step.getStep()),
                Words.plain(step.getState().name()).toLowerCase(java.util.Locale.ROOT), times(step))));
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
        return Instants.shown(started.get()) + Optional.ofNullable(step.getEndedAt()).map(end -> ", took "
                + Words.span(Duration.between(started.get(), end))).orElseGet(() -> step.getEstimatedMinutes() > 0
                ? ", usually " + Words.span(Duration.ofMinutes(step.getEstimatedMinutes()))
                        + (Urgency.isOverdue(step, now) ? ": late" : "") : "");
    }

    private void pending(OfferStatus row) {
        Optional<StepProgress> step = Urgency.current(row);
        boolean stops = row.getStop() != null && row.getStop().getState() == StopState.PENDING;
        if (step.isEmpty() && !stops) {
            return;
        }
        heading("What comes next");
        if (stops) {
            out.println(INDENT + "selling stops at " + Instants.shown(row.getStop().getEffectiveAt()));
        }
        step.ifPresent(current -> out.println(INDENT + (current.getState() == StepState.WAITING_FOR_PUBLISHER
                ? "the publisher looks at the preview and goes live"
                : Words.step(current.getStep()) + " ends" + Urgency.expectedEnd(current)
                        .map(end -> " about " + Instants.shown(end)).orElse(""))));
    }

    private void heading(String text) {
        out.println();
        out.println(terminal.paint(Style.STRONG, text));
    }
}
