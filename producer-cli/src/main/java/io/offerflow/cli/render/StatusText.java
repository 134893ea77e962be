package io.offerflow.cli.render;

import io.offerflow.avro.Notification;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.Problem;
import io.offerflow.avro.PublishRun;
import io.offerflow.avro.RunState;
import io.offerflow.avro.SectionState;
import io.offerflow.avro.SectionStatus;
import io.offerflow.avro.Status;
import io.offerflow.avro.StepName;
import io.offerflow.avro.StepProgress;
import io.offerflow.avro.StepState;
import io.offerflow.avro.Storefront;
import io.offerflow.cli.console.Terminal.Style;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Texts for the rows and notifications of the service. */
public final class StatusText {

    private StatusText() {
    }

    public static String status(Status status) {
        return switch (status) {
            case DRAFT -> "Draft";
            case PUBLISH_IN_PROGRESS -> "Publish in progress";
            case ATTENTION_NEEDED -> "Attention needed";
            case LIVE -> "Live";
            case NOT_SOLD -> "Not being sold";
            case UNKNOWN -> "(unknown status)";
        };
    }

    /** The colour of a status. */
    public static Style style(Status status) {
        return switch (status) {
            case LIVE -> Style.GOOD;
            case ATTENTION_NEEDED -> Style.BAD;
            case PUBLISH_IN_PROGRESS -> Style.WAITING;
            case DRAFT, NOT_SOLD, UNKNOWN -> Style.STRONG;
        };
    }

    /** A problem to fix, with its section. */
    public static String problem(Problem problem) {
        return plain(problem.getSection().name()) + (problem.getPath().isEmpty() ? "" : ", " + problem.getPath())
                + ": " + problem.getExpected() + ", met " + problem.getMet();
    }

    /** A symbol as text: {@code OFFER_LISTING} is "Offer listing". */
    public static String plain(String symbol) {
        if (symbol.equals("SAAS")) {
            return "SaaS";
        }
        String words = symbol.replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** A duration in its two largest units. */
    public static String span(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return "%d min%s".formatted(seconds / 60, seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        return seconds < 86_400 ? "%d h%s".formatted(seconds / 3600, seconds % 3600 < 60 ? ""
                : " " + seconds % 3600 / 60 + " min") : "%d d%s".formatted(seconds / 86_400,
                seconds % 86_400 < 3600 ? "" : " " + seconds % 86_400 / 3600 + " h");
    }

    /** How many of the sections that apply to this offer are complete. */
    public static String sections(OfferStatus row) {
        List<SectionStatus> applying = row.getSections().stream().filter(SectionStatus::getApplies).toList();
        long complete = applying.stream().map(SectionStatus::getState).filter(StatusText::isComplete).count();
        return complete + "/" + applying.size() + " sections";
    }

    private static boolean isComplete(SectionState state) {
        return switch (state) {
            case COMPLETE, UNPUBLISHED_CHANGES, PUBLISHED -> true;
            case NOT_STARTED, INCOMPLETE, UNKNOWN -> false;
        };
    }

    /** The current step of an active run. */
    public static Optional<String> currentStep(OfferStatus row) {
        return Optional.ofNullable(row.getRun()).filter(run -> run.getState() == RunState.ACTIVE)
                .flatMap(StatusText::currentStep);
    }

    private static Optional<String> currentStep(PublishRun run) {
        List<StepProgress> steps = run.getSteps();
        for (int i = 0; i < steps.size(); i++) {
            StepState state = steps.get(i).getState();
            if (state == StepState.IN_PROGRESS || state == StepState.WAITING_FOR_PUBLISHER) {
                return Optional.of("step %d/%d: %s".formatted(i + 1, steps.size(), step(steps.get(i).getStep())));
            }
        }
        return Optional.empty();
    }

    public static String step(StepName step) {
        return step.name().replace("PUBLISH_", "").replace('_', ' ').toLowerCase(Locale.ROOT)
                .replace("sign off", "sign-off");
    }

    /** The storefront of an offer, for example "version 1 with 2 plans and a test drive". */
    public static String storefront(Storefront shown) {
        String offered = shown.getTransactable() ? "with " + count(shown.getPlans().size(), "plan")
                : "leading to the publisher";
        return "version %d %s".formatted(shown.getVersion(), offered)
                + (shown.getTestDrive() == null ? "" : " and a test drive");
    }

    /** A number and what it counts, for example "1 plan" or "1,200 rows". */
    public static String count(long number, String thing) {
        return "%,d %s%s".formatted(number, thing, number == 1 ? "" : "s");
    }

    public static String notification(Notification notification) {
        return switch (notification.getTemplate()) {
            case PREVIEW_READY -> "the preview is ready: look at it, then go live.";
            case OFFER_LIVE -> "the offer is live" + Optional.ofNullable(notification.getLiveVersion())
                    .map(version -> ", version " + version).orElse("") + ".";
            case CERTIFICATION_FAILED -> "certification failed; the report says:";
            case PUBLISH_ATTENTION_NEEDED -> "publishing failed" + Optional.ofNullable(notification.getStep())
                    .map(step -> " at " + step(step)).orElse("") + "; the report says:";
            case STOP_SELL_EFFECTIVE -> "the offer is no longer sold.";
            case PLAN_STOP_SELL_EFFECTIVE -> "plan %s is no longer sold.".formatted(notification.getPlanId());
            case PRICE_CHANGE_SCHEDULED -> "new prices of plan %s hold from %s on.".formatted(notification.getPlanId(),
                    notification.getEffectiveAt());
            case AUDIENCE_SYNC_FAILED -> "the private audience of %s could not be synced: not on sale any more."
                    .formatted(String.join(", ", notification.getPlanIds()));
            case AUDIENCE_SYNCED -> "the private audience of %s is synced."
                    .formatted(String.join(", ", notification.getPlanIds()));
            case REMOVAL_PROGRESS -> "removal request %d is now %s.".formatted(notification.getRemovalRequest(),
                    notification.getRemovalState());
            case PUBLISH_CANCELLED -> "publishing was cancelled.";
            case UNKNOWN -> "(a notification that this release does not know)";
        };
    }
}
