package io.offerflow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.Golden;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * State × command, every pair listed and every pair asked. `ok → STATUS` is accepted, `gone` leaves no offer, a bare
 * name is the reason of the refusal, one with `~` in front is ignored.
 */
class MatrixTest {

    private static final String OK_DRAFT = "ok DRAFT";
    private static final String OK_PIP = "ok PUBLISH_IN_PROGRESS";

    /** What must follow; the columns are the commands in the order of {@link Asks}. */
    private static List<String> expected(States state) {
        return switch (state) {
            case NONE -> row(OK_DRAFT, none(18), "~OFFER_NOT_FOUND", "~OFFER_NOT_FOUND", none(6));
            case DELETED -> row(OK_DRAFT, none(18), "~OFFER_NOT_FOUND", "~OFFER_NOT_FOUND", none(6));
            case DELETED_SOLD -> row("OFFER_EXISTS", none(15), "gone", "REQUEST_NOT_FOUND", "REQUEST_NOT_FOUND",
                    "~OFFER_NOT_FOUND", "~OFFER_NOT_FOUND", tail());
            case DRAFT -> row("OFFER_EXISTS", edits("DRAFT"), OK_PIP, "NOT_AT_SIGN_OFF", "NO_PUBLISH_IN_PROGRESS",
                    "gone", "NEVER_PUBLISHED", "PLAN_NOT_FOUND", "NO_STOP_SELL_PENDING", removals("NEVER_PUBLISHED"),
                    "~STALE_STEP", "~STALE_STEP", tail());
            case DRAFT_INCOMPLETE -> row("OFFER_EXISTS", edits("DRAFT"), "SECTIONS_INCOMPLETE", "NOT_AT_SIGN_OFF",
                    "NO_PUBLISH_IN_PROGRESS", "gone", "NEVER_PUBLISHED", "PLAN_NOT_FOUND", "NO_STOP_SELL_PENDING",
                    removals("NEVER_PUBLISHED"), "~STALE_STEP",
                    "~STALE_STEP", tail());
            case PIP_PRE -> row("OFFER_EXISTS", edits("PUBLISH_IN_PROGRESS"), "PUBLISH_IN_PROGRESS", "NOT_AT_SIGN_OFF",
                    OK_DRAFT, "PUBLISH_IN_PROGRESS", "NEVER_PUBLISHED", "PLAN_NOT_FOUND", "NO_STOP_SELL_PENDING",
                    removals("NEVER_PUBLISHED"), OK_PIP,
                    "ok ATTENTION_NEEDED", tail());
            case PIP_SIGNOFF -> row("OFFER_EXISTS", edits("PUBLISH_IN_PROGRESS"), OK_PIP, OK_PIP, "CANCEL_TOO_LATE",
                    "PUBLISH_IN_PROGRESS", "NEVER_PUBLISHED", "PLAN_NOT_FOUND", "NO_STOP_SELL_PENDING",
                    removals("NEVER_PUBLISHED"), "~STALE_STEP", "~STALE_STEP",
                    tail());
            case PIP_LIVE -> row("OFFER_EXISTS", edits("PUBLISH_IN_PROGRESS"), "PUBLISH_IN_PROGRESS",
                    "NOT_AT_SIGN_OFF", "CANCEL_TOO_LATE", "PUBLISH_IN_PROGRESS", "NEVER_PUBLISHED",
                    "PLAN_NOT_FOUND", "NO_STOP_SELL_PENDING", removals("NEVER_PUBLISHED"), "ok LIVE",
                    "ok ATTENTION_NEEDED", tail());
            case ATTENTION -> row("OFFER_EXISTS", edits("ATTENTION_NEEDED"), OK_PIP, "NOT_AT_SIGN_OFF",
                    "NO_PUBLISH_IN_PROGRESS", "gone", "NEVER_PUBLISHED", "PLAN_NOT_FOUND", "NO_STOP_SELL_PENDING",
                    removals("NEVER_PUBLISHED"), "~STALE_STEP",
                    "~STALE_STEP", tail());
            case LIVE -> row("OFFER_EXISTS", edits("LIVE"), "NOTHING_TO_PUBLISH", "NOT_AT_SIGN_OFF",
                    "NO_PUBLISH_IN_PROGRESS", "ALREADY_PUBLISHED", "ok LIVE", "PLAN_NOT_FOUND",
                    "NO_STOP_SELL_PENDING", removals("ok LIVE"), "~STALE_STEP",
                    "~STALE_STEP", tail());
            case LIVE_EDITED -> row("OFFER_EXISTS", edits("LIVE"), OK_PIP, "NOT_AT_SIGN_OFF",
                    "NO_PUBLISH_IN_PROGRESS", "ALREADY_PUBLISHED", "ok LIVE", "PLAN_NOT_FOUND",
                    "NO_STOP_SELL_PENDING", removals("ok LIVE"), "~STALE_STEP",
                    "~STALE_STEP", tail());
            case LIVE_PIP_PRE -> row("OFFER_EXISTS", edits("PUBLISH_IN_PROGRESS"), "PUBLISH_IN_PROGRESS",
                    "NOT_AT_SIGN_OFF", "ok LIVE", "PUBLISH_IN_PROGRESS", "PUBLISH_IN_PROGRESS", "PLAN_NOT_FOUND",
                    "NO_STOP_SELL_PENDING", removals(OK_PIP),
                    OK_PIP, "ok ATTENTION_NEEDED", tail());
            case LIVE_SIGNOFF -> row("OFFER_EXISTS", edits("PUBLISH_IN_PROGRESS"), OK_PIP, OK_PIP, "CANCEL_TOO_LATE",
                    "PUBLISH_IN_PROGRESS", "ok LIVE", "PLAN_NOT_FOUND", "NO_STOP_SELL_PENDING", removals(OK_PIP),
                    "~STALE_STEP", "~STALE_STEP", tail());
            case LIVE_PIP_LIVE -> row("OFFER_EXISTS", edits("PUBLISH_IN_PROGRESS"), "PUBLISH_IN_PROGRESS",
                    "NOT_AT_SIGN_OFF", "CANCEL_TOO_LATE", "PUBLISH_IN_PROGRESS", "PUBLISH_IN_PROGRESS",
                    "PLAN_NOT_FOUND", "NO_STOP_SELL_PENDING", removals(OK_PIP), "ok LIVE", "ok ATTENTION_NEEDED",
                    tail());
            case LIVE_ATTENTION -> row("OFFER_EXISTS", edits("ATTENTION_NEEDED"), OK_PIP, "NOT_AT_SIGN_OFF",
                    "NO_PUBLISH_IN_PROGRESS", "ALREADY_PUBLISHED", "ok ATTENTION_NEEDED", "PLAN_NOT_FOUND",
                    "NO_STOP_SELL_PENDING", removals("ok ATTENTION_NEEDED"),
                    "~STALE_STEP", "~STALE_STEP", tail());
            case STOP_PENDING -> row("OFFER_EXISTS", edits("LIVE"), "STOP_SELL_PENDING", "STOP_SELL_PENDING",
                    "NO_PUBLISH_IN_PROGRESS", "ALREADY_PUBLISHED", "STOP_SELL_PENDING", "PLAN_NOT_FOUND", "ok LIVE",
                    removals("ok LIVE"), "~STALE_STEP",
                    "~STALE_STEP", tail());
            case NOT_SOLD -> row("OFFER_EXISTS", edits("NOT_SOLD"), OK_PIP, "NOT_AT_SIGN_OFF",
                    "NO_PUBLISH_IN_PROGRESS", "gone", "ALREADY_STOPPED", "PLAN_NOT_FOUND", "NO_STOP_SELL_PENDING",
                    removals("ok NOT_SOLD"), "~STALE_STEP",
                    "~STALE_STEP", tail());
            case NOT_SOLD_PIP_PRE -> row("OFFER_EXISTS", edits("PUBLISH_IN_PROGRESS"), "PUBLISH_IN_PROGRESS",
                    "NOT_AT_SIGN_OFF", "ok NOT_SOLD", "PUBLISH_IN_PROGRESS", "ALREADY_STOPPED", "PLAN_NOT_FOUND",
                    "NO_STOP_SELL_PENDING", removals(OK_PIP),
                    OK_PIP, "ok ATTENTION_NEEDED", tail());
            case NOT_SOLD_ATTENTION -> row("OFFER_EXISTS", edits("ATTENTION_NEEDED"), OK_PIP, "NOT_AT_SIGN_OFF",
                    "NO_PUBLISH_IN_PROGRESS", "gone", "ALREADY_STOPPED", "PLAN_NOT_FOUND", "NO_STOP_SELL_PENDING",
                    removals("ok ATTENTION_NEEDED"), "~STALE_STEP",
                    "~STALE_STEP", tail());
        };
    }

