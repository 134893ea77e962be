package io.offerflow.simulation;

import java.util.List;

/** Mistakes that somebody might make in the engine, each as a change of its source text. */
final class PlantedMistakes {

    private static final String LIFECYCLE = "domain/Lifecycle.java";
    private static final String ENGINE = "domain/OfferEngine.java";
    private static final String SELLING = "domain/state/Selling.java";
    private static final String EVOLUTION = "domain/state/Evolution.java";
    private static final String STATE = "domain/state/OfferState.java";
    private static final String FACTS = "domain/state/OfferFacts.java";
    private static final String PUBLISHING = "domain/Publishing.java";
    private static final String STOPPING = "domain/Stopping.java";
    private static final String REMOVALS = "domain/Removals.java";
    private static final String CUSTOMERS = "domain/Customers.java";
    private static final String PLANS = "domain/Plans.java";
    private static final String REMEMBERING = "domain/state/Remembering.java";

    /**
     * A mistake.
     *
     * @param rule the row it breaks
     * @param file below {@code io/offerflow}
     * @param right the text to find, exactly once
     * @param wrong what takes its place
     */
    record Mistake(String rule, String what, String file, String right, String wrong) {

        /** A name without blanks, for a list of properties. */
        String name() {
            return toString().replaceAll("[^A-Za-z0-9]+", ".");
        }

        @Override
        public String toString() {
            return rule + " " + what;
        }
    }

    private PlantedMistakes() {
    }

