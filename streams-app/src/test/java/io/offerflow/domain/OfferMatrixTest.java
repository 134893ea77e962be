package io.offerflow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.Golden;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Decision;
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
 * State × command, every pair listed and every pair asked. `ok` with a status is accepted, `gone` leaves no offer, a
 * bare name is the reason of the refusal, one with `~` in front is ignored. The rule that decides comes last.
 */
class OfferMatrixTest {

    private static final String NOT_AT_SIGN_OFF = "NOT_AT_SIGN_OFF O18";
    private static final String NO_RUN = "NO_PUBLISH_IN_PROGRESS O16";
    private static final String[] NEVER_SOLD = removals("NEVER_PUBLISHED R1");
    private static final String[] STALE = {"~STALE_STEP V33", "~STALE_STEP V33"};
    private static final String[] STALE_AT_SIGN_OFF = {"~STALE_STEP B2", "~STALE_STEP B2"};

    /** What must follow; the columns are the commands in the order of {@link Commands}. */
    private static List<String> expected(OfferScenarios state) {
        return switch (state) {
            case NONE, DELETED -> row("ok DRAFT O1", none(18), "~OFFER_NOT_FOUND B3", "~OFFER_NOT_FOUND B3", none(6));
            case DELETED_SOLD -> row("OFFER_EXISTS D37", none(15), removals("gone R1"), "~OFFER_NOT_FOUND B3",
                    "~OFFER_NOT_FOUND B3", tail());
            case DRAFT -> row(edits("DRAFT"), "ok PUBLISH_IN_PROGRESS O3", NOT_AT_SIGN_OFF, NO_RUN, "gone O21",
                    "NEVER_PUBLISHED O27", unstopped(), NEVER_SOLD, STALE, tail());
            case DRAFT_INCOMPLETE -> row(edits("DRAFT"), "SECTIONS_INCOMPLETE O3", NOT_AT_SIGN_OFF, NO_RUN, "gone O21",
                    "NEVER_PUBLISHED O27", unstopped(), NEVER_SOLD, STALE, tail());
            case PIP_PRE -> row(edits("PUBLISH_IN_PROGRESS"), "PUBLISH_IN_PROGRESS O7", NOT_AT_SIGN_OFF, "ok DRAFT O13",
                    "PUBLISH_IN_PROGRESS O23", "NEVER_PUBLISHED O27", unstopped(), NEVER_SOLD,
                    "ok PUBLISH_IN_PROGRESS O9", "ok ATTENTION_NEEDED O11", tail());
            case PIP_SIGNOFF -> row(edits("PUBLISH_IN_PROGRESS"), "ok PUBLISH_IN_PROGRESS O8",
                    "ok PUBLISH_IN_PROGRESS O17", "CANCEL_TOO_LATE O14", "PUBLISH_IN_PROGRESS O23",
                    "NEVER_PUBLISHED O27", unstopped(), NEVER_SOLD, STALE_AT_SIGN_OFF, tail());
            case PIP_LIVE -> row(edits("PUBLISH_IN_PROGRESS"), "PUBLISH_IN_PROGRESS O7", NOT_AT_SIGN_OFF,
                    "CANCEL_TOO_LATE O15", "PUBLISH_IN_PROGRESS O23", "NEVER_PUBLISHED O27", unstopped(), NEVER_SOLD,
                    "ok LIVE O19", "ok ATTENTION_NEEDED O12", tail());
            case ATTENTION -> row(edits("ATTENTION_NEEDED"), "ok PUBLISH_IN_PROGRESS O5", NOT_AT_SIGN_OFF, NO_RUN,
                    "gone O21", "NEVER_PUBLISHED O27", unstopped(), NEVER_SOLD, STALE, tail());
            case LIVE -> row(edits("LIVE"), "NOTHING_TO_PUBLISH O4", NOT_AT_SIGN_OFF, NO_RUN, "ALREADY_PUBLISHED O22",
                    "ok LIVE O25", unstopped(), removals("ok LIVE R1"), STALE, tail());
            case LIVE_EDITED -> row(edits("LIVE"), "ok PUBLISH_IN_PROGRESS O4", NOT_AT_SIGN_OFF, NO_RUN,
                    "ALREADY_PUBLISHED O22", "ok LIVE O25", unstopped(), removals("ok LIVE R1"), STALE, tail());
            case LIVE_PIP_PRE -> row(edits("PUBLISH_IN_PROGRESS"), "PUBLISH_IN_PROGRESS O7", NOT_AT_SIGN_OFF,
                    "ok LIVE O13", "PUBLISH_IN_PROGRESS O23", "PUBLISH_IN_PROGRESS O30", unstopped(),
                    removals("ok PUBLISH_IN_PROGRESS R1"), "ok PUBLISH_IN_PROGRESS O9", "ok ATTENTION_NEEDED O11",
                    tail());
            case LIVE_SIGNOFF -> row(edits("PUBLISH_IN_PROGRESS"), "ok PUBLISH_IN_PROGRESS O8",
                    "ok PUBLISH_IN_PROGRESS O17", "CANCEL_TOO_LATE O14", "PUBLISH_IN_PROGRESS O23", "ok LIVE O31",
                    unstopped(), removals("ok PUBLISH_IN_PROGRESS R1"), STALE_AT_SIGN_OFF, tail());
            case LIVE_PIP_LIVE -> row(edits("PUBLISH_IN_PROGRESS"), "PUBLISH_IN_PROGRESS O7", NOT_AT_SIGN_OFF,
                    "CANCEL_TOO_LATE O15", "PUBLISH_IN_PROGRESS O23", "PUBLISH_IN_PROGRESS O30", unstopped(),
                    removals("ok PUBLISH_IN_PROGRESS R1"), "ok LIVE O19", "ok ATTENTION_NEEDED O12", tail());
            case LIVE_ATTENTION -> row(edits("ATTENTION_NEEDED"), "ok PUBLISH_IN_PROGRESS O5", NOT_AT_SIGN_OFF, NO_RUN,
                    "ALREADY_PUBLISHED O22", "ok ATTENTION_NEEDED O25", unstopped(), removals("ok ATTENTION_NEEDED R1"),
                    STALE, tail());
            case STOP_PENDING -> row(edits("LIVE"), "STOP_SELL_PENDING O32", "STOP_SELL_PENDING O32", NO_RUN,
                    "ALREADY_PUBLISHED O22", "STOP_SELL_PENDING O28", "PLAN_NOT_FOUND B28", "ok LIVE O34",
                    removals("ok LIVE R1"), STALE, tail());
            case NOT_SOLD -> row(edits("NOT_SOLD"), "ok PUBLISH_IN_PROGRESS O6", NOT_AT_SIGN_OFF, NO_RUN, "gone O24",
                    "ALREADY_STOPPED O29", unstopped(), removals("ok NOT_SOLD R1"), STALE, tail());
            case NOT_SOLD_PIP_PRE -> row(edits("PUBLISH_IN_PROGRESS"), "PUBLISH_IN_PROGRESS O7", NOT_AT_SIGN_OFF,
                    "ok NOT_SOLD O13", "PUBLISH_IN_PROGRESS O23", "ALREADY_STOPPED O29", unstopped(),
                    removals("ok PUBLISH_IN_PROGRESS R1"), "ok PUBLISH_IN_PROGRESS O9", "ok ATTENTION_NEEDED O11",
                    tail());
            case NOT_SOLD_ATTENTION -> row(edits("ATTENTION_NEEDED"), "ok PUBLISH_IN_PROGRESS O5", NOT_AT_SIGN_OFF,
                    NO_RUN, "gone O24", "ALREADY_STOPPED O29", unstopped(), removals("ok ATTENTION_NEEDED R1"), STALE,
                    tail());
        };
    }

