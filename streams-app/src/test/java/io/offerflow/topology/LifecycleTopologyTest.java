package io.offerflow.topology;

import static io.offerflow.topology.TopologyHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.EntryResult;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.Notification;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.OfferCreated;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.OfferSubmitted;
import io.offerflow.avro.OfferType;
import io.offerflow.avro.OfferWentLive;
import io.offerflow.avro.PreviewReady;
import io.offerflow.avro.Result;
import io.offerflow.avro.RunState;
import io.offerflow.avro.SectionName;
import io.offerflow.avro.SectionSaved;
import io.offerflow.avro.SectionState;
import io.offerflow.avro.SectionStatus;
import io.offerflow.avro.Status;
import io.offerflow.avro.StepMessage;
import io.offerflow.avro.StepName;
import io.offerflow.avro.StepProgress;
import io.offerflow.avro.StepRequest;
import io.offerflow.avro.StepState;
import io.offerflow.avro.StepSucceeded;
import io.offerflow.avro.SubmittedSection;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each input makes appear on each output, on the way of an offer that is only listed. */
class LifecycleTopologyTest {

    private static final OfferKey OFFER = new OfferKey("contoso", "shift-planner");

    private final TopologyHarness bench = TopologyHarness.start();
    private Instant now = START;

    @AfterEach
    void close() {
        bench.close();
    }

    private void send(IndexedRecord envelope) {
        now = now.plusSeconds(60);
        bench.send(envelope, now);
    }

    @Test
    void aCreatedOfferIsADraftWithNothingInIt() {
        OfferCommand create = Envelopes.create(OFFER);
        send(create);

        JournalEntry entry = bench.journal();
        assertThat(entry.getKind()).isEqualTo(EntryKind.INPUT);
        assertThat(entry.getSequence()).isEqualTo(1);
        assertThat(entry.getNow()).isEqualTo(now);
        assertThat(entry.getBuild()).isEqualTo("test-build");
        assertThat(entry.getPolicy()).isEqualTo(bench.settings().policy().id());
        assertThat(entry.getInput().getSource().getTopic()).isEqualTo("offer-commands");
        assertThat(entry.getInput().getSource().getOffset()).isZero();
        assertThat(entry.getInput().getAppendedAt()).isEqualTo(now);
        assertThat(entry.getInput().getValue().array()).isEqualTo(bench.bytes(create));
        assertThat(entry.getDue()).isEmpty();
        assertThat(entry.getResult()).isEqualTo(EntryResult.ACCEPTED);
        assertThat(entry.getEvents()).containsExactly(
                new OfferCreated(OfferType.SAAS, "Alias of shift-planner"));

        CommandOutcome outcome = bench.outcome();
        assertThat(outcome.getCommandId()).isEqualTo(create.getCommandId());
        assertThat(outcome.getCommand()).isEqualTo("CreateOffer");
        assertThat(outcome.getResult()).isEqualTo(Result.ACCEPTED);
        assertThat(outcome.getReason()).isNull();
        assertThat(outcome.getCause()).isEqualTo(entry.getInput().getSource());
        assertThat(outcome.getDecidedAt()).isEqualTo(now);
        assertThat(outcome.getSequence()).isEqualTo(1);
        assertThat(outcome.getDraftVersion()).isEqualTo(1);

        OfferStatus status = bench.status();
        assertThat(status.getStatus()).isEqualTo(Status.DRAFT);
        assertThat(status.getOnSale()).isFalse();
        assertThat(status.getAlias()).isEqualTo("Alias of shift-planner");
        assertThat(status.getLive()).isNull();
        assertThat(status.getRun()).isNull();
        assertThat(status.getSections()).hasSize(7).extracting(SectionStatus::getState)
                .containsOnly(SectionState.NOT_STARTED);
        assertThat(status.getSections()).filteredOn(SectionStatus::getApplies).extracting(SectionStatus::getSection)
                .containsExactly(SectionName.OFFER_SETUP, SectionName.PROPERTIES, SectionName.OFFER_LISTING,
                        SectionName.PREVIEW);
        bench.andNothingElse();
    }

