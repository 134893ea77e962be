package io.offerflow.simulation;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.PlanState;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.Status;
import io.offerflow.domain.model.StepMessage;
import io.offerflow.simulation.model.ModelOffer;
import io.offerflow.simulation.model.ModelView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** What publishers, validators, customers and support send next, half of it sensible; the same for the same seed. */
final class Actors {

    static final List<String> PLANS = List.of("gold", "silver", "bronze", "iron", "tin");
    static final List<String> CUSTOMERS = List.of("0b1c2d3e-0000-4000-8000-000000000001",
            "0b1c2d3e-0000-4000-8000-000000000002", "0b1c2d3e-0000-4000-8000-000000000003");
    private static final List<String> RARE_TYPES = List.of("VIRTUAL_MACHINE", "AZURE_APPLICATION", "MANAGED_SERVICE");
    private static final Instant START = Instant.parse("2026-11-02T08:00:00Z");

    private final Random random;
    private final List<ModelOffer> offers;
    private final List<List<CommandEnvelope>> sent = new ArrayList<>();
    private Instant wall = START;
    /** Equal content has equal digests, and different content has different ones. */
    private final Map<List<Object>, Integer> digests = new HashMap<>();
    /** The newest chunk of an import into an offer that is not given up yet. */
    private final Map<Integer, Command.ImportAudience> importing = new HashMap<>();
    private long lastId;

    Actors(Random random, List<ModelOffer> offers) {
        this.random = random;
        this.offers = offers;
        offers.forEach(offer -> sent.add(new ArrayList<>()));
    }

    /** The next action. */
    Action next() {
        int offer = random.nextInt(offers.size());
        Optional<Instant> due = offers.get(offer).view().nextDue();
        passTime(due);
        if (random.nextInt(18) == 0) {
            return new Action.PassTime(offer, wall);
        }
        CommandEnvelope envelope = envelope(offer);
        sent.get(offer).add(envelope);
        return new Action.Send(offer, envelope, wall.minus(skew()),
                random.nextInt(90) == 0 ? 1 + random.nextInt(9) : 0);
    }

    /** Mostly seconds; sometimes to the very instant something is due, just before or after it, or over several. */
    private void passTime(Optional<Instant> due) {
        int dice = random.nextInt(100);
        if (dice < 8 && due.isPresent() && due.get().isAfter(wall)
                && due.get().isBefore(wall.plus(Duration.ofDays(9)))) {
            wall = due.get().plusMillis(random.nextInt(3) - 1L);
        } else if (dice < 12) {
            wall = wall.plus(Duration.ofMinutes(random.nextInt(500)));
        } else if (dice < 13) {
            wall = wall.plus(Duration.ofHours(random.nextInt(100)));
        } else {
            wall = wall.plusMillis(random.nextInt(60_000));
        }
    }

    /** One topic lags behind another. */
    private Duration skew() {
        int dice = random.nextInt(40);
        return dice > 4 ? Duration.ZERO : dice == 0 ? Duration.ofHours(random.nextInt(30))
                : Duration.ofMillis(random.nextInt(600_000));
    }

    private CommandEnvelope envelope(int offer) {
        List<CommandEnvelope> before = sent.get(offer);
        if (!before.isEmpty() && random.nextInt(14) == 0) {
            CommandEnvelope old = before.get(Math.max(0, before.size() - 1 - random.nextInt(24)));
            return random.nextInt(4) > 0 ? old : envelope(old.commandId(), random.nextBoolean() ? old.command()
                    : command(offer), old.expectedVersion(), random.nextInt(6) == 0);
        }
        ModelView view = offers.get(offer).view();
        Command command = command(offer);
        Optional<Long> expected = random.nextInt(9) > 0 ? Optional.empty()
                : Optional.of(Math.max(0, view.draftVersion() - random.nextInt(2)));
        return envelope(new UUID(7, ++lastId).toString(), command, command instanceof Command.ByPublisher
                && !(command instanceof Command.ImportAudience) ? expected
                : Optional.empty(), random.nextInt(16) == 0);
    }

    private CommandEnvelope envelope(String id, Command command, Optional<Long> expected, boolean only) {
        int digest = digests.computeIfAbsent(List.of(command, expected), content -> digests.size() + 1);
        return new CommandEnvelope(id, "someone", expected, only, digest, command);
    }