    @TestFactory
    Stream<DynamicTest> everyCommandInEveryState() {
        return Arrays.stream(OfferScenarios.values()).flatMap(state -> Arrays.stream(Commands.values()).map(ask ->
                DynamicTest.dynamicTest("%s: %s".formatted(state, ask), () -> assertThat(actual(state, ask))
                        .as("an offer that is %s, asked to %s", state.words(), ask)
                        .isEqualTo(expected(state).get(ask.ordinal())))));
    }

    @Test
    void everyCommandThatExistsIsInTheMatrix() {
        Set<String> asked = Arrays.stream(Commands.values()).map(ask -> ask.of(OfferScenario.offer()).name())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> known = Stream.of(Command.ByPublisher.class, Command.ByPipeline.class, Command.ByCustomer.class,
                        Command.BySupport.class)
                .flatMap(OfferMatrixTest::commands).map(Class::getSimpleName).collect(Collectors.toSet());
        assertThat(asked).isEqualTo(known).hasSize(Commands.values().length);
    }

    private static Stream<Class<?>> commands(Class<?> kind) {
        return kind.isInterface() ? Arrays.stream(kind.getPermittedSubclasses()).flatMap(OfferMatrixTest::commands)
                : Stream.of(kind);
    }

    @Test
    void theLifecycleDocumentShowsWhatTheCodeDecides() {
        Golden.check("../docs/lifecycle.md", LifecycleDocument.of(OfferMatrixTest::actual),
                "The rules changed, or the document was edited by hand: it is made by this test.");
    }

