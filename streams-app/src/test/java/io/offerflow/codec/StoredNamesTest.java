package io.offerflow.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.EntryResult;
import io.offerflow.avro.RunState;
import io.offerflow.avro.SectionName;
import io.offerflow.avro.StepName;
import io.offerflow.avro.state.StoredRunState;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.Status;
import io.offerflow.domain.state.RunStatus;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and numbers that lie in topics and stores for ever. */
class StoredNamesTest {

    static Stream<Arguments> enums() {
        return Stream.of(
                Arguments.of(OfferType.values(), io.offerflow.avro.OfferType.values()),
                Arguments.of(SectionId.values(), SectionName.values()),
                Arguments.of(PublishStep.values(), StepName.values()),
                Arguments.of(Reason.values(), io.offerflow.avro.Reason.values()),
                Arguments.of(OutcomeResult.values(), io.offerflow.avro.Result.values()),
                Arguments.of(Status.values(), io.offerflow.avro.Status.values()),
                Arguments.of(SectionState.values(), io.offerflow.avro.SectionState.values()),
                Arguments.of(RunStatus.values(), RunState.values()),
                Arguments.of(RunStatus.values(), StoredRunState.values()));
    }

    @ParameterizedTest
    @MethodSource("enums")
    void theDomainAndTheContractNameTheSameThings(Enum<?>[] domain, Enum<?>[] contract) {
        assertThat(names(domain)).containsExactlyInAnyOrderElementsOf(names(contract).stream()
                .filter(name -> !name.equals("UNKNOWN")).toList());
    }

    @Test
    void eachResultOfADecisionIsAResultOfAnEntry() {
        assertThat(names(EntryResult.values())).containsAll(names(OutcomeResult.values()));
    }

    @Test
    void theOrderOfResultsIsTheOneThatAnswersAreRememberedBy() {
        assertThat(OutcomeResult.values())
                .as("remembered answers in every offer's facts hold the ordinal: append, never move")
                .containsExactly(OutcomeResult.ACCEPTED, OutcomeResult.REJECTED, OutcomeResult.DUPLICATE,
                OutcomeResult.IGNORED);
    }

    @Test
    void theOrderOfSectionsIsTheOneInTheKeysOfTheirRows() {
        assertThat(SectionId.values()).as("keys of the store of contents hold the ordinal: append, never move")
                .containsExactly(SectionId.OFFER_SETUP, SectionId.PROPERTIES, SectionId.OFFER_LISTING,
                        SectionId.PREVIEW, SectionId.TECHNICAL_CONFIGURATION, SectionId.PLAN_OVERVIEW,
                        SectionId.TEST_DRIVE);
    }

    @Test
    void theCodesOfReasonsAreThoseThatAnswersAreRememberedBy() {
        Map<Integer, String> pinned = new LinkedHashMap<>();
        List<String> byCode = List.of("MALFORMED", "INVALID_ID", "COMMAND_ID_REUSED", "OFFER_EXISTS",
                "OFFER_NOT_FOUND", "VERSION_CONFLICT", "UNKNOWN_SECTION", "SECTIONS_INCOMPLETE", "NOTHING_TO_PUBLISH",
                "PUBLISH_IN_PROGRESS", "NOT_AT_SIGN_OFF", "STALE_SUBMISSION", "STALE_STEP", "CANCEL_TOO_LATE",
                "NO_PUBLISH_IN_PROGRESS", "ALREADY_PUBLISHED", "NEVER_PUBLISHED", "STOP_SELL_PENDING",
                "ALREADY_STOPPED", "NO_STOP_SELL_PENDING", "CONFIRMATION_REQUIRED", "NOT_AVAILABLE", "NOT_ENTITLED",
                "REQUEST_NOT_FOUND", "TOO_LARGE", "INTERNAL_ERROR", "PLAN_EXISTS", "PLAN_NOT_FOUND", "PLAN_LIMIT",
                "LANGUAGE_NOT_SUPPORTED");
        byCode.forEach(name -> pinned.put(pinned.size() + 1, name));
        Map<Integer, String> actual = new LinkedHashMap<>();
        Arrays.stream(Reason.values()).forEach(reason -> actual.put(reason.code(), reason.name()));

        assertThat(actual).as("a code stands in the facts of offers that exist: give a new reason the next number, "
                + "and never use the number of one that is gone").containsAllEntriesOf(pinned);
        assertThat(actual).as("no two reasons share a code").hasSize(Reason.values().length);
        assertThat(actual.keySet()).allMatch(code -> code >= 1 && code <= 127);
        actual.forEach((code, name) -> assertThat(Reason.ofCode(code).name()).isEqualTo(name));
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }
}