    static List<Mistake> all() {
        return List.of(
                new Mistake("O14", "cancel is allowed at sign-off", LIFECYCLE,
                        "case CancelPublish cancel when facts.running(Phase.AT_SIGN_OFF)",
                        "case CancelPublish cancel when facts.running(Phase.AFTER_SIGN_OFF)"),
                new Mistake("O13", "cancel needs no confirmation", LIFECYCLE,
                        "case CancelPublish cancel when !cancel.confirmed() -> unconfirmed(Rule.V35, "
                                + "\"cancel publishing\");", ""),
                new Mistake("O32", "submit is allowed while the stop is pending", LIFECYCLE,
                        "case SubmitOffer submit when facts.stopPending()",
                        "case SubmitOffer submit when facts.stopPending() && facts.stopped()"),
                new Mistake("O17", "any submission may be signed off", LIFECYCLE,
                        "seen != facts.submission()", "seen > facts.submission()"),
                new Mistake("O21", "a draft is deleted while it is being published", LIFECYCLE,
                        "case DeleteDraft delete when facts.activeRun().isPresent()",
                        "case DeleteDraft delete when facts.running(Phase.AFTER_SIGN_OFF)"),
                new Mistake("O22", "an offer on sale can be deleted", LIFECYCLE,
                        "case DeleteDraft delete when facts.onSale()",
                        "case DeleteDraft delete when facts.onSale() && !facts.stopPending()"),
                new Mistake("O30", "selling stops during a run", LIFECYCLE,
                        "case StopSellingOffer stop when facts.running(Phase.BEFORE_SIGN_OFF) || facts.running(Phase.AFTER_SIGN_OFF)",
                        "case StopSellingOffer stop when facts.running(Phase.AFTER_SIGN_OFF)"),
                new Mistake("D37", "a deleted id that was live is free again", LIFECYCLE,
                        "case CreateOffer create when facts.everLive()",
                        "case CreateOffer create when facts.everLive() && facts.onSale()"),
                new Mistake("B14", "the id of a plan that was live is free again", PLANS,
                        "inDraft || offer.sales().plans().containsKey(create.planId())", "inDraft"),
                new Mistake("P16", "a plan is stopped during a run", LIFECYCLE,
                        "case StopSellingPlan stop when facts.activeRun().isPresent()",
                        "case StopSellingPlan stop when facts.running(Phase.BEFORE_SIGN_OFF)"),
                new Mistake("B29", "a plan whose stop is pending can be deleted", LIFECYCLE,
                        "offer.planState(delete.planId()) == PlanState.STOP_SELL_PENDING",
                        "facts.activeRun().isPresent()"),
                new Mistake("B3", "nobody may speak of a deleted offer", LIFECYCLE,
                        "case Command.ByCustomer customer -> true;", "case Command.ByCustomer customer -> false;"),
                new Mistake("V32", "the draft version is not looked at", ENGINE,
                        "facts.exists() && expected != facts.revision()",
                        "facts.exists() && expected > facts.revision()"),
                new Mistake("B44", "the offer's clock runs back", ENGINE,
                        "Instant now = later(appendedAt, facts.clock()); // B44", "Instant now = appendedAt;"),
                new Mistake("B43", "the offer's stop comes before the plans'", ENGINE,
                        "Stream.of(syncs, plans, whole)", "Stream.of(syncs, whole, plans)"),
                new Mistake("B43", "stops come before the syncs of audiences", ENGINE,
                        "Stream.of(syncs, plans, whole)", "Stream.of(plans, whole, syncs)"),
                new Mistake("B12", "a sync publishes what is saved when it takes effect", STATE,
                        ": new Event.AudienceSynced(sold, sync.revision());", ": new Event.AudienceSynced(sold, facts.revision());"),
                new Mistake("B12", "a sync includes plans that are not sold any more", STATE,
                        "sync.planIds().stream().filter(this::isForSale).toList()", "sync.planIds()"),
                new Mistake("B12", "the list of a sync is forgotten before it takes effect", "domain/state/Audiences.java",
                        "state.pendingSync(planId).ifPresent(sync -> numbers.add(sync.revision()));", ""),
                new Mistake("A4", "a plan is synced twice at a time", "domain/PrivateAudiences.java",
                        "offer.audienceChanged(planId) && !syncing.contains(planId)", "offer.audienceChanged(planId)"),
                new Mistake("A10", "an edit hides that a sync is going on", "domain/state/OfferState.java",
                        "if (pendingSync(planId).isPresent()) {", "if (pendingSync(planId).filter(sync -> "
                                + "sync.revision() == facts.revision()).isPresent()) {"),
                new Mistake("A11", "a failed sync is not shown", "domain/state/Audiences.java",
                        "next.audience(planId).failed(true)", "next.audience(planId).failed(false)"),
                new Mistake("B43", "what is due at the very instant comes after", ENGINE,
                        "!found.at().isAfter(now)", "found.at().isBefore(now)"),
                new Mistake("B41", "a dry run is taken for a repeat", ENGINE,
                        "if (ask.validateOnly()) {", "if (false) {"),
                new Mistake("B41", "a dry run is remembered", REMEMBERING,
                        "|| entry.ask().get().validateOnly() ||", "||"),
                new Mistake("B40", "refusals are not remembered", REMEMBERING,
                        "Optional.of(new FirstAnswer(Result.REJECTED, Optional.of(rejected.reason()), draftVersion));",
                        "Optional.empty();"),
                new Mistake("V31", "other content under the same id is a repeat", ENGINE,
                        "known.digest() == ask.digest()", "known.digest() != 1"),
                new Mistake("B13", "ids do not survive the deletion", EVOLUTION,
                        "to.setup = Setup.NONE;", "to.setup = Setup.NONE; to.commands = AnswerMemory.EMPTY;"),
                new Mistake("B13", "submission numbers start again", EVOLUTION,
                        "to.setup = Setup.NONE;", "to.setup = Setup.NONE; to.submission = 0;"),
                new Mistake("B42", "a save that changes nothing is a new version", PLANS,
                        "if (known && after.equals(before)", "if (known && false"),
                new Mistake("V33", "a result of another submission counts", PUBLISHING,
                        "run.submission() == result.submission()", "run.submission() >= result.submission()"),
                new Mistake("B1", "a step of the first phase passes for one of the second", PUBLISHING,
                        "run.step().name().equals(result.step())",
                        "run.step().name().endsWith(result.step())"),
                new Mistake("B2", "a validator signs off", PUBLISHING,
                        "&& run.step() != Step.PUBLISHER_SIGN_OFF &&", "&&"),
                new Mistake("O8", "a superseded submission keeps its place", PUBLISHING,
                        "facts.submission() + 1, facts.revision()",
                        "facts.submission() + (facts.activeRun().isPresent() ? 0 : 1), facts.revision()"),
                new Mistake("D14", "a run works on the draft instead of its snapshot", EVOLUTION,
                        "run.revision(), at), live.version())", "ended.facts().revision(), at), live.version())"),
                new Mistake("D15", "a cancelled relist is live again", EVOLUTION,
                        "case Event.PublishCancelled cancelled -> end(state, cancelled.submission(), Run.State.CANCELLED, at);",
                        "case Event.PublishCancelled cancelled -> keepRows(end(state, cancelled.submission(), "
                                + "Run.State.CANCELLED, at), end(state, cancelled.submission(), Run.State.CANCELLED, at)"
                                + ".facts().change(to -> to.stop = Optional.empty()));"),
                new Mistake("O31", "what waits for sign-off is not withdrawn", STOPPING,
                        "offer.facts().activeRun().ifPresent(run ->",
                        "offer.facts().activeRun().filter(run -> run.submission() < 0).ifPresent(run ->"),
                new Mistake("B46", "a stop takes effect before the delay", STOPPING,
                        "notBefore.filter(later -> later.isAfter(soonest))", "notBefore"),
                // Looking for LIVE ones among the draft's plans, or all, finds the same: LIVE plans are in every list.
                new Mistake("D7", "the last plan may be stopped if a draft is left", STOPPING,
                        "return offer.sales().plans().keySet().stream()\n                .noneMatch(other -> "
                                + "!other.equals(planId) && offer.planState(other) == PlanState.LIVE)",
                        "return offer.plans().plans().keySet().stream().noneMatch(other -> !other.equals(planId) && "
                                + "(offer.planState(other) == PlanState.LIVE || offer.planState(other) == PlanState.DRAFT))"),
                new Mistake("D7", "a plan whose stop is pending counts as another one", STOPPING,
                        "offer.planState(other) == PlanState.LIVE)", "offer.planState(other) != PlanState.NOT_SOLD)"),
                new Mistake("B10", "a plan is stopped although the offer is going to be", STOPPING,
                        "case LIVE -> offer.facts().stopPending() ?", "case LIVE -> offer.facts().stopped() ?"),
                new Mistake("D11", "customers are frozen one version too low", SELLING,
                        "new Row.EpochKey(Optional.of(planId), sale.epoch()), new Row.EndedEpoch(facts.liveVersion())",
                        "new Row.EpochKey(Optional.of(planId), sale.epoch()), new Row.EndedEpoch(Math.max(1, facts.liveVersion() - 1))"),
                new Mistake("P14", "a relist revives an untouched plan", SELLING,
                        "boolean again = plan.mark() == PlanMark.MARKED && plan.revision() > sale.stoppedAt().get();",
                        "boolean again = plan.mark() == PlanMark.MARKED || relisting;"),
                new Mistake("D33", "an opted out plan comes back", SELLING,
                        "return relisting && plan.mark() == PlanMark.OPTED_OUT",
                        "return relisting && plan.mark() == PlanMark.OPTED_OUT && !plan.hidden() && false"),
                new Mistake("B6", "a mark is read when the offer goes live", SELLING,
                        "state.plansAt(live.revision()) : Row.Overview.NONE", "state.plans() : Row.Overview.NONE"),
                new Mistake("B8", "what was said before a stop undoes it", SELLING,
                        "return plan == null || plan.mark() == PlanMark.NONE ? overview",
                        "return plan == null || plan.mark() != null ? overview"),
                new Mistake("B9", "a plan's stop outlives the offer's", SELLING,
                        "for (String planId : state.facts().planStops().keySet()) {",
                        "for (String planId : List.<String>of()) {"),
                new Mistake("B4", "a publish may sell no plan", SELLING,
                        "boolean nothing = facts.everLive()", "boolean nothing = facts.epoch() < 0"),
                // Not planted: counting a plan whose stop is pending as one that would be on sale. It can show nowhere: while
                // a plan's stop is pending the offer is on sale and another plan is LIVE (the request asked for one, D7; a
                // LIVE plan goes only by a stop that asks again, by the offer's, which ends all pending ones (B9), and never
                // by a publish or a deletion, P7), and that one would be on sale. What shows is D7's half of it, above.
                new Mistake("O26", "a failure is not cleared when selling stops", SELLING,
                        "to.run = failed.isPresent() ? Optional.empty() : facts.run();", ""),
                new Mistake("S30", "a relisted offer stays off sale", SELLING,
                        "to.stop = Optional.empty(); // S30", "to.stop = before.stop(); // S30"),
                new Mistake("B11", "a mark that has done its work is still a change", SELLING,
                        "return withoutMarks(new OfferState(state.key(), facts, rows), snapshot);",
                        "return new OfferState(state.key(), facts, rows);"),
                new Mistake("E7", "a frozen customer gets updates after a relist", STATE,
                        "Optional<Long> withOffer = had.offerEpoch() < facts.epoch() || !facts.onSale()",
                        "Optional<Long> withOffer = !facts.onSale()"),
                new Mistake("E10", "a second freeze overwrites the first", STATE,
                        ".min(Long::compare) // E10", ".max(Long::compare) // E10"),
                new Mistake("D32", "a removal misses frozen customers", STATE,
                        "if (had.revocations() < facts.revocations()) {",
                        "if (had.revocations() < facts.revocations() && facts.onSale()) {"),
                new Mistake("D35", "a failed update takes the offer off sale", FACTS,
                        "return exists && live.isPresent() && !stopped();",
                        "return exists && live.isPresent() && !stopped() && status() != Status.ATTENTION_NEEDED;"),
                new Mistake("R5", "a removal is completed while the offer is on sale", REMOVALS,
                        "if (to == State.COMPLETED && offer.facts().onSale()) {",
                        "if (to == State.COMPLETED && offer.facts().status() == Status.LIVE) {"),
                new Mistake("R2", "two removal requests are open", REMOVALS,
                        "removal.state().open()", "removal.state() == State.SUBMITTED"),
                new Mistake("E14", "a revoked customer counts as one who never bought", CUSTOMERS,
                        "reject(Rule.E14, Reason.ENTITLEMENT_REVOKED,", "reject(Rule.E14, Reason.NOT_ENTITLED,"),
                new Mistake("B15", "buying again is a second purchase", CUSTOMERS,
                        "case ACTIVE -> Decision.serve(Rule.B15, version);",
                        "case ACTIVE -> Decision.serve(Rule.B15, version, acquired);"),
                new Mistake("S35", "a sync publishes other drafts", EVOLUTION,
                        "case Event.AudienceSynced synced -> Audiences.synced(state, synced);",
                        "case Event.AudienceSynced synced -> keepRows(Audiences.synced(state, synced), Audiences.synced("
                                + "state, synced).facts().change(to -> to.live = facts.live().map(live -> new Live("
                                + "live.submission(), facts.revision(), live.since()))));"),
                new Mistake("A12", "a sync is undone by the run that goes live", "domain/state/Audience.java",
                        "long from = Math.max(number, synced);",
                        "long from = stamps.size() > 1 && number != Long.MAX_VALUE && number > synced - 3 ? number : "
                                + "Math.max(number, synced);"),
                new Mistake("A14", "the draft's audience may buy", STATE,
                        "|| isIn(planId, liveAudience(planId), id));", "|| isIn(planId, savedAudience(planId), id));"),
                new Mistake("B21", "a first type of id is synced", "domain/PrivateAudiences.java",
                        "if (!firstOfType.isEmpty()) {", "if (firstOfType.size() > 9) {"),
                new Mistake("B20", "the audience of a plan that the draft turns public is closed", "domain/PrivateAudiences.java",
                        "? offer.isPublishedPrivate(planId) : isPrivate(offer, planId)); // D25, B31",
                        "? offer.isPublishedPrivate(planId) && isPrivate(offer, planId) && offer.plans().plans()"
                                + ".get(planId).hidden() : isPrivate(offer, planId)); // D25, B31"),
                new Mistake("A3", "the last one can be taken out of an audience", "domain/PrivateAudiences.java",
                        "orElseThrow().members() == 1", "orElseThrow().members() == 0"),
                new Mistake("B34", "a refused chunk leaves the import open", EVOLUTION,
                        "droppedImport(entry).map(planId -> Audiences.dropped(told, planId)).orElse(told)", "told"),
                new Mistake("B11", "what is edited during the first run is forgotten", "domain/state/Audiences.java",
                        "before.live().equals(after.live())\n                && before.activeRun().map(Run::revision)"
                                + ".equals(after.activeRun().map(Run::revision))",
                        "numbers(before).equals(numbers(after))"),
                new Mistake("O20", "the storefront forgets an offer that is relisted", "topology/outputs/Storefronts.java",
                        "if (fewer || moment.happened(Event.OfferWentLive.class)) {",
                        "if (fewer || moment.happened(Event.OfferWentLive.class) && moment.before().facts().stop().isEmpty()) {"),
                new Mistake("P10", "the storefront keeps a plan that is stopped", "topology/outputs/Storefronts.java",
                        "boolean fewer = moment.happened(Event.PlanSellingStopped.class) && moment.after().facts().onSale();",
                        "boolean fewer = false;"),
                new Mistake("B47", "an offer's stop is announced for each plan", "topology/outputs/Notifications.java",
                        ".map(Projected::of).ifPresent(letters::add);",
                        ".map(Projected::of).ifPresent(letter -> letters.addAll(what.event() instanceof "
                                + "Event.SellingStopped ? List.of(letter, letter) : List.of(letter)));"),
                new Mistake("E11", "the rows of plans forget what was sold of a deleted offer", "topology/outputs/PlanRows.java",
                        "return offer.sales().plans().containsKey(planId) ?", "return offer.facts().epoch() < 0 ?"));
    }
}
