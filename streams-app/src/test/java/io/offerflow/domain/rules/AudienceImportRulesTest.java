package io.offerflow.domain.rules;

import static io.offerflow.domain.AudienceCommands.acquire;
import static io.offerflow.domain.AudienceCommands.add;
import static io.offerflow.domain.AudienceCommands.chunk;
import static io.offerflow.domain.AudienceCommands.from;
import static io.offerflow.domain.AudienceCommands.id;
import static io.offerflow.domain.AudienceCommands.importing;
import static io.offerflow.domain.AudienceCommands.row;
import static io.offerflow.domain.AudienceCommands.sync;
import static io.offerflow.domain.AudienceRulesTest.live;
import static io.offerflow.domain.AudienceRulesTest.withGold;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.domain.AudienceRulesTest;
import io.offerflow.domain.OfferScenario;
import io.offerflow.domain.model.AudienceType;
import io.offerflow.domain.model.Command.AudienceRow;
import io.offerflow.domain.model.Command.ImportAudience;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.row.PlanAudience;
import io.offerflow.domain.state.row.RowKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Importing an audience in chunks, all or nothing: A2, D29, B34, V20–V23. */
class AudienceImportRulesTest {

    private static ImportAudience importOf(AudienceRow... rows) {
        return new ImportAudience("gold", id(77), 0, 1, rows.length, Optional.empty(), List.of(rows), true);
    }

    @Test
    void a2D29AnImportReplacesTheSavedAudience() {
        live().when(importing("gold", 2, 3)).accepted().given(sync()).when(acquire("gold", 2)).accepted()
                .when(acquire("gold", 3)).accepted().when(acquire("gold", 1))
                .rejected(Rule.A14, Reason.NOT_IN_AUDIENCE);
    }

    @Test
    void b72AnImportOfTheListThatTheDraftHasIsAcceptedWithoutEffect() {
        OfferScenario offer = live().given(importing("gold", 1, 2, 3)).given(sync());
        OfferHeader before = offer.facts();
        PlanAudience audience = offer.state().audience("gold");
        offer.given(chunk("gold", 2, 0, 2, 3, 3, 1)).when(chunk("gold", 2, 1, 2, 3, 2)).accepted()
                .by(Rule.B72).section(SectionId.PLAN_OVERVIEW, SectionState.PUBLISHED);
        assertThat(offer.facts().revision()).isEqualTo(before.revision());
        assertThat(offer.state().audience("gold").revisions()).isEqualTo(audience.revisions());
        assertThat(offer.state().audience("gold").staged()).as("what was staged is dropped").isEmpty();
        offer.timePassed();
        assertThat(offer.rows().keySet()).filteredOn(RowKey.AudienceMemberKey.class::isInstance).hasSize(3);
        offer.when(acquire("gold", 3)).accepted();
    }

    @Test
    void b72ADryRunOfTheLastChunkDropsNothing() {
        OfferScenario offer = live().given(chunk("gold", 2, 0, 2, 2, 1));
        offer.when(offer.asking(chunk("gold", 2, 1, 2, 2, 2), Optional.empty(), true)).accepted()
                .when(chunk("gold", 2, 1, 2, 2, 2)).accepted();
        assertThat(offer.state().savedAudience("gold").orElseThrow().members()).isEqualTo(2);
    }

    @Test
    void a2OnlyTheLastChunkChangesTheSavedAudience() {
        OfferScenario offer = live();
        long version = offer.facts().revision();
        offer.when(chunk("gold", 1, 0, 2, 3, 2, 3)).accepted();
        assertThat(offer.facts().revision()).isEqualTo(version);
        assertThat(offer.state().savedAudience("gold").orElseThrow().members()).isEqualTo(1);
        offer.when(sync()).rejected(Rule.A5, Reason.NOTHING_TO_SYNC).when(chunk("gold", 1, 1, 2, 3, 4)).accepted();
        assertThat(offer.facts().revision()).isEqualTo(version + 1);
        assertThat(offer.state().savedAudience("gold").orElseThrow().members()).isEqualTo(3);
    }

