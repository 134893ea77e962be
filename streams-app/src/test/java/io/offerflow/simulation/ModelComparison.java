package io.offerflow.simulation;

import io.offerflow.avro.AudienceMember;
import io.offerflow.avro.AudienceNumber;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.EndedEpoch;
import io.offerflow.avro.Entitlement;
import io.offerflow.avro.Notification;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.RunState;
import io.offerflow.avro.SectionStatus;
import io.offerflow.avro.StepProgress;
import io.offerflow.avro.StepRequest;
import io.offerflow.avro.StepState;
import io.offerflow.avro.Storefront;
import io.offerflow.avro.StorefrontPlan;
import io.offerflow.codec.ContentMapping;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.Value;
import io.offerflow.domain.state.OfferState;
import io.offerflow.simulation.model.ModelView;
import io.offerflow.simulation.model.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** Compares an offer in the service with the reference model, and names the first difference. */
final class ModelComparison {

    private final EngineUnderTest service;
    private final ModelView model;
    private final List<String> differences = new ArrayList<>();

    private ModelComparison(EngineUnderTest service, ModelView model) {
        this.service = service;
        this.model = model;
    }

    /** The first difference after a step. */
    static Optional<String> first(EngineUnderTest service, ModelView model, Reply reply) {
        ModelComparison comparison = new ModelComparison(service, model);
        service.broken().ifPresent(comparison.differences::add);
        comparison.answer(reply);
        comparison.announced(reply);
        comparison.status();
        if (service.happened() || reply.result().filter(OutcomeResult.ACCEPTED::equals).isPresent()) {
            comparison.sections();
            comparison.draft();
            comparison.plans();
            comparison.storefront();
            comparison.customers();
        }
        return comparison.differences.stream().findFirst();
    }

    private void answer(Reply reply) {
        Optional<CommandOutcome> outcome = service.sent(CommandOutcome.class).stream().findFirst();
        same("result", reply.result().map(Enum::name), outcome.map(answer -> answer.getResult().name()));
        outcome.ifPresent(answer -> {
            same("reason", reply.reason().map(Enum::name), Optional.ofNullable(answer.getReason()).map(Enum::name));
            same("time of decision", reply.now(), answer.getDecidedAt());
            same("version to download", reply.download(), Optional.ofNullable(answer.getDownloadVersion()));
            same("first answer", reply.first(), Optional.ofNullable(answer.getFirst()).map(first -> "%s %s at %d"
                    .formatted(first.getResult(), Optional.ofNullable(first.getReason()).map(Enum::name).orElse(""),
                            first.getDraftVersion())));
            same("draft version in the answer", model.draftVersion(), answer.getDraftVersion());
            same("newest submission", model.submissions(), answer.getSubmission());
            same("live version in the answer", model.liveVersion(), answer.getLiveVersion());
        });
    }

    private void announced(Reply reply) {
        same("notifications", reply.notices(), service.sent(Notification.class).stream().map(ModelComparison::notice)
                .toList());
        List<StepRequest> requests = service.sent(StepRequest.class);
        same("step requests", reply.calls(), requests.stream()
                .map(request -> request.getSubmission() + " " + request.getStep()).toList());
        requests.stream().filter(request -> request.getStep().name().equals("CERTIFICATION")).forEach(this::submitted);
    }

    private static Reply.Notice notice(Notification sent) {
        String about = switch (sent.getTemplate()) {
            case PREVIEW_READY, OFFER_LIVE, PUBLISH_CANCELLED -> "" + sent.getSubmission();
            case CERTIFICATION_FAILED, PUBLISH_ATTENTION_NEEDED -> sent.getSubmission() + " " + sent.getStep();
            case AUDIENCE_SYNCED, AUDIENCE_SYNC_FAILED -> String.join(" ", sent.getPlanIds());
            case PLAN_STOP_SELL_EFFECTIVE -> sent.getPlanId();
            case REMOVAL_PROGRESS -> sent.getRemovalRequest() + " " + sent.getRemovalState();
            default -> "";
        };
        return new Reply.Notice(sent.getTemplate().name(), about, sent.getOccurredAt());
    }

    /** The testers read what was submitted, whatever was edited since (D14). */
    private void submitted(StepRequest request) {
        Map<String, Object> expected = new TreeMap<>();
        model.submitted().forEach((name, content) -> expected.put(name, name.startsWith("plan ")
                ? ContentMapping.plan(content) : ContentMapping.toAvro(new Content(SectionId.valueOf(name), content))));
        Map<String, Object> sent = new TreeMap<>();
        request.getSections().forEach(section -> sent.put(section.getSection().name(), section.getContent()));
        request.getPlans().forEach(plan -> sent.put("plan " + plan.getPlanId(), plan.getContent()));
        same("submitted content", expected, sent);
    }

