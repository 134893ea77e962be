package io.offerflow.simulation.model;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Rows R1–R7: removing an offer from the customers who have it. */
final class ModelRemovals {

    private static final Set<String> OPEN = Set.of("SUBMITTED", "IN_PROGRESS", "WAITING_FOR_PUBLISHER"); // B18

    private ModelRemovals() {
    }

    static Verdict request(ModelState state, Command.RequestRemoval request, Instant now, List<Reply.Notice> notices) {
        if (!request.problemType().equals(state.type.name())) {
            return Verdict.no(Reason.WRONG_PROBLEM_TYPE);
        }
        if (!request.category().equals("REMOVE_A_PUBLISHED_OFFER")) {
            return Verdict.no(Reason.WRONG_CATEGORY);
        }
        if (!state.everLive) {
            return Verdict.no(Reason.NEVER_PUBLISHED); // R1
        }
        if (!state.removals.isEmpty() && OPEN.contains(state.removals.getLast())) {
            return Verdict.no(Reason.REQUEST_ALREADY_OPEN); // R2
        }
        state.removals.add("SUBMITTED");
        return told(state, state.removals.size(), now, notices);
    }

    static Verdict answer(ModelState state, Command.AnswerRemoval answer, Instant now, List<Reply.Notice> notices) {
        return move(state, answer.request(), Set.of("WAITING_FOR_PUBLISHER"), "IN_PROGRESS", now, notices);
    }

    static Verdict withdraw(ModelState state, Command.WithdrawRemoval withdraw, Instant now,
            List<Reply.Notice> notices) {
        return move(state, withdraw.request(), OPEN, "WITHDRAWN", now, notices); // R6
    }

    static Verdict support(ModelState state, Command.BySupport decision, Instant now, List<Reply.Notice> notices) {
        return switch (decision) {
            case Command.TakeRemovalRequest take ->
                    move(state, take.request(), Set.of("SUBMITTED"), "IN_PROGRESS", now, notices); // R3
            case Command.AskPublisher question ->
                    move(state, question.request(), Set.of("IN_PROGRESS"), "WAITING_FOR_PUBLISHER", now, notices); // R4
            case Command.RejectRemoval refuse -> move(state, refuse.request(), OPEN, "REJECTED", now, notices); // R6
            case Command.CompleteRemoval complete -> complete(state, complete, now, notices);
        };
    }

    /** R5, B17: only while nothing is on sale. */
    private static Verdict complete(ModelState state, Command.CompleteRemoval complete, Instant now,
            List<Reply.Notice> notices) {
        boolean inProgress = known(state, complete.request()) && state(state, complete.request()).equals("IN_PROGRESS");
        if (inProgress && state.onSale()) {
            return Verdict.no(Reason.STILL_ON_SALE);
        }
        Verdict verdict = move(state, complete.request(), Set.of("IN_PROGRESS"), "COMPLETED", now, notices);
        if (verdict.equals(Verdict.OK)) {
            ModelSelling.revoke(state); // E13
        }
        return verdict;
    }

    private static Verdict move(ModelState state, long request, Set<String> from, String to, Instant now,
            List<Reply.Notice> notices) {
        if (!known(state, request)) {
            return Verdict.no(Reason.REQUEST_NOT_FOUND); // B32
        }
        if (!from.contains(state(state, request))) {
            return Verdict.no(Reason.REQUEST_STATE);
        }
        state.removals.set((int) request - 1, to);
        return told(state, request, now, notices);
    }

    private static Verdict told(ModelState state, long request, Instant now, List<Reply.Notice> notices) {
        notices.add(new Reply.Notice("REMOVAL_PROGRESS", request + " " + state(state, request), now)); // N11
        return Verdict.OK;
    }

    private static boolean known(ModelState state, long request) {
        return request >= 1 && request <= state.removals.size();
    }

    private static String state(ModelState state, long request) {
        return state.removals.get((int) request - 1);
    }
}