    @Test
    void aListingOnlyOfferGoesFromDraftToLiveOnEveryOutput() {
        new OfferDriver(bench, OFFER, now).draft();
        bench.skip();

        send(Envelopes.submit(OFFER, "Sign in as tester@contoso.example."));
        assertThat(bench.journal().getEvents()).containsExactly(new OfferSubmitted(1L, 5L,
                List.of(StepName.CERTIFICATION, StepName.PREVIEW_CREATION, StepName.PUBLISHER_SIGN_OFF,
                        StepName.FINAL_PUBLISH)));
        assertThat(bench.outcome().getSubmission()).isEqualTo(1);
        assertThat(steps(bench.status(), Status.PUBLISH_IN_PROGRESS)).containsExactly(StepState.IN_PROGRESS,
                StepState.NOT_STARTED, StepState.NOT_STARTED, StepState.NOT_STARTED);
        StepRequest certification = bench.request();
        assertThat(certification.getStep()).isEqualTo(StepName.CERTIFICATION);
        assertThat(certification.getSubmission()).isEqualTo(1);
        assertThat(certification.getRequestedAt()).isEqualTo(now);
        assertThat(certification.getEstimatedMinutes()).isEqualTo(3 * 24 * 60);
        assertThat(certification.getNotesForCertification()).isEqualTo("Sign in as tester@contoso.example.");
        assertThat(certification.getSections()).extracting(SubmittedSection::getSection).containsExactly(
                SectionName.OFFER_SETUP, SectionName.PROPERTIES, SectionName.OFFER_LISTING, SectionName.PREVIEW);
        assertThat(certification.getSections()).extracting(SubmittedSection::getContent)
                .containsExactlyElementsOf(Contents.listingOnly());
        bench.andNothingElse();

        send(Envelopes.succeeded(OFFER, 1, "CERTIFICATION", new StepMessage("100.1.3", "Summary could say more.")));
        assertThat(bench.journal().getEvents()).containsExactly(new StepSucceeded(1L, StepName.CERTIFICATION));
        assertThat(bench.outcome().getCommand()).isEqualTo("ReportStepSucceeded");
        OfferStatus certified = bench.status();
        assertThat(steps(certified, Status.PUBLISH_IN_PROGRESS)).containsExactly(StepState.SUCCEEDED,
                StepState.IN_PROGRESS, StepState.NOT_STARTED, StepState.NOT_STARTED);
        assertThat(certified.getRun().getMessages()).containsExactly(
                new StepMessage("100.1.3", "Summary could say more."));
        assertThat(certified.getRun().getSteps().getFirst().getMessages()).isEqualTo(certified.getRun().getMessages());
        StepRequest preview = bench.request();
        assertThat(preview.getStep()).isEqualTo(StepName.PREVIEW_CREATION);
        assertThat(preview.getNotesForCertification()).isNull();
        assertThat(preview.getSections()).isEmpty();
        bench.andNothingElse();

        send(Envelopes.succeeded(OFFER, 1, "PREVIEW_CREATION"));
        assertThat(bench.journal().getEvents()).containsExactly(new StepSucceeded(1L, StepName.PREVIEW_CREATION),
                new PreviewReady(1L));
        bench.outcome();
        assertThat(steps(bench.status(), Status.PUBLISH_IN_PROGRESS)).containsExactly(StepState.SUCCEEDED,
                StepState.SUCCEEDED, StepState.WAITING_FOR_PUBLISHER, StepState.NOT_STARTED);
        assertThat(bench.notification()).isEqualTo(told(NotificationTemplate.PREVIEW_READY, null)); // N1
        bench.andNothingElse();

        send(Envelopes.goLive(OFFER));
        assertThat(bench.journal().getSequence()).isEqualTo(9);
        bench.outcome();
        assertThat(steps(bench.status(), Status.PUBLISH_IN_PROGRESS)).containsExactly(StepState.SUCCEEDED,
                StepState.SUCCEEDED, StepState.SUCCEEDED, StepState.IN_PROGRESS);
        assertThat(bench.request().getStep()).isEqualTo(StepName.FINAL_PUBLISH);
        bench.andNothingElse();

        send(Envelopes.succeeded(OFFER, 1, "FINAL_PUBLISH"));
        assertThat(bench.journal().getEvents()).containsExactly(new StepSucceeded(1L, StepName.FINAL_PUBLISH),
                new OfferWentLive(1L, 1L));
        assertThat(bench.outcome().getLiveVersion()).isEqualTo(1);
        OfferStatus live = bench.status();
        assertThat(steps(live, Status.LIVE)).containsOnly(StepState.SUCCEEDED);
        assertThat(live.getOnSale()).isTrue();
        assertThat(live.getRun().getState()).isEqualTo(RunState.WENT_LIVE);
        assertThat(live.getLive().getVersion()).isEqualTo(1);
        assertThat(live.getLive().getSince()).isEqualTo(now);
        assertThat(live.getSections()).filteredOn(SectionStatus::getApplies).extracting(SectionStatus::getState)
                .containsOnly(SectionState.PUBLISHED);
        assertThat(bench.notification()).isEqualTo(told(NotificationTemplate.OFFER_LIVE, 1L)); // N2
        assertThat(bench.storefront().getListing().getName()).isEqualTo("Shift planner");
        bench.andNothingElse();
    }