    @Test
    void twentyThousandTenantsAreImportedAndSyncedWithOneNumber() {
        OfferScenario offer = live();
        for (int i = 0; i < 40; i++) {
            offer.given(chunk("gold", 1, i, 40, 20_000, from(i * 500 + 1, i * 500 + 500)));
        }
        offer.when(add("gold", 20_001)).rejected(Rule.V21, Reason.AUDIENCE_LIMIT).because("20,000").given(sync());
        offer.when(acquire("gold", 19_999)).accepted().when(acquire("gold", 20_001))
                .rejected(Rule.A14, Reason.NOT_IN_AUDIENCE);
    }

    @Test
    void v21OneTenantMoreThanTwentyThousandIsTooMany() {
        OfferScenario offer = live();
        for (int i = 0; i < 40; i++) {
            offer.given(chunk("gold", 1, i, 41, 20_001, from(i * 500 + 1, i * 500 + 500)));
        }
        offer.when(chunk("gold", 1, 40, 41, 20_001, 20_001)).rejected(Rule.V21, Reason.AUDIENCE_LIMIT)
                .because("20,000");
        assertThat(offer.state().savedAudience("gold").orElseThrow().members()).isEqualTo(1);
    }

    @Test
    void b34AHoleDropsTheImport() {
        live().given(chunk("gold", 1, 0, 3, 6, 2, 3)).when(chunk("gold", 1, 2, 3, 6, 6, 7))
                .rejected(Rule.B34, Reason.IMPORT_INCOMPLETE).because("chunk 1", "chunk 2")
                .when(chunk("gold", 1, 1, 3, 6, 4, 5)).rejected(Rule.B34, Reason.IMPORT_INCOMPLETE)
                .because("none was begun");
    }

    @Test
    void b34AChunkSentTwiceUnderAnotherIdDropsTheImport() {
        live().given(chunk("gold", 1, 0, 3, 6, 2, 3)).given(chunk("gold", 1, 1, 3, 6, 4, 5))
                .when(chunk("gold", 1, 1, 3, 6, 4, 5)).rejected(Rule.B34, Reason.IMPORT_INCOMPLETE)
                .when(chunk("gold", 1, 2, 3, 6, 6, 7)).rejected(Rule.B34, Reason.IMPORT_INCOMPLETE);
    }

    @Test
    void v31ARepeatedChunkIsADuplicateAndTheImportGoesOn() {
        live().given(chunk("gold", 1, 0, 2, 4, 2, 3)).again().duplicateOf(OutcomeResult.ACCEPTED)
                .when(chunk("gold", 1, 1, 2, 4, 4, 5)).accepted();
    }

    @Test
    void b34AnotherImportCannotGoOnWithThisOne() {
        live().given(chunk("gold", 1, 0, 2, 4, 2, 3)).when(chunk("gold", 2, 1, 2, 4, 4, 5))
                .rejected(Rule.B34, Reason.IMPORT_INCOMPLETE).because("import");
    }

    @Test
    void b34Chunk0StartsAfresh() {
        OfferScenario offer = live().given(chunk("gold", 1, 0, 2, 4, 2, 3)).given(chunk("gold", 2, 0, 2, 3, 2, 9))
                .when(chunk("gold", 2, 1, 2, 3, 10)).accepted();
        assertThat(offer.state().isInSavedAudience("gold", id(9))).isTrue();
        assertThat(offer.state().isInSavedAudience("gold", id(3))).isFalse();
    }

    @Test
    void b34ImportsOfTwoPlansDoNotDisturbEachOther() {
        withGold().planned("bronze", AudienceRulesTest.hidden("Bronze")).given(chunk("gold", 1, 0, 2, 2, 2))
                .given(chunk("bronze", 2, 0, 2, 2, 3)).when(chunk("gold", 1, 1, 2, 2, 4)).accepted()
                .when(chunk("bronze", 2, 1, 2, 2, 5)).accepted();
    }

    @Test
    void b34AnyRefusalDropsTheImportAndNothingElse() {
        OfferScenario offer = live().given(chunk("gold", 1, 0, 2, 4, 2, 3));
        long version = offer.facts().revision();
        offer.when(offer.asking(chunk("gold", 1, 1, 2, 4, 4, 5), Optional.of(version - 1), false))
                .rejected(Rule.V32, Reason.VERSION_CONFLICT);
        assertThat(offer.state().audience("gold").staged()).isEmpty();
        assertThat(offer.facts().revision()).isEqualTo(version);
        assertThat(offer.state().isInSavedAudience("gold", id(1))).isTrue();
    }

