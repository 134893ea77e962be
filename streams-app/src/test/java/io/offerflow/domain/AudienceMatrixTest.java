package io.offerflow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Decision;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** State of a private audience × command, every pair: rows A1–A14. Read as {@link OfferMatrixTest}. */
class AudienceMatrixTest {

    private static List<String> expected(AudienceScenarios state) {
        return switch (state) {
            case NO_PLAN, DELETED -> List.of("PLAN_NOT_FOUND A1", "PLAN_NOT_FOUND A1", "PLAN_NOT_FOUND A3",
                    "PLAN_NOT_FOUND A3", "PLAN_NOT_FOUND A2", "PLAN_NOT_FOUND A2", "PLAN_NOT_FOUND A2",
                    "NO_PRIVATE_PLAN A6", "PLAN_NOT_FOUND A4", "NOT_AVAILABLE E2", "NOT_AVAILABLE E2");
            case PUBLIC -> List.of("PLAN_NOT_PRIVATE B20", "PLAN_NOT_PRIVATE B20", "PLAN_NOT_PRIVATE B20",
                    "PLAN_NOT_PRIVATE B20", "PLAN_NOT_PRIVATE B20", "PLAN_NOT_PRIVATE B20", "PLAN_NOT_PRIVATE B20",
                    "NO_PRIVATE_PLAN A6", "NO_PRIVATE_PLAN A6", "ok no audience E1", "ok no audience E1");
            case EMPTY -> List.of("ok CHANGED A1", "ok CHANGED A1", "NOT_FOUND A3", "NOT_FOUND A3", "ok CHANGED A2",
                    "ok no audience A2", "IMPORT_INCOMPLETE B34", "PLAN_NOT_LIVE A7", "PLAN_NOT_LIVE A7",
                    "NOT_AVAILABLE E2", "NOT_AVAILABLE E2");
            case DRAFT, DRAFT_IN_RUN -> edited("CHANGED", "PLAN_NOT_LIVE A7", "NOT_AVAILABLE E2", "NOT_AVAILABLE E2");
            case IN_SYNC -> edited("IN_SYNC", "NOTHING_TO_SYNC A5", "ok IN_SYNC E1", "NOT_IN_AUDIENCE A14");
            case ONE_LEFT -> List.of("ok CHANGED A1", "DUPLICATE_ID V20", "AUDIENCE_EMPTY A3", "NOT_FOUND A3",
                    "ok CHANGED A2", "ok IN_SYNC A2", "IMPORT_INCOMPLETE B34", "NOTHING_TO_SYNC A5",
                    "NOTHING_TO_SYNC A5", "ok IN_SYNC E1", "NOT_IN_AUDIENCE A14");
            case IMPORTING -> List.of("ok CHANGED A1", "DUPLICATE_ID V20", "ok CHANGED A3", "NOT_FOUND A3",
                    "ok CHANGED A2", "ok IN_SYNC A2", "ok CHANGED A2", "NOTHING_TO_SYNC A5", "NOTHING_TO_SYNC A5",
                    "ok IN_SYNC E1", "NOT_IN_AUDIENCE A14");
            case CHANGED, CHANGED_TURNED_PUBLIC, CHANGED_IN_RUN, CHANGED_AT_SIGN_OFF ->
                    edited("CHANGED", "ok IN_SYNC A9", "ok CHANGED E1", "NOT_IN_AUDIENCE A14");
            case CHANGED_STOP_PENDING, CHANGED_OFFER_STOP_PENDING ->
                    edited("CHANGED", "ok IN_SYNC A9", "ok CHANGED E3", "NOT_IN_AUDIENCE A14");
            case CHANGED_TYPE -> edited("CHANGED", "FULL_PUBLISH_REQUIRED A8", "ok CHANGED E1", "NOT_IN_AUDIENCE A14");
            case SYNCING, SYNCING_EDITED -> List.of("ok SYNCING A1", "DUPLICATE_ID V20", "ok SYNCING A3",
                    "NOT_FOUND A3", "ok SYNCING A2", "ok SYNCING A2", "IMPORT_INCOMPLETE B34", "NOTHING_TO_SYNC A10",
                    "NOTHING_TO_SYNC A10", "ok SYNCING E1", "NOT_IN_AUDIENCE A14");
            case FAILED -> edited("FAILED", "NOT_ON_SALE A13", "NOT_AVAILABLE E2", "NOT_AVAILABLE E2");
            case NOT_SOLD, NOT_SOLD_WITH_OFFER ->
                    edited("CHANGED", "NOT_ON_SALE A13", "NOT_AVAILABLE E2", "NOT_AVAILABLE E2");
        };
    }

    /** Edits are accepted in every state (A1–A3, A10); a last chunk needs those before it. */
    private static List<String> edited(String unchanged, String synced, String acquiredByPublished,
            String acquiredBySaved) {
        return List.of("ok CHANGED A1", "DUPLICATE_ID V20", "ok CHANGED A3", "NOT_FOUND A3", "ok CHANGED A2",
                "ok " + unchanged + " A2", "IMPORT_INCOMPLETE B34", synced, synced, acquiredByPublished,
                acquiredBySaved);
    }

    @TestFactory
    Stream<DynamicTest> everyCommandInEveryStateOfAnAudience() {
        return Arrays.stream(AudienceScenarios.values()).flatMap(state -> Arrays.stream(AudienceMatrixCommands.values())
                .map(ask -> DynamicTest.dynamicTest("%s: %s".formatted(state, ask), () -> assertThat(actual(state, ask))
                        .as("an audience %s, asked for %s", state.words(), ask.words())
                        .isEqualTo(expected(state).get(ask.ordinal())))));
    }

    @Test
    void everyCommandAboutAudiencesIsInTheMatrix() {
        Set<Class<?>> asked = Arrays.stream(AudienceMatrixCommands.values()).map(ask -> ask.command().getClass())
                .collect(Collectors.toSet());
        assertThat(asked).contains(Command.OfAudience.class.getPermittedSubclasses());
    }

    /** What is decided, and how the audience stands then. */
    static String actual(AudienceScenarios state, AudienceMatrixCommands ask) {
        OfferScenario offer = state.given();
        offer.when(ask.command());
        return switch (offer.entry().decision()) {
            case Decision.Accepted accepted -> "ok " + offer.state().audienceState("gold")
                    .map(Enum::name).orElse("no audience");
            case Decision.Rejected rejected -> rejected.reason().name();
            default -> throw new AssertionError(offer.entry().decision().toString());
        } + " " + offer.entry().decision().rule().id();
    }
}