    @Test
    void aCancelledRunEndsAndThePublisherIsTold() {
        new OfferDriver(bench, OFFER, now).submitted();
        bench.skip();

        send(Envelopes.cancel(OFFER));

        assertThat(bench.journal().getResult()).isEqualTo(EntryResult.ACCEPTED);
        assertThat(bench.outcome().getResult()).isEqualTo(Result.ACCEPTED);
        OfferStatus status = bench.status();
        assertThat(steps(status, Status.DRAFT)).containsExactly(StepState.CANCELLED, StepState.NOT_STARTED,
                StepState.NOT_STARTED, StepState.NOT_STARTED);
        assertThat(status.getRun().getState()).isEqualTo(RunState.CANCELLED);
        assertThat(bench.notification()).isEqualTo(told(NotificationTemplate.PUBLISH_CANCELLED, null)); // N12
        bench.andNothingElse();

        send(Envelopes.succeeded(OFFER, 1, "CERTIFICATION"));
        assertThat(bench.journal().getResult()).isEqualTo(EntryResult.IGNORED);
        assertThat(bench.outcome().getResult()).isEqualTo(Result.IGNORED);
        bench.andNothingElse();
    }

    @Test
    void aFailedCertificationBringsTheReportToStatusAndNotification() {
        new OfferDriver(bench, OFFER, now).submitted();
        bench.skip();
        StepMessage finding = new StepMessage("100.1.1", "The description promises what nobody can check.");

        send(Envelopes.failed(OFFER, 1, "CERTIFICATION", finding));

        bench.journal();
        bench.outcome();
        OfferStatus status = bench.status();
        assertThat(steps(status, Status.ATTENTION_NEEDED)).containsExactly(StepState.FAILED, StepState.NOT_STARTED,
                StepState.NOT_STARTED, StepState.NOT_STARTED);
        assertThat(status.getRun().getMessages()).containsExactly(finding);
        Notification told = bench.notification();
        assertThat(told.getTemplate()).isEqualTo(NotificationTemplate.CERTIFICATION_FAILED); // N3
        assertThat(told.getStep()).isEqualTo(StepName.CERTIFICATION);
        assertThat(told.getMessages()).containsExactly(finding);
        bench.andNothingElse();

        send(Envelopes.submit(OFFER));
        assertThat(bench.outcome().getSubmission()).isEqualTo(2);
        assertThat(bench.status().getRun().getMessages()).isEmpty();
        assertThat(bench.request().getSubmission()).isEqualTo(2);
        bench.journal();
        bench.andNothingElse();
    }