    @Test
    void b34AChunkUnderAnIdThatWasUsedDropsTheImportToo() {
        OfferScenario offer = live();
        CommandEnvelope used = offer.asking(add("gold", 2), Optional.empty(), false);
        Command next = chunk("gold", 1, 1, 2, 4, 4, 5);
        offer.when(used).given(chunk("gold", 1, 0, 2, 4, 2, 3)).when(new CommandEnvelope(used.commandId(), used.actor(),
                Optional.empty(), false, next.hashCode(), next));
        assertThat(offer.entry().decision()).isInstanceOf(Decision.CommandIdReused.class);
        assertThat(offer.state().audience("gold").staged()).isEmpty();
    }

    @Test
    void b41ADryRunThatIsRefusedDropsNothing() {
        OfferScenario offer = live().given(chunk("gold", 1, 0, 2, 4, 2, 3));
        offer.when(offer.asking(chunk("gold", 1, 0, 2, 4), Optional.of(0L), true))
                .rejected(Rule.V32, Reason.VERSION_CONFLICT)
                .when(chunk("gold", 1, 1, 2, 4, 4, 5)).accepted();
    }

    @Test
    void aTotalThatIsNotReachedIsRefused() {
        live().given(chunk("gold", 1, 0, 2, 5, 2, 3)).when(chunk("gold", 1, 1, 2, 5, 4, 5))
                .rejected(Rule.B34, Reason.IMPORT_INCOMPLETE).because("5 rows", "4");
    }

    @Test
    void aDigestThatDoesNotFitIsRefused() {
        long digest = AudienceType.TENANT.digest(id(2)) ^ AudienceType.TENANT.digest(id(3));
        live().when(new ImportAudience("gold", id(77), 0, 1, 2, Optional.of(digest), List.of(row(3, "TENANT"),
                row(2, "TENANT")), true)).accepted()
                .when(new ImportAudience("gold", id(78), 0, 1, 2, Optional.of(digest), List.of(row(3, "TENANT"),
                        row(4, "TENANT")), true)).rejected(Rule.B34, Reason.IMPORT_INCOMPLETE).because("digest");
    }

    @Test
    void v20V22EveryBadRowIsNamedByItsLineInTheWholeFile() {
        OfferScenario offer = live().given(chunk("gold", 77, 0, 2, 6, 2, 3));
        offer.when(new ImportAudience("gold", new java.util.UUID(9, 77).toString(), 1, 2, 6, Optional.empty(), List.of(
                new AudienceRow("not-an-id", "TENANT", Optional.empty(), 4),
                new AudienceRow(id(5), "MixedAadMsaId", Optional.empty(), 5),
                new AudienceRow(id(3), "TENANT", Optional.empty(), 7),
                new AudienceRow(id(6), "SUBSCRIPTION", Optional.empty(), 0)), true))
                .rejected(Rule.A2, Reason.CSV_INVALID)
                .because("4 are not", "line 4");
        assertThat(((Decision.Rejected) offer.entry().decision()).problems()).extracting(Problem::path)
                .containsExactly("line 4", "line 5", "line 7", "row 6");
    }

    @Test
    void v20TheSameIdTwiceInOneChunkIsNamed() {
        live().when(importOf(row(2, "TENANT"), row(2, "TENANT")))
                .rejected(Rule.A2, Reason.CSV_INVALID).because("twice");
    }

    @Test
    void anEmptyFileIsRefused() {
        live().when(importOf()).rejected(Rule.V19, Reason.AUDIENCE_EMPTY);
    }

    @Test
    void b38AnImportIsConfirmedLast() {
        ImportAudience fine = importOf(row(2, "TENANT"));
        live().when(new ImportAudience(fine.planId(), fine.importId(), 0, 1, 1, Optional.empty(), fine.rows(), false))
                .rejected(Rule.B38, Reason.CONFIRMATION_REQUIRED);
    }

    @Test
    void aChunkThatSpeaksNonsenseIsMalformed() {
        live().when(chunk("gold", 1, 2, 2, 4, 1)).rejected(Rule.B34, Reason.MALFORMED).because("chunk 2 of 2")
                .when(chunk("gold", 1, 0, 1, 501, from(1, 501))).rejected(Rule.B34, Reason.MALFORMED).because("500")
                .when(new ImportAudience("gold", "mine", 0, 1, 1, Optional.empty(), List.of(row(2, "TENANT")), true))
                .rejected(Rule.B34, Reason.MALFORMED).because("importId");
    }
}
