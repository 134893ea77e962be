package io.offerflow.simulation.paper;

import io.offerflow.domain.Ask;
import io.offerflow.domain.Command;
import io.offerflow.domain.OfferType;
import io.offerflow.domain.Reason;
import io.offerflow.domain.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One offer as a clerk would keep it on paper: written from the tables of the specification, with whole copies and loops
 * over everybody concerned. It shares no rule with the engine, and is what the engine is held against.
 */
public final class PaperOffer {

    private final String offerId;
    private final PaperPolicy policy;
    private final Sheet sheet = new Sheet();
    private List<Reply.Notice> notices = new ArrayList<>();
    private List<String> calls = new ArrayList<>();
    /** Whether the input met an offer, or what one left behind. */
    private boolean met;

    public PaperOffer(String offerId, PaperPolicy policy) {
        this.offerId = offerId;
        this.policy = policy;
    }

    /** What is written on the sheet now. */
    public PaperView view() {
        return new PaperView(sheet, policy);
    }

    /** Takes an input in the order of B26. */
    public Reply take(Ask ask, Instant appendedAt) {
        notices = new ArrayList<>();
        calls = new ArrayList<>();
        met = sheet.exists || sheet.everLive;
        Instant now = later(appendedAt, sheet.clock); // B44
        if (malformed(ask.command())) {
            return reply(now, Verdict.no(Reason.MALFORMED));
        }
        boolean fell = fallDue(now); // B43
        if (fell) {
            sheet.clock = now;
        }
        Optional<Memory.Remembered> known = memory(ask).flatMap(memory -> memory.find(ask.commandId()))
                .filter(repeat -> !ask.validateOnly()); // B41
        if (known.isPresent()) {
            touch(ask, now);
            return repeated(ask, known.get(), now);
        }
        if (!sheet.exists && !(ask.command() instanceof Command.CreateOffer) && !outlives(ask.command())) {
            return reply(now, ask.command() instanceof Command.ByPipeline ? Verdict.over(Reason.OFFER_NOT_FOUND)
                    : Verdict.no(Reason.OFFER_NOT_FOUND)); // O33, B3
        }
        if (sheet.exists && ask.expectedVersion().filter(seen -> seen != sheet.draftVersion).isPresent()) {
            return remembered(ask, now, Verdict.no(Reason.VERSION_CONFLICT)); // V32, B42
        }
        if (ask.validateOnly()) {
            List<Reply.Notice> so = new ArrayList<>(notices);
            Verdict would = decide(sheet.copy(), ask.command(), now);
            notices = so;
            calls = new ArrayList<>();
            touch(ask, now);
            return reply(now, would);
        }
        return remembered(ask, now, decide(sheet, ask.command(), now));
    }