    @Test
    void aDeletedDraftLeavesATombstone() {
        new OfferDriver(bench, OFFER, now).draft();
        bench.skip();

        send(Envelopes.delete(OFFER));

        assertThat(bench.journal().getResult()).isEqualTo(EntryResult.ACCEPTED);
        assertThat(bench.outcome().getResult()).isEqualTo(Result.ACCEPTED);
        var row = bench.raw(Topic.OFFER_STATUS);
        assertThat(new String(row.key(), StandardCharsets.UTF_8)).isEqualTo("contoso/shift-planner");
        assertThat(row.value()).isNull();
        bench.andNothingElse();
        try (var rows = bench.store(TopologyNames.CONTENTS).all()) {
            assertThat(rows).toIterable().extracting(left -> left.key).as("nothing but which policy is recorded")
                    .containsExactly(StateCodec.POLICY);
        }

        send(Envelopes.create(OFFER));
        assertThat(bench.journal().getSequence()).as("counters outlive a deletion, B13").isEqualTo(7);
        assertThat(bench.outcome().getDraftVersion()).isEqualTo(6);
        assertThat(bench.status().getStatus()).isEqualTo(Status.DRAFT);
        bench.andNothingElse();
    }

    @Test
    void aSaveOfWhatIsThereAlreadyIsAcceptedAndWritesNoNewRow() {
        new OfferDriver(bench, OFFER, now).draft();
        bench.skip();

        send(Envelopes.save(OFFER, Contents.setup()));

        assertThat(bench.journal().getEvents()).isEmpty();
        assertThat(bench.outcome().getDraftVersion()).isEqualTo(5);
        bench.andNothingElse();
    }

    @Test
    void answersCarryCloudEventsHeadersAndTheJournalNone() {
        OfferCommand create = Envelopes.create(OFFER);
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        bench.send(Topic.OFFER_COMMANDS, TopologyHarness.key(create), bench.bytes(create), now,
                new RecordHeaders().add("traceparent", trace.getBytes(StandardCharsets.US_ASCII)));

        bench.raw(Topic.OFFER_JOURNAL); // the policy
        assertThat(bench.raw(Topic.OFFER_JOURNAL).headers()).isEmpty();
        assertThat(headers(Topic.COMMAND_OUTCOMES)).containsExactly("ce_specversion=1.0",
                "ce_id=0-2-1", "ce_source=/offerflow", "ce_type=io.offerflow.avro.CommandOutcome",
                "ce_time=" + now, "content-type=application/avro", "traceparent=" + trace);
        assertThat(headers(Topic.OFFER_STATUS)).contains("ce_id=0-2-2", "traceparent=" + trace);
        bench.andNothingElse();
    }

    private List<String> headers(Topic topic) {
        var record = bench.raw(topic);
        assertThat(record.getRecordTime()).isEqualTo(now);
        return Arrays.stream(record.headers().toArray())
                .map(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8)).toList();
    }

    private Notification told(NotificationTemplate template, Long liveVersion) {
        return Notification.newBuilder().setTemplate(template).setLocale("en").setPublisherId("contoso")
                .setOfferId("shift-planner").setAlias("Alias of shift-planner").setOccurredAt(now).setSubmission(1L)
                .setLiveVersion(liveVersion).build();
    }

    private static List<StepState> steps(OfferStatus status, Status expected) {
        assertThat(status.getStatus()).isEqualTo(expected);
        return status.getRun().getSteps().stream().map(StepProgress::getState).toList();
    }

    @Test
    void theFirstSaveOfASectionMakesItCompleteOrSaysWhatIsMissing() {
        send(Envelopes.create(OFFER));
        bench.skip();

        send(Envelopes.save(OFFER, Contents.listing("")));

        assertThat(bench.journal().getEvents()).singleElement().isInstanceOfSatisfying(SectionSaved.class, saved -> {
            assertThat(saved.getSection()).isEqualTo(SectionName.OFFER_LISTING);
            assertThat(saved.getRevision()).isEqualTo(2);
            assertThat(saved.getProblems()).singleElement().extracting("path").isEqualTo("name");
        });
        assertThat(bench.outcome().getResult()).as("S7: never refused").isEqualTo(Result.ACCEPTED);
        assertThat(bench.status().getSections().get(2).getState()).isEqualTo(SectionState.INCOMPLETE);
        bench.andNothingElse();
    }
}