    @TestFactory
    Stream<DynamicTest> everyCommandInEveryState() {
        return Arrays.stream(States.values()).flatMap(state -> Arrays.stream(Asks.values()).map(ask ->
                DynamicTest.dynamicTest("%s: %s".formatted(state, ask), () -> assertThat(actual(state, ask))
                        .as("an offer that is %s, asked to %s", state.words(), ask)
                        .isEqualTo(expected(state).get(ask.ordinal())))));
    }

    @Test
    void everyCommandThatExistsIsInTheMatrix() {
        Set<String> asked = Arrays.stream(Asks.values()).map(ask -> ask.of(OfferScenario.offer()).name())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> known = Stream.of(Command.ByPublisher.class, Command.ByPipeline.class, Command.ByCustomer.class,
                        Command.BySupport.class)
                .flatMap(MatrixTest::commands).map(Class::getSimpleName).collect(Collectors.toSet());
        assertThat(asked).isEqualTo(known).hasSize(Asks.values().length);
    }

    private static Stream<Class<?>> commands(Class<?> kind) {
        return kind.isInterface() ? Arrays.stream(kind.getPermittedSubclasses()).flatMap(MatrixTest::commands)
                : Stream.of(kind);
    }

    @Test
    void theLifecycleDocumentShowsWhatTheCodeDecides() {
        Golden.check("../docs/lifecycle.md", LifecycleDocument.of(MatrixTest::actual),
                "The rules changed, or the document was edited by hand: it is made by this test.");
    }