    private void status() {
        Optional<OfferStatus> row = service.row(Topic.OFFER_STATUS, OfferStatus.class, "");
        same("offer-status has a row", model.exists(), row.isPresent());
        if (row.isEmpty() || !model.exists()) {
            return;
        }
        OfferStatus status = row.get();
        same("status", model.status().name(), status.getStatus().name());
        same("on sale", model.onSale(), status.getOnSale());
        same("draft version", model.draftVersion(), status.getDraftVersion());
        same("live version", model.liveVersion(), status.getLive() == null ? 0L : status.getLive().getVersion());
        same("live submission", model.liveSubmission(), Optional.ofNullable(status.getLive())
                .map(live -> live.getSubmission()));
        same("stop", model.stop(), Optional.ofNullable(status.getStop())
                .map(stop -> stop.getState() + " " + stop.getEffectiveAt()));
        same("at work", model.atWork(), Optional.ofNullable(status.getRun())
                .filter(run -> run.getState() == RunState.ACTIVE)
                .map(run -> run.getSubmission() + " " + run.getSteps().stream().filter(ModelComparison::begun)
                        .map(StepProgress::getStep).map(Enum::name).findFirst().orElse("nothing")));
    }

    /** The states of the sections, which only what happens changes. */
    private void sections() {
        Optional<OfferStatus> row = service.row(Topic.OFFER_STATUS, OfferStatus.class, "");
        for (SectionStatus section : row.filter(found -> model.exists()).map(OfferStatus::getSections)
                .orElse(List.of())) {
            SectionId id = SectionId.valueOf(section.getSection().name());
            SectionState expected = model.section(id);
            same("section " + id, expected.name(), section.getState().name());
            same("section " + id + " applies", model.applies(id), section.getApplies());
            same("section " + id + " has problems", expected == SectionState.INCOMPLETE,
                    !section.getProblems().isEmpty());
        }
    }

    private static boolean begun(StepProgress step) {
        return step.getState() == StepState.IN_PROGRESS || step.getState() == StepState.WAITING_FOR_PUBLISHER;
    }

    /** What the publisher finds when the draft is opened. */
    private void draft() {
        OfferState state = service.state();
        for (SectionId section : SectionId.values()) {
            if (section != SectionId.PLAN_OVERVIEW && model.exists()) {
                same("draft of " + section, model.draft(section),
                        state.draft(section).map(saved -> saved.content().fields()));
            }
        }
        for (String planId : model.plans()) {
            same("draft of plan " + planId, model.plan(planId), state.plan(planId, state.plans()));
        }
    }

    private void plans() {
        for (String planId : Actors.PLANS) {
            Optional<PlanStatus> row = service.row(Topic.PLAN_STATUS, PlanStatus.class, planId);
            Optional<PlanStatus> shown = row.filter(found -> !found.getState().name().equals("DELETED"));
            String plan = "plan " + planId + " ";
            same(plan + "is shown", model.plans().contains(planId), shown.isPresent());
            if (shown.isPresent() && model.plans().contains(planId)) {
                PlanStatus status = shown.get();
                same(plan + "state", model.planState(planId).name(), status.getState().name());
                same(plan + "on sale", model.available(planId), status.getOnSale());
                same(plan + "stops at", model.planStop(planId), Optional.ofNullable(status.getStopsAt()));
                same(plan + "has unpublished changes", model.planChanged(planId), status.getUnpublishedChanges());
                same(plan + "is complete", model.planComplete(planId), status.getProblems().isEmpty());
                audiences(planId, status);
                if (model.available(planId)) {
                    same(plan + "is for an audience", model.hidden(planId), status.getPrivateOnSale());
                }
            }
        }
    }

    /** Who is in which audience, by the rows of plan and members alone. */
    private void audiences(String planId, PlanStatus plan) {
        String what = "plan " + planId + " ";
        same(what + "saved audience", model.savedAudience(planId), members(planId, plan.getSavedAudience()));
        same(what + "live audience", model.liveAudience(planId), members(planId, plan.getLiveAudience()));
        same(what + "audience state", model.audienceState(planId),
                Optional.ofNullable(plan.getAudienceState()).map(Enum::name));
        same(what + "audience syncs at", model.syncsAt(planId), Optional.ofNullable(plan.getSyncsAt()));
    }