    /** Time passes, and nobody says anything. */
    public Reply advance(Instant until) {
        notices = new ArrayList<>();
        calls = new ArrayList<>();
        Instant now = later(until, sheet.clock);
        if (fallDue(now)) {
            sheet.clock = now;
        }
        return new Reply(now, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), notices, calls);
    }

    private boolean fallDue(Instant now) {
        boolean fell = false;
        Optional<PaperSelling.Due> next = PaperSelling.nextDue(sheet);
        while (next.filter(due -> !due.at().isAfter(now)).isPresent()) {
            PaperSelling.Due due = next.get();
            fell = true;
            if (due.sync().isPresent()) {
                PaperAudiences.syncDone(sheet, due.sync().get(), due.at(), notices);
            } else if (due.planId().isPresent()) {
                PaperSelling.planStopped(sheet, due.planId().get());
                notices.add(new Reply.Notice("PLAN_STOP_SELL_EFFECTIVE", due.planId().get(), due.at()));
            } else {
                PaperSelling.offerStopped(sheet, due.at());
                notices.add(new Reply.Notice("STOP_SELL_EFFECTIVE", "", due.at()));
            }
            next = PaperSelling.nextDue(sheet);
        }
        return fell;
    }

    private Verdict decide(Sheet on, Command command, Instant now) {
        return switch (command) {
            case Command.ByPublisher asked -> publisher(on, asked, now);
            case Command.ByPipeline result -> PaperPublishing.result(on, result, now, notices, calls);
            case Command.AcquirePlan acquire -> PaperSelling.acquire(on, acquire, now);
            case Command.DownloadOffer download -> PaperSelling.download(on, download, policy);
            case Command.BySupport decision -> PaperRemovals.support(on, decision, now, notices);
        };
    }

    private Verdict publisher(Sheet on, Command.ByPublisher command, Instant now) {
        return switch (command) {
            case Command.CreateOffer create -> PaperDrafts.create(on, create, offerId, policy);
            case Command.SaveSection save -> PaperDrafts.save(on, save);
            case Command.CreatePlan create -> PaperDrafts.createPlan(on, create, policy);
            case Command.UpdatePlan update -> PaperDrafts.updatePlan(on, update);
            case Command.DeleteDraftPlan delete -> PaperDrafts.deletePlan(on, delete, policy);
            case Command.AddAudienceId add -> PaperAudiences.add(on, add, policy);
            case Command.RemoveAudienceId remove -> PaperAudiences.remove(on, remove);
            case Command.ImportAudience chunk -> PaperAudiences.take(on, chunk, policy);
            case Command.SyncPrivateAudience sync -> PaperAudiences.sync(on, sync, now, policy, notices);
            case Command.SubmitOffer submit -> PaperPublishing.submit(on, policy, calls);
            case Command.GoLive goLive -> PaperPublishing.goLive(on, goLive, calls);
            case Command.CancelPublish cancel -> PaperPublishing.cancel(on, cancel, now, notices);
            case Command.DeleteDraft delete -> PaperPublishing.delete(on, delete);
            case Command.StopSellingOffer stop -> PaperSelling.stopOffer(on, stop, now, policy);
            case Command.StopSellingPlan stop -> PaperSelling.stopPlan(on, stop, now, policy);
            case Command.ResumeSelling resume -> PaperSelling.resume(on, resume);
            case Command.RequestRemoval request -> PaperRemovals.request(on, request, now, notices);
            case Command.AnswerRemoval answer -> PaperRemovals.answer(on, answer, now, notices);
            case Command.WithdrawRemoval withdraw -> PaperRemovals.withdraw(on, withdraw, now, notices);
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

    /** B3: who may still speak of an offer that was live and is deleted. */
    private boolean outlives(Command command) {
        return sheet.everLive && (command instanceof Command.ByCustomer || command instanceof Command.BySupport
                || command instanceof Command.RequestRemoval || command instanceof Command.AnswerRemoval
                || command instanceof Command.WithdrawRemoval);
    }

    /** Where the answers to such a command are remembered; reads are not. */
    private Optional<Memory> memory(Ask ask) {
        return switch (ask.command()) {
            case Command.ByPipeline result -> Optional.of(sheet.steps);
            case Command.AcquirePlan acquire -> Optional.of(sheet.requests.computeIfAbsent(
                    acquire.planId() + "/" + acquire.customerId(), unseen -> new Memory(Sheet.REQUESTS_REMEMBERED)));
            case Command.DownloadOffer read -> Optional.empty();
            case Command.ByPublisher command -> Optional.of(sheet.commands);
            case Command.BySupport decision -> Optional.of(sheet.commands);
        };
    }

    private Reply remembered(Ask ask, Instant now, Verdict verdict) {
        met = met || sheet.exists;
        if (verdict.result() == Result.REJECTED && !ask.validateOnly()
                && ask.command() instanceof Command.ImportAudience chunk) {
            PaperAudiences.drop(sheet, chunk.planId());
        }
        touch(ask, now);
        if (met && !ask.validateOnly()) { // B40
            memory(ask).ifPresent(memory -> memory.add(new Memory.Remembered(ask.commandId(), ask.command(),
                    ask.expectedVersion(), verdict.result(), verdict.reason(), sheet.draftVersion)));
        }
        return reply(now, verdict);
    }

    /** The offer's clock is the time of the last thing that concerned the offer itself. */
    private void touch(Ask ask, Instant now) {
        if (!(ask.command() instanceof Command.ByCustomer) && met) {
            sheet.clock = now;
        }
    }

    private Reply repeated(Ask ask, Memory.Remembered known, Instant now) {
        boolean same = known.command().equals(ask.command()) && known.expectedVersion().equals(ask.expectedVersion());
        String first = "%s %s at %d".formatted(known.result(), known.reason().map(Enum::name).orElse(""),
                known.draftVersion());
        if (!same && ask.command() instanceof Command.ImportAudience chunk) {
            PaperAudiences.drop(sheet, chunk.planId()); // B34: any refusal
        }
        return new Reply(now, Optional.of(same ? Result.DUPLICATE : Result.REJECTED),
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
