package io.offerflow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** State of a private audience × command, every pair listed and every pair asked: rows A1–A14. Read as {@link MatrixTest}. */
class AudienceMatrixTest {

    private static List<String> expected(AudienceStates state) {
        return switch (state) {
            case NO_PLAN, DELETED -> List.of("PLAN_NOT_FOUND", "PLAN_NOT_FOUND", "PLAN_NOT_FOUND", "PLAN_NOT_FOUND",
                    "PLAN_NOT_FOUND", "PLAN_NOT_FOUND", "PLAN_NOT_FOUND", "NO_PRIVATE_PLAN", "PLAN_NOT_FOUND",
                    "NOT_AVAILABLE", "NOT_AVAILABLE");
            case PUBLIC -> List.of("PLAN_NOT_PRIVATE", "PLAN_NOT_PRIVATE", "PLAN_NOT_PRIVATE", "PLAN_NOT_PRIVATE",
                    "PLAN_NOT_PRIVATE", "PLAN_NOT_PRIVATE", "PLAN_NOT_PRIVATE", "NO_PRIVATE_PLAN", "NO_PRIVATE_PLAN",
                    "ok no audience", "ok no audience");
            case EMPTY -> List.of("ok CHANGED", "ok CHANGED", "NOT_FOUND", "NOT_FOUND", "ok CHANGED", "ok no audience",
                    "IMPORT_INCOMPLETE", "PLAN_NOT_LIVE", "PLAN_NOT_LIVE", "NOT_AVAILABLE", "NOT_AVAILABLE");
            case DRAFT, DRAFT_IN_RUN -> edited("CHANGED", "PLAN_NOT_LIVE", "NOT_AVAILABLE", "NOT_AVAILABLE");
            case IN_SYNC -> edited("IN_SYNC", "NOTHING_TO_SYNC", "ok IN_SYNC", "NOT_IN_AUDIENCE");
            case ONE_LEFT -> List.of("ok CHANGED", "DUPLICATE_ID", "AUDIENCE_EMPTY", "NOT_FOUND", "ok CHANGED",
                    "ok IN_SYNC", "IMPORT_INCOMPLETE", "NOTHING_TO_SYNC", "NOTHING_TO_SYNC", "ok IN_SYNC",
                    "NOT_IN_AUDIENCE");
            case IMPORTING -> List.of("ok CHANGED", "DUPLICATE_ID", "ok CHANGED", "NOT_FOUND", "ok CHANGED", "ok IN_SYNC",
                    "ok CHANGED", "NOTHING_TO_SYNC", "NOTHING_TO_SYNC", "ok IN_SYNC", "NOT_IN_AUDIENCE");
            case CHANGED, CHANGED_TURNED_PUBLIC, CHANGED_IN_RUN, CHANGED_AT_SIGN_OFF, CHANGED_STOP_PENDING,
                    CHANGED_OFFER_STOP_PENDING -> edited("CHANGED", "ok IN_SYNC", "ok CHANGED", "NOT_IN_AUDIENCE");
            case CHANGED_TYPE -> edited("CHANGED", "FULL_PUBLISH_REQUIRED", "ok CHANGED", "NOT_IN_AUDIENCE");
            case SYNCING, SYNCING_EDITED -> List.of("ok SYNCING", "DUPLICATE_ID", "ok SYNCING", "NOT_FOUND", "ok SYNCING",
                    "ok SYNCING", "IMPORT_INCOMPLETE", "NOTHING_TO_SYNC", "NOTHING_TO_SYNC", "ok SYNCING",
                    "NOT_IN_AUDIENCE");
            case FAILED -> edited("FAILED", "NOT_ON_SALE", "NOT_AVAILABLE", "NOT_AVAILABLE");
            case NOT_SOLD, NOT_SOLD_WITH_OFFER -> edited("CHANGED", "NOT_ON_SALE", "NOT_AVAILABLE", "NOT_AVAILABLE");
        };
    }

    /** Edits are taken in every state (A1–A3, A10); a first chunk changes nothing yet, a last one needs those before. */
    private static List<String> edited(String unchanged, String synced, String acquiredByPublished,
            String acquiredBySaved) {
        return List.of("ok CHANGED", "DUPLICATE_ID", "ok CHANGED", "NOT_FOUND", "ok CHANGED", "ok " + unchanged,
                "IMPORT_INCOMPLETE", synced, synced, acquiredByPublished, acquiredBySaved);
    }

    @TestFactory
    Stream<DynamicTest> everyCommandInEveryStateOfAnAudience() {
        return Arrays.stream(AudienceStates.values()).flatMap(state -> Arrays.stream(AudienceMatrixAsks.values())
                .map(ask -> DynamicTest.dynamicTest("%s: %s".formatted(state, ask), () -> assertThat(actual(state, ask))
                        .as("an audience %s, asked for %s", state.words(), ask.words())
                        .isEqualTo(expected(state).get(ask.ordinal())))));
    }

    @Test
    void everyCommandAboutAudiencesIsInTheMatrix() {
        Set<Class<?>> asked = Arrays.stream(AudienceMatrixAsks.values()).map(ask -> ask.command().getClass())
                .collect(Collectors.toSet());
        assertThat(asked).contains(Command.OfAudience.class.getPermittedSubclasses());
    }

    /** What is decided, and how the audience stands then. */
    static String actual(AudienceStates state, AudienceMatrixAsks ask) {
        OfferScenario offer = state.given();
        offer.when(ask.command());
        return switch (offer.entry().decision()) {
            case Decision.Accepted accepted -> "ok " + offer.state().audienceState("gold")
                    .map(Enum::name).orElse("no audience");
            case Decision.Rejected rejected -> rejected.reason().name();
            default -> throw new AssertionError(offer.entry().decision().toString());
        };
    }
}