    private static String actual(States state, Asks ask) {
        OfferScenario offer = state.given();
        offer.when(ask.of(offer));
        return switch (offer.entry().decision()) {
            case Decision.Accepted accepted -> offer.facts().exists() ? "ok " + offer.facts().status() : "gone";
            case Decision.Rejected rejected -> rejected.reason().name();
            case Decision.Ignored ignored -> "~" + ignored.reason();
            case Decision.Duplicate duplicate -> "duplicate";
            case Decision.Reused reused -> "reused";
            case Decision.Nothing nothing -> "nothing";
        };
    }

    private static List<String> row(Object... cells) {
        List<String> row = Arrays.stream(cells).flatMap(cell -> cell instanceof String[] several
                ? Arrays.stream(several) : Stream.of((String) cell)).toList();
        assertThat(row).hasSize(Asks.values().length);
        return row;
    }

    /** Edits are taken in every status (S2, D14), what is asked of a plan that is not there in none. */
    private static String[] edits(String status) {
        return new String[] {"ok " + status, "ok " + status, "PLAN_NOT_FOUND", "PLAN_NOT_FOUND", "PLAN_NOT_FOUND",
            "PLAN_NOT_FOUND", "PLAN_NOT_FOUND", "NO_PRIVATE_PLAN"};
    }

    private static String[] removals(String requested) {
        return new String[] {requested, "REQUEST_NOT_FOUND", "REQUEST_NOT_FOUND"};
    }

    private static String[] none(int times) {
        return Stream.generate(() -> "OFFER_NOT_FOUND").limit(times).toArray(String[]::new);
    }

    /** What customers and support hear while nobody can have bought anything. */
    private static String[] tail() {
        return new String[] {"NOT_AVAILABLE", "NOT_ENTITLED", "REQUEST_NOT_FOUND", "REQUEST_NOT_FOUND",
            "REQUEST_NOT_FOUND", "REQUEST_NOT_FOUND"};
    }
}
