package io.offerflow.simulation.model;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The reference model of one offer. It follows the tables of the specification, with whole copies and loops over all
 * plans and customers, and shares no rule with the engine.
 */
public final class ModelOffer {

    private final String offerId;
    private final ModelPolicy policy;
    private final ModelState state = new ModelState();
    private List<Reply.Notice> notices = new ArrayList<>();
    private List<String> calls = new ArrayList<>();
    /** Whether the input met an offer, or what remains of a deleted one. */
    private boolean met;

    public ModelOffer(String offerId, ModelPolicy policy) {
        this.offerId = offerId;
        this.policy = policy;
    }

    /** The offer as it is now. */
    public ModelView view() {
        return new ModelView(state, policy);
    }

    /** Takes an input in the order of B26. */
    public Reply take(CommandEnvelope envelope, Instant appendedAt) {
        notices = new ArrayList<>();
        calls = new ArrayList<>();
        met = state.exists || state.everLive;
        Instant now = later(appendedAt, state.clock); // B44
        if (malformed(envelope.command())) {
            return reply(now, Verdict.no(Reason.MALFORMED));
        }
        boolean fell = fallDue(now); // B43
        if (fell) {
            state.clock = now;
        }
        Optional<Memory.Remembered> known = memory(envelope).flatMap(memory -> memory.find(envelope.commandId()))
                .filter(repeat -> !envelope.validateOnly()); // B41
        if (known.isPresent()) {
            touch(envelope, now);
            return repeated(envelope, known.get(), now);
        }
        if (!state.exists && !(envelope.command() instanceof Command.CreateOffer) && !outlives(envelope.command())) {
            return reply(now, envelope.command() instanceof Command.ByPipeline ? Verdict.over(Reason.OFFER_NOT_FOUND)
                    : Verdict.no(Reason.OFFER_NOT_FOUND)); // O33, B3
        }
        boolean present = state.exists || outlives(envelope.command()); // B71
        if (present && envelope.expectedVersion().filter(seen -> seen != state.draftVersion).isPresent()) {
            return remembered(envelope, now, Verdict.no(Reason.VERSION_CONFLICT)); // V32, B42
        }
        if (envelope.validateOnly()) {
            List<Reply.Notice> so = new ArrayList<>(notices);
            Verdict would = decide(state.copy(), envelope.command(), now);
            notices = so;
            calls = new ArrayList<>();
            touch(envelope, now);
            return reply(now, would);
        }
        return remembered(envelope, now, decide(state, envelope.command(), now));
    }

