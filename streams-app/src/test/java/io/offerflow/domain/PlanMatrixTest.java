package io.offerflow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.domain.model.Decision;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** State of a plan × command, every pair: rows P1–P16, E1–E3. Read as {@link OfferMatrixTest}. */
class PlanMatrixTest {

    private static List<String> expected(PlanScenarios state) {
        return switch (state) {
            case NONE -> List.of("ok DRAFT P1", "PLAN_NOT_FOUND P2", "PLAN_NOT_FOUND B28", "PLAN_NOT_FOUND B28",
                    "PLAN_NOT_FOUND B37", "NOT_AVAILABLE E2");
            case DRAFT -> List.of("PLAN_EXISTS P1", "ok DRAFT P2", "gone P5", "NEVER_PUBLISHED P11",
                    "NO_STOP_SELL_PENDING B37", "NOT_AVAILABLE E2");
            case DRAFT_IN_RUN -> List.of("PLAN_EXISTS P1", "ok DRAFT P2", "PUBLISH_IN_PROGRESS P16",
                    "PUBLISH_IN_PROGRESS P16", "NO_STOP_SELL_PENDING B37", "NOT_AVAILABLE E2");
            case DRAFT_IN_PUBLISHED -> List.of("PLAN_EXISTS P1", "ok DRAFT P2", "ALREADY_PUBLISHED P6",
                    "NEVER_PUBLISHED P11", "NO_STOP_SELL_PENDING B37", "NOT_AVAILABLE E2");
            case LIVE -> List.of("PLAN_EXISTS P1", "ok LIVE P2", "ALREADY_PUBLISHED P7", "ok STOP_SELL_PENDING P9",
                    "NO_STOP_SELL_PENDING B37", "ok LIVE E1");
            case LAST_LIVE -> List.of("PLAN_EXISTS P1", "ok LIVE P2", "ALREADY_PUBLISHED P7", "LAST_PLAN P9",
                    "NO_STOP_SELL_PENDING B37", "ok LIVE E1");
            case LIVE_IN_RUN, LIVE_AT_SIGN_OFF -> List.of("PLAN_EXISTS P1", "ok LIVE P2", "PUBLISH_IN_PROGRESS P16",
                    "PUBLISH_IN_PROGRESS P16", "NO_STOP_SELL_PENDING B37", "ok LIVE E1");
            case STOP_SELL_PENDING -> List.of("PLAN_EXISTS P1", "ok STOP_SELL_PENDING P2", "ALREADY_PUBLISHED B29",
                    "STOP_SELL_PENDING P12", "ok LIVE B37", "ok STOP_SELL_PENDING E3");
            case OFFER_STOP_PENDING -> List.of("PLAN_EXISTS P1", "ok LIVE P2", "ALREADY_PUBLISHED P7",
                    "STOP_SELL_PENDING B10", "NO_STOP_SELL_PENDING B37", "ok LIVE E3");
            case NOT_SOLD, NOT_SOLD_WITH_OFFER -> List.of("PLAN_EXISTS P1", "ok NOT_SOLD P2", "gone P8",
                    "ALREADY_STOPPED P12", "NO_STOP_SELL_PENDING B37", "NOT_AVAILABLE E2");
            case DELETED -> List.of("PLAN_EXISTS B14", "PLAN_NOT_FOUND P2", "PLAN_NOT_FOUND B28", "PLAN_NOT_FOUND B28",
                    "PLAN_NOT_FOUND B37", "NOT_AVAILABLE E2");
        };
    }

    @TestFactory
    Stream<DynamicTest> everyCommandInEveryStateOfAPlan() {
        return Arrays.stream(PlanScenarios.values()).flatMap(state -> Arrays.stream(PlanCommands.values()).map(ask ->
                DynamicTest.dynamicTest("%s: %s".formatted(state, ask), () -> assertThat(actual(state, ask))
                        .as("a plan that is %s, asked to %s", state.words(), ask)
                        .isEqualTo(expected(state).get(ask.ordinal())))));
    }

    /** What is decided, and how the plan stands then. */
    static String actual(PlanScenarios state, PlanCommands ask) {
        OfferScenario offer = state.given();
        offer.when(ask.command());
        return switch (offer.entry().decision()) {
            case Decision.Accepted accepted -> offer.state().plans().plans().containsKey("gold")
                    ? "ok " + offer.state().planState("gold") : "gone";
            case Decision.Rejected rejected -> rejected.reason().name();
            default -> throw new AssertionError(offer.entry().decision().toString());
        } + " " + offer.entry().decision().rule().id();
    }
}