    private Set<String> members(String planId, AudienceNumber number) {
        Set<String> ids = new TreeSet<>();
        if (number != null) {
            service.rows(Topic.AUDIENCE_MEMBERS, AudienceMember.class, planId + "/" + number.getGeneration() + "/")
                    .stream().filter(member -> member.getIntervals().stream().anyMatch(interval ->
                            interval.getFrom() <= number.getVersion()
                                    && (interval.getUntil() == null || number.getVersion() < interval.getUntil())))
                    .forEach(member -> ids.add(member.getId()));
        }
        return ids;
    }

    private void storefront() {
        Optional<Storefront> row = service.row(Topic.STOREFRONT, Storefront.class, "");
        same("storefront shows the offer", model.onSale(), row.isPresent());
        if (row.isEmpty() || !model.onSale()) {
            return;
        }
        same("storefront version", model.liveVersion(), row.get().getVersion());
        same("storefront properties", ContentMapping.toAvro(new Content(SectionId.PROPERTIES,
                model.live(SectionId.PROPERTIES))), row.get().getProperties());
        same("storefront name", model.live(SectionId.OFFER_LISTING).text("name"),
                Optional.ofNullable(row.get().getListing().getName()));
        same("storefront test drive", model.live(SectionId.OFFER_SETUP).flag("testDriveEnabled"),
                row.get().getTestDrive() != null);
        Map<String, Object> expected = new TreeMap<>();
        model.shelf().forEach((planId, content) -> expected.put(planId, ContentMapping.plan(withoutAlias(content))));
        Map<String, Object> shown = new TreeMap<>();
        for (StorefrontPlan plan : row.get().getPlans()) {
            shown.put(plan.getPlanId(), plan.getContent());
        }
        same("storefront plans", expected, shown);
    }

    private static Value.Struct withoutAlias(Value.Struct plan) {
        Map<String, Value> fields = new TreeMap<>(plan.fields());
        fields.remove("alias");
        return new Value.Struct(fields);
    }

    private void customers() {
        if (!model.everLive() || model.somethingDue()) {
            return;
        }
        for (String planId : Actors.PLANS) {
            for (String customer : Actors.CUSTOMERS) {
                String what = "customer " + customer.substring(35) + " of plan " + planId + " ";
                same(what + "has", model.holding(planId, customer), fromRows(planId, customer));
                same(what + "has it since", model.since(planId, customer), service.row(Topic.ENTITLEMENTS,
                        Entitlement.class, planId + "/" + customer).map(Entitlement::getSince)); // B15
                same(what + "may acquire", model.mayAcquire(planId, customer), mayAcquire(planId, customer));
            }
        }
    }

    /** The predicate that entitlements.avdl documents, on rows alone. */
    private String fromRows(String planId, String customer) {
        Optional<Entitlement> bought = service.row(Topic.ENTITLEMENTS, Entitlement.class, planId + "/" + customer);
        Optional<PlanStatus> plan = service.row(Topic.PLAN_STATUS, PlanStatus.class, planId);
        if (bought.isEmpty()) {
            return "NONE";
        }
        if (plan.isEmpty()) {
            return "UNKNOWN: no row of the plan";
        }
        if (bought.get().getRevocations() < plan.get().getRevocations()) {
            return "REVOKED";
        }
        return Stream.concat(ended(plan.get().getEndedPlanEpochs(), bought.get().getPlanEpoch()),
                ended(plan.get().getEndedOfferEpochs(), bought.get().getOfferEpoch())).min(Long::compare)
                .map(version -> "FROZEN " + version).orElse("ACTIVE");
    }

    private static Stream<Long> ended(List<EndedEpoch> epochs, long epoch) {
        return epochs.stream().filter(ended -> ended.getEpoch() == epoch).map(EndedEpoch::getVersion);
    }

    private boolean mayAcquire(String planId, String customer) {
        Entry dryRun = service.dryRun(new CommandEnvelope(new UUID(9, 9).toString(), "commerce",
                Optional.empty(), true, 0,
                new Command.AcquirePlan(customer, planId)));
        return dryRun.decision() instanceof Decision.Accepted;
    }

    private void same(String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            differences.add("%s: the model says %s, but the service says %s".formatted(what, shown(expected),
                    shown(actual)));
        }
    }

    private static String shown(Object value) {
        return value instanceof Optional<?> maybe ? maybe.map(Object::toString).orElse("nothing")
                : value instanceof Instant at ? at.toString() : value.toString();
    }
}