    private Command command(int offer) {
        ModelView view = offers.get(offer).view();
        Command.ImportAudience begun = importing.get(offer);
        Command command = begun != null && random.nextInt(3) == 0 ? followUp(offer, view, begun)
                : random.nextInt(100) < 55 ? sensible(view) : anything(view);
        if (command instanceof Command.ImportAudience chunk && chunk.chunks() > 1) {
            importing.put(offer, chunk);
        }
        return command;
    }

    /** The next chunk; or a refused one, corrected, as if the chunks before it were still there (B34). */
    private Command followUp(int offer, ModelView view, Command.ImportAudience begun) {
        boolean open = view.openImport(begun.planId()).filter(known -> known.importId().equals(begun.importId()))
                .isPresent();
        if (!open && random.nextInt(2) == 0) {
            importing.remove(offer);
            return anything(view);
        }
        return chunk(view, begun, begun.chunks() - 1, random.nextInt(5) > 0);
    }

    /** A command of a publisher who wants to sell the offer, and later to stop. */
    private Command sensible(ModelView view) {
        if (!view.exists()) {
            return view.everLive() ? support(view) : create();
        }
        if (view.step().filter(step -> step != PublishStep.PUBLISHER_SIGN_OFF).isPresent()) {
            return random.nextInt(6) == 0 ? customer(view) : result(view);
        }
        if (view.step().isPresent()) {
            return random.nextInt(8) == 0 ? submit() : goLive(view);
        }
        if (view.onSale() && random.nextInt(3) > 0) {
            return random.nextInt(3) == 0 ? publisherOnSale(view) : customer(view);
        }
        if (!view.publishable()) {
            return mend(view);
        }
        if (view.status() == Status.LIVE && random.nextInt(3) == 0) {
            return save(ContentPool.complete(SectionId.PROPERTIES, random));
        }
        return random.nextInt(9) == 0 && !view.onSale() ? new Command.DeleteDraft(random.nextInt(3) == 0) : submit();
    }

    private Command publisherOnSale(ModelView view) {
        if (view.stop().isEmpty() && view.nextDue().isPresent() && random.nextInt(4) == 0) {
            return stopOffer(view); // one plan was not enough (B9, B43)
        }
        return switch (random.nextInt(11)) {
            case 8, 9, 10 -> audience(view);
            case 0 -> stopOffer(view);
            case 1, 2, 3 -> stopPlan(view);
            case 4 -> new Command.ResumeSelling(random.nextBoolean() ? Optional.empty() : Optional.of(plan(view)));
            default -> updatePlan(view);
        };
    }

    private Command mend(ModelView view) {
        for (SectionId section : SectionId.values()) {
            SectionState state = view.section(section);
            boolean lacking = state == SectionState.NOT_STARTED || state == SectionState.INCOMPLETE;
            if (view.applies(section) && lacking && section != SectionId.PLAN_OVERVIEW) {
                return save(ContentPool.complete(section, random));
            }
        }
        Optional<String> broken = view.plans().stream().filter(plan -> !view.planComplete(plan)).findFirst();
        if (broken.isPresent() && random.nextInt(4) > 0) {
            boolean empty = view.isPrivate(broken.get()) && view.savedAudience(broken.get()).isEmpty();
            return empty && random.nextInt(4) > 0 ? addAudienceId(view, broken.get())
                    : new Command.UpdatePlan(broken.get(), ContentPool.mended(broken.get()), Optional.empty());
        }
        String plan = plan(view);
        return view.plans().contains(plan) ? random.nextInt(4) == 0 ? new Command.DeleteDraftPlan(plan, true)
                : new Command.UpdatePlan(plan, ContentPool.mended(plan), Optional.empty())
                : new Command.CreatePlan(plan, ContentPool.newPlan(plan, random));
    }

    private Command anything(ModelView view) {
        return switch (random.nextInt(40)) {
            case 0 -> create();
            case 1, 2, 3 -> save(ContentPool.anything(random));
            case 4 -> random.nextBoolean() ? new Command.SaveSection("OFFER_LISTNG",
                    Optional.of(ContentPool.anything(random)))
                    : new Command.SaveSection("PLAN_OVERVIEW", Optional.of(ContentPool.anything(random)));
            case 5, 6, 7 -> {
                String plan = random.nextInt(30) == 0 ? "Gold!" : ContentPool.any(PLANS, random);
                yield new Command.CreatePlan(plan, ContentPool.newPlan(plan.replace("!", ""), random));
            }
            case 8, 9, 10, 11 -> updatePlan(view);
            case 12, 13 -> new Command.DeleteDraftPlan(plan(view), random.nextInt(3) > 0);
            case 14 -> submit();
            case 15 -> goLive(view);
            case 16 -> new Command.CancelPublish(random.nextInt(3) > 0);
            case 17 -> new Command.DeleteDraft(random.nextInt(4) == 0);
            case 18 -> stopOffer(view);
            case 19, 20 -> stopPlan(view);
            case 21, 22 -> new Command.ResumeSelling(random.nextBoolean() ? Optional.empty()
                    : Optional.of(plan(view)));
            case 23, 24 -> staleResult(view);
            case 25, 26 -> customer(view);
            case 27, 28, 29 -> support(view);
            case 30, 31, 32, 33, 34, 35 -> audience(view);
            default -> view.step().isPresent() ? result(view) : customer(view);
        };
    }

