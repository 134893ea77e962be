package io.offerflow.cli.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.OfferListing;
import io.offerflow.avro.OfferType;
import io.offerflow.avro.ReportStepFailed;
import io.offerflow.avro.ReportStepSucceeded;
import io.offerflow.avro.SectionName;
import io.offerflow.avro.StepName;
import io.offerflow.avro.StepRequest;
import io.offerflow.avro.StepResult;
import io.offerflow.avro.SubmittedSection;
import io.offerflow.contract.GeneratedClasses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepAnswersTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");

    @BeforeAll
    static void trustOurOwnClasses() {
        // generated builders look up defaults through Avro, which trusts no class until told to
        assertThat(GeneratedClasses.model()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(value = StepName.class, names = {"UNKNOWN", "PUBLISHER_SIGN_OFF"}, mode = EnumSource.Mode.EXCLUDE)
    void everyStepOfASystemSucceedsForAnOrdinaryOffer(StepName step) {
        StepResult result = StepAnswers.answer(request("shifts", 3, step), NOW);
        assertThat(result.getPayload()).isEqualTo(new ReportStepSucceeded(3L, step.name(), List.of()));
        assertThat(StepAnswers.isAnswered(step)).isTrue();
    }

    @Test
    void thePublishersSignOffIsLeftToThePublisher() {
        assertThat(StepAnswers.isAnswered(StepName.PUBLISHER_SIGN_OFF)).isFalse();
    }

    @Test
    void certificationOfAPlaceholderFailsWithAReport() {
        StepRequest request = request("shifts", 1, StepName.CERTIFICATION);
        request.getSections().add(new SubmittedSection(SectionName.OFFER_LISTING,
                OfferListing.newBuilder().setDescription("Lorem ipsum").build()));
        assertThat(StepAnswers.answer(request, NOW).getPayload()).isInstanceOfSatisfying(ReportStepFailed.class,
                report -> assertThat(report.getMessages()).hasSize(1));
    }

    @Test
    void theSameRequestGivesTheSameCommandIdAndAnyOtherAnother() {
        String id = StepAnswers.answer(request("shifts", 1, StepName.CERTIFICATION), NOW).getCommandId();
        assertThat(StepAnswers.answer(request("shifts", 1, StepName.CERTIFICATION), NOW.plusSeconds(9))
                .getCommandId()).isEqualTo(id);
        assertThat(List.of(
                StepAnswers.answer(request("shifts", 2, StepName.CERTIFICATION), NOW).getCommandId(),
                StepAnswers.answer(request("shifts", 1, StepName.FINAL_PUBLISH), NOW).getCommandId(),
                StepAnswers.answer(request("roster", 1, StepName.CERTIFICATION), NOW).getCommandId()))
                .doesNotHaveDuplicates().doesNotContain(id);
    }

    @Test
    void delaysSpreadByAQuarterAroundWhatIsAskedFor() {
        StepDelay fixed = StepDelay.fixed(Duration.ofMillis(800), new Random(7));
        StepDelay scaled = StepDelay.perEstimatedMinute(Duration.ofMillis(10), new Random(7));
        for (int i = 0; i < 1000; i++) {
            assertThat(fixed.next(600)).isBetween(Duration.ofMillis(600), Duration.ofMillis(1000));
            assertThat(scaled.next(60)).isBetween(Duration.ofMillis(450), Duration.ofMillis(750));
        }
    }

    private static StepRequest request(String offer, long submission, StepName step) {
        return StepRequest.newBuilder().setPublisherId("contoso").setOfferId(offer).setOfferType(OfferType.SAAS)
                .setSubmission(submission).setStep(step).setRequestedAt(NOW).setEstimatedMinutes(5).build();
    }
}