    /** Time passes without an input. */
    public Reply advance(Instant until) {
        notices = new ArrayList<>();
        calls = new ArrayList<>();
        Instant now = later(until, state.clock);
        if (fallDue(now)) {
            state.clock = now;
        }
        return new Reply(now, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), notices, calls);
    }

    private boolean fallDue(Instant now) {
        boolean fell = false;
        Optional<ModelSelling.Due> next = ModelSelling.nextDue(state);
        while (next.filter(due -> !due.at().isAfter(now)).isPresent()) {
            ModelSelling.Due due = next.get();
            fell = true;
            if (due.sync().isPresent()) {
                ModelAudiences.syncDone(state, due.sync().get(), due.at(), notices);
            } else if (due.planId().isPresent()) {
                ModelSelling.planStopped(state, due.planId().get());
                notices.add(new Reply.Notice("PLAN_STOP_SELL_EFFECTIVE", due.planId().get(), due.at()));
            } else {
                ModelSelling.offerStopped(state, due.at());
                notices.add(new Reply.Notice("STOP_SELL_EFFECTIVE", "", due.at()));
            }
            next = ModelSelling.nextDue(state);
        }
        return fell;
    }

    private Verdict decide(ModelState on, Command command, Instant now) {
        return switch (command) {
            case Command.ByPublisher asked -> publisher(on, asked, now);
            case Command.ByPipeline result -> ModelPublishing.result(on, result, now, notices, calls);
            case Command.AcquirePlan acquire -> ModelSelling.acquire(on, acquire, now);
            case Command.DownloadOffer download -> ModelSelling.download(on, download, policy);
            case Command.BySupport decision -> ModelRemovals.support(on, decision, now, notices);
        };
    }

    private Verdict publisher(ModelState on, Command.ByPublisher command, Instant now) {
        return switch (command) {
            case Command.CreateOffer create -> ModelDrafts.create(on, create, offerId, policy);
            case Command.SaveSection save -> ModelDrafts.save(on, save);
            case Command.CreatePlan create -> ModelDrafts.createPlan(on, create, policy);
            case Command.UpdatePlan update -> ModelDrafts.updatePlan(on, update);
            case Command.DeleteDraftPlan delete -> ModelDrafts.deletePlan(on, delete, policy);
            case Command.AddAudienceId add -> ModelAudiences.add(on, add, policy);
            case Command.RemoveAudienceId remove -> ModelAudiences.remove(on, remove);
            case Command.ImportAudience chunk -> ModelAudiences.take(on, chunk, policy);
            case Command.SyncPrivateAudience sync -> ModelAudiences.sync(on, sync, now, policy, notices);
            case Command.SubmitOffer submit -> ModelPublishing.submit(on, policy, calls);
            case Command.GoLive goLive -> ModelPublishing.goLive(on, goLive, calls);
            case Command.CancelPublish cancel -> ModelPublishing.cancel(on, cancel, now, notices);
            case Command.DeleteDraft delete -> ModelPublishing.delete(on, delete);
            case Command.StopSellingOffer stop -> ModelSelling.stopOffer(on, stop, now, policy);
            case Command.StopSellingPlan stop -> ModelSelling.stopPlan(on, stop, now, policy);
            case Command.ResumeSelling resume -> ModelSelling.resume(on, resume);
            case Command.RequestRemoval request -> ModelRemovals.request(on, request, now, notices);
            case Command.AnswerRemoval answer -> ModelRemovals.answer(on, answer, now, notices);
            case Command.WithdrawRemoval withdraw -> ModelRemovals.withdraw(on, withdraw, now, notices);
        };
    }

    /** What is wrong whatever offer it meets, among what the simulation sends (B24, B55). */
    private static boolean malformed(Command command) {
        return switch (command) {
            case Command.CreateOffer create -> create.alias().isBlank() || create.alias().length() > 120
                    || Arrays.stream(OfferType.values()).noneMatch(type -> type.name().equals(create.offerType()));
            case Command.SaveSection save -> save.section().equals("PLAN_OVERVIEW") || save.content().isEmpty();
            case Command.ByCustomer customer -> !customer.customerId().equals(customer.customerId().toLowerCase())
                    || customer.customerId().length() != 36;
            default -> false;
        };
    }

    /** B3: commands that still apply to an offer that was live and is deleted. */
    private boolean outlives(Command command) {
        return state.everLive && (command instanceof Command.ByCustomer || command instanceof Command.BySupport
                || command instanceof Command.RequestRemoval || command instanceof Command.AnswerRemoval
                || command instanceof Command.WithdrawRemoval);
    }

    /** Where the answers to a command are remembered; reads are not. */
    private Optional<Memory> memory(CommandEnvelope envelope) {
        return switch (envelope.command()) {
            case Command.ByPipeline result -> Optional.of(state.steps);
            case Command.AcquirePlan acquire -> Optional.of(state.requests.computeIfAbsent(
                    acquire.planId() + "/" + acquire.customerId(),
                            unseen -> new Memory(ModelState.REQUESTS_REMEMBERED)));
            case Command.DownloadOffer read -> Optional.empty();
            case Command.ByPublisher command -> Optional.of(state.commands);
            case Command.BySupport decision -> Optional.of(state.commands);
        };
    }

    private Reply remembered(CommandEnvelope envelope, Instant now, Verdict verdict) {
        met = met || state.exists;
        if (verdict.result() == OutcomeResult.REJECTED && !envelope.validateOnly()
                && envelope.command() instanceof Command.ImportAudience chunk) {
            ModelAudiences.drop(state, chunk.planId());
        }
        touch(envelope, now);
        if (met && !envelope.validateOnly()) { // B40
            memory(envelope).ifPresent(memory -> memory.add(new Memory.Remembered(envelope.commandId(),
                    envelope.command(),
                    envelope.expectedVersion(), verdict.result(), verdict.reason(), state.draftVersion)));
        }
        return reply(now, verdict);
    }

    /** The offer's clock is the time of the last thing that concerned the offer itself. */
    private void touch(CommandEnvelope envelope, Instant now) {
        if (!(envelope.command() instanceof Command.ByCustomer) && met) {
            state.clock = now;
        }
    }

    private Reply repeated(CommandEnvelope envelope, Memory.Remembered known, Instant now) {
        boolean same = known.command().equals(envelope.command())
                && known.expectedVersion().equals(envelope.expectedVersion());
        String first = "%s %s at %d".formatted(known.result(), known.reason().map(Enum::name).orElse(""),
                known.draftVersion());
        if (!same && envelope.command() instanceof Command.ImportAudience chunk) {
            ModelAudiences.drop(state, chunk.planId()); // B34: any refusal
        }
        return new Reply(now, Optional.of(same ? OutcomeResult.DUPLICATE : OutcomeResult.REJECTED),
                same ? Optional.empty() : Optional.of(Reason.COMMAND_ID_REUSED), Optional.empty(), Optional.of(first),
                notices, calls);
    }

    private Reply reply(Instant now, Verdict verdict) {
        return new Reply(now, Optional.of(verdict.result()), verdict.reason(), verdict.download(), Optional.empty(),
                notices, calls);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