    private static String actual(OfferScenarios state, Commands ask) {
        OfferScenario offer = state.given();
        offer.when(ask.of(offer));
        return switch (offer.entry().decision()) {
            case Decision.Accepted accepted -> offer.facts().exists() ? "ok " + offer.facts().status() : "gone";
            case Decision.Rejected rejected -> rejected.reason().name();
            case Decision.Ignored ignored -> "~" + ignored.reason();
            case Decision.Duplicate duplicate -> "duplicate";
            case Decision.CommandIdReused reused -> "reused";
            case Decision.TimePassed nothing -> "nothing";
        } + " " + offer.entry().decision().rule().id();
    }

    private static List<String> row(Object... cells) {
        List<String> row = Arrays.stream(cells).flatMap(cell -> cell instanceof String[] several
                ? Arrays.stream(several) : Stream.of((String) cell)).toList();
        assertThat(row).hasSize(Commands.values().length);
        return row;
    }

    /**
     * An offer that exists is not created again; edits are accepted in every status (S2, D14), commands about a plan
     * that does not exist in none.
     */
    private static String[] edits(String status) {
        return new String[] {"OFFER_EXISTS O1", "ok " + status + " O2", "ok " + status + " P1", "PLAN_NOT_FOUND P2",
            "PLAN_NOT_FOUND B28", "PLAN_NOT_FOUND A1", "PLAN_NOT_FOUND A3", "PLAN_NOT_FOUND A2", "NO_PRIVATE_PLAN A6"};
    }

    /** Neither is there a plan to stop, nor a pending stop to withdraw. */
    private static String[] unstopped() {
        return new String[] {"PLAN_NOT_FOUND B28", "NO_STOP_SELL_PENDING O34"};
    }

    private static String[] removals(String requested) {
        return new String[] {requested, "REQUEST_NOT_FOUND B32", "REQUEST_NOT_FOUND B32"};
    }

    private static String[] none(int times) {
        return Stream.generate(() -> "OFFER_NOT_FOUND O33").limit(times).toArray(String[]::new);
    }

    /** What customers and support are told while nothing can have been bought. */
    private static String[] tail() {
        return new String[] {"NOT_AVAILABLE E2", "NOT_ENTITLED B33", "REQUEST_NOT_FOUND B32", "REQUEST_NOT_FOUND B32",
            "REQUEST_NOT_FOUND B32", "REQUEST_NOT_FOUND B32"};
    }
}