    private Command audience(ModelView view) {
        List<String> hidden = view.plans().stream().filter(view::isPrivate).toList();
        String plan = hidden.isEmpty() || random.nextInt(3) == 0 ? plan(view) : ContentPool.any(hidden, random);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> addAudienceId(view, plan);
            case 3 -> new Command.RemoveAudienceId(plan, audienceId());
            case 4, 5 -> importAudience(view, plan);
            default -> new Command.SyncPrivateAudience(random.nextInt(4) > 0 ? List.of() : List.of(plan));
        };
    }

    private Command addAudienceId(ModelView view, String plan) {
        return new Command.AddAudienceId(plan, audienceId(), idType(view), random.nextBoolean() ? Optional.empty()
                : Optional.of("Our best customer"));
    }

    private String idType(ModelView view) {
        return random.nextInt(view.type() == OfferType.SAAS ? 14 : 3) == 0 ? "SUBSCRIPTION" : "TENANT";
    }

    private String audienceId() {
        return random.nextInt(30) == 0 ? "0B1C2D3E-0000-4000-8000-00000000000A"
                : "0b1c2d3e-0000-4000-8000-00000000000" + (1 + random.nextInt(7));
    }

    /** A chunk of an import: the next one of that which is open, a first one, or one that does not fit. */
    private Command importAudience(ModelView view, String plan) {
        boolean confirmed = random.nextInt(8) > 0;
        Optional<Command.ImportAudience> open = view.openImport(plan).filter(known -> random.nextInt(5) > 0);
        int chunks = 1 + random.nextInt(2);
        int total = 1 + random.nextInt(5) + chunks;
        if (open.isPresent()) {
            int index = open.get().index() + random.nextInt(10) / 9;
            return chunk(view, open.get(), Math.min(index, open.get().chunks() - 1), confirmed);
        }
        int index = random.nextInt(8) == 0 ? chunks - 1 : 0;
        List<Command.AudienceRow> rows = chunks == 1 ? audienceRows(view, 0, total - random.nextInt(12) / 11)
                : audienceRows(view, 3, 1);
        return new Command.ImportAudience(plan, new UUID(8, ++lastId).toString(), index, chunks, total,
                Optional.empty(), rows, confirmed);
    }

    /** A later chunk of an import, with the rows that are left. */
    private Command.ImportAudience chunk(ModelView view, Command.ImportAudience known, int index, boolean confirmed) {
        return new Command.ImportAudience(known.planId(), known.importId(), index, known.chunks(), known.total(),
                Optional.empty(), audienceRows(view, 4, known.total() - 1), confirmed);
    }

    /** Rows with ids from {@code from} on. */
    private List<Command.AudienceRow> audienceRows(ModelView view, int from, int count) {
        List<Command.AudienceRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = random.nextInt(40) == 0 ? audienceId()
                    : "0b1c2d3e-0000-4000-8000-00000000000" + (1 + (from + i) % 9);
            rows.add(new Command.AudienceRow(id, idType(view), Optional.empty(), i + 1));
        }
        return rows;
    }

    private Command create() {
        return new Command.CreateOffer(random.nextInt(30) == 0 ? "SASS"
                : random.nextInt(6) == 0 ? ContentPool.any(RARE_TYPES, random) : "SAAS",
                random.nextInt(40) == 0 ? " " : "Shift Planner");
    }

    private static Command save(Content content) {
        return new Command.SaveSection(content.section().name(), Optional.of(content));
    }

    private Command updatePlan(ModelView view) {
        Optional<Boolean> relist = random.nextInt(3) > 0 ? Optional.empty() : Optional.of(random.nextInt(3) == 0);
        return new Command.UpdatePlan(plan(view), ContentPool.planChange(random), relist);
    }

    private Command submit() {
        return new Command.SubmitOffer(random.nextBoolean() ? Optional.empty() : Optional.of("Please be quick."));
    }

    private Command goLive(ModelView view) {
        return new Command.GoLive(random.nextInt(3) > 0 ? Optional.empty()
                : Optional.of(view.submissions() - random.nextInt(2)));
    }

    private Command stopOffer(ModelView view) {
        return new Command.StopSellingOffer(notBefore(view), random.nextInt(4) > 0);
    }

    private Command stopPlan(ModelView view) {
        return new Command.StopSellingPlan(plan(view), notBefore(view), random.nextInt(5) > 0);
    }

    /** Now, in a while, long past or in a far future; or together with what is pending already (B43). */
    private Optional<Instant> notBefore(ModelView view) {
        if (view.nextDue().isPresent() && random.nextInt(2) == 0) {
            return view.nextDue();
        }
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> Optional.of(wall.plus(Duration.ofHours(random.nextInt(40))));
            case 4 -> Optional.of(Instant.EPOCH);
            case 5 -> random.nextInt(6) == 0 ? Optional.of(Instant.parse("9999-12-31T23:59:59Z")) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private String plan(ModelView view) {
        List<String> there = List.copyOf(view.plans());
        return there.isEmpty() || random.nextInt(8) == 0 ? ContentPool.any(PLANS, random)
                : ContentPool.any(there, random);
    }

    /** What the pipeline would answer, now and then a failure. */
    private Command result(ModelView view) {
        String step = view.step().orElseThrow().name();
        return result(view.submissions(), step, random.nextInt(14) == 0);
    }

    /** An answer about a step or a submission that is perhaps over. */
    private Command staleResult(ModelView view) {
        PublishStep step = random.nextInt(3) == 0 ? view.step().orElse(PublishStep.CERTIFICATION)
                : PublishStep.values()[random.nextInt(PublishStep.values().length)];
        return result(Math.max(0, view.submissions() - random.nextInt(2)), step.name(), random.nextInt(4) == 0);
    }

    private Command result(long submission, String step, boolean failed) {
        List<StepMessage> messages = random.nextInt(3) > 0 ? List.of()
                : List.of(new StepMessage("100", "Mind the gap."));
        return failed ? new Command.ReportStepFailed(submission, step, messages)
                : new Command.ReportStepSucceeded(submission, step, messages);
    }

    private Command customer(ModelView view) {
        List<String> sold = view.plans().stream().filter(plan -> view.planState(plan) != PlanState.DRAFT).toList();
        String plan = sold.isEmpty() || random.nextInt(6) == 0 ? ContentPool.any(PLANS, random)
                : ContentPool.any(sold, random);
        String customer = random.nextInt(60) == 0 ? CUSTOMERS.get(0).toUpperCase() : ContentPool.any(CUSTOMERS, random);
        return random.nextInt(3) > 0 ? new Command.AcquirePlan(customer, plan)
                : new Command.DownloadOffer(customer, plan);
    }

    /** A removal from customers: the next reasonable step, or any. */
    private Command support(ModelView view) {
        long request = Math.max(1, view.removals() + random.nextInt(8) / 7 - random.nextInt(8) / 7);
        String state = random.nextInt(4) == 0 ? "" : view.removal().orElse("COMPLETED");
        return switch (state) {
            case "SUBMITTED" -> new Command.TakeRemovalRequest(request);
            case "IN_PROGRESS" -> random.nextInt(3) == 0 ? new Command.AskPublisher(request, "Who has it?")
                    : new Command.CompleteRemoval(request);
            case "WAITING_FOR_PUBLISHER" -> new Command.AnswerRemoval(request, "These have it.");
            case "COMPLETED", "REJECTED", "WITHDRAWN" -> requestRemoval(view);
            default -> switch (random.nextInt(6)) {
                case 0 -> new Command.TakeRemovalRequest(request);
                case 1 -> new Command.CompleteRemoval(request);
                case 2 -> new Command.RejectRemoval(request, "Not yours.");
                case 3 -> new Command.WithdrawRemoval(request);
                case 4 -> new Command.AnswerRemoval(request, "Nobody has it.");
                default -> requestRemoval(view);
            };
        };
    }

    private Command requestRemoval(ModelView view) {
        int dice = random.nextInt(9);
        return new Command.RequestRemoval(dice == 0 ? "MANAGED_SERVICE" : view.type().name(),
                dice == 1 ? "SOMETHING_ELSE" : "REMOVE_A_PUBLISHED_OFFER", Optional.empty());
    }
}
