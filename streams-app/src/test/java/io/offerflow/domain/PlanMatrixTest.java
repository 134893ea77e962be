package io.offerflow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** State of a plan × command, every pair listed and every pair asked: rows P1–P16, E1–E3. Read as {@link MatrixTest}. */
class PlanMatrixTest {

    private static List<String> expected(PlanStates state) {
        return switch (state) {
            case NONE -> List.of("ok DRAFT", "PLAN_NOT_FOUND", "PLAN_NOT_FOUND", "PLAN_NOT_FOUND", "PLAN_NOT_FOUND",
                    "NOT_AVAILABLE");
            case DRAFT -> List.of("PLAN_EXISTS", "ok DRAFT", "gone", "NEVER_PUBLISHED", "NO_STOP_SELL_PENDING",
                    "NOT_AVAILABLE");
            case DRAFT_IN_RUN -> List.of("PLAN_EXISTS", "ok DRAFT", "PUBLISH_IN_PROGRESS", "PUBLISH_IN_PROGRESS",
                    "NO_STOP_SELL_PENDING", "NOT_AVAILABLE");
            case DRAFT_IN_PUBLISHED -> List.of("PLAN_EXISTS", "ok DRAFT", "ALREADY_PUBLISHED", "NEVER_PUBLISHED",
                    "NO_STOP_SELL_PENDING", "NOT_AVAILABLE");
            case LIVE -> List.of("PLAN_EXISTS", "ok LIVE", "ALREADY_PUBLISHED", "ok STOP_SELL_PENDING",
                    "NO_STOP_SELL_PENDING", "ok LIVE");
            case LAST_LIVE -> List.of("PLAN_EXISTS", "ok LIVE", "ALREADY_PUBLISHED", "LAST_PLAN",
                    "NO_STOP_SELL_PENDING", "ok LIVE");
            case LIVE_IN_RUN, LIVE_AT_SIGN_OFF -> List.of("PLAN_EXISTS", "ok LIVE", "PUBLISH_IN_PROGRESS",
                    "PUBLISH_IN_PROGRESS", "NO_STOP_SELL_PENDING", "ok LIVE");
            case STOP_SELL_PENDING -> List.of("PLAN_EXISTS", "ok STOP_SELL_PENDING", "ALREADY_PUBLISHED",
                    "STOP_SELL_PENDING", "ok LIVE", "ok STOP_SELL_PENDING");
            case OFFER_STOP_PENDING -> List.of("PLAN_EXISTS", "ok LIVE", "ALREADY_PUBLISHED", "STOP_SELL_PENDING",
                    "NO_STOP_SELL_PENDING", "ok LIVE");
            case NOT_SOLD, NOT_SOLD_WITH_OFFER -> List.of("PLAN_EXISTS", "ok NOT_SOLD", "gone", "ALREADY_STOPPED",
                    "NO_STOP_SELL_PENDING", "NOT_AVAILABLE");
            case DELETED -> List.of("PLAN_EXISTS", "PLAN_NOT_FOUND", "PLAN_NOT_FOUND", "PLAN_NOT_FOUND",
                    "PLAN_NOT_FOUND", "NOT_AVAILABLE");
        };
    }

    @TestFactory
    Stream<DynamicTest> everyCommandInEveryStateOfAPlan() {
        return Arrays.stream(PlanStates.values()).flatMap(state -> Arrays.stream(PlanAsks.values()).map(ask ->
                DynamicTest.dynamicTest("%s: %s".formatted(state, ask), () -> assertThat(actual(state, ask))
                        .as("a plan that is %s, asked to %s", state.words(), ask)
                        .isEqualTo(expected(state).get(ask.ordinal())))));
    }

    /** What is decided, and how the plan stands then. */
    static String actual(PlanStates state, PlanAsks ask) {
        OfferScenario offer = state.given();
        offer.when(ask.command());
        return switch (offer.entry().decision()) {
            case Decision.Accepted accepted -> offer.state().plans().plans().containsKey("gold")
                    ? "ok " + offer.state().planState("gold") : "gone";
            case Decision.Rejected rejected -> rejected.reason().name();
            default -> throw new AssertionError(offer.entry().decision().toString());
        };
    }
}
