package io.offerflow.simulation.paper;

import io.offerflow.domain.Command;
import io.offerflow.domain.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Rows R1–R7: removing an offer from the customers who have it. */
final class PaperRemovals {

    private static final Set<String> OPEN = Set.of("SUBMITTED", "IN_PROGRESS", "WAITING_FOR_PUBLISHER"); // B18

    private PaperRemovals() {
    }

    static Verdict request(Sheet sheet, Command.RequestRemoval request, Instant now, List<Reply.Notice> notices) {
        if (!request.problemType().equals(sheet.type.name())) {
            return Verdict.no(Reason.WRONG_PROBLEM_TYPE);
        }
        if (!request.category().equals("REMOVE_A_PUBLISHED_OFFER")) {
            return Verdict.no(Reason.WRONG_CATEGORY);
        }
        if (!sheet.everLive) {
            return Verdict.no(Reason.NEVER_PUBLISHED); // R1
        }
        if (!sheet.removals.isEmpty() && OPEN.contains(sheet.removals.getLast())) {
            return Verdict.no(Reason.REQUEST_ALREADY_OPEN); // R2
        }
        sheet.removals.add("SUBMITTED");
        return told(sheet, sheet.removals.size(), now, notices);
    }

    static Verdict answer(Sheet sheet, Command.AnswerRemoval answer, Instant now, List<Reply.Notice> notices) {
        return move(sheet, answer.request(), Set.of("WAITING_FOR_PUBLISHER"), "IN_PROGRESS", now, notices);
    }

    static Verdict withdraw(Sheet sheet, Command.WithdrawRemoval withdraw, Instant now, List<Reply.Notice> notices) {
        return move(sheet, withdraw.request(), OPEN, "WITHDRAWN", now, notices); // R6
    }

    static Verdict support(Sheet sheet, Command.BySupport decision, Instant now, List<Reply.Notice> notices) {
        return switch (decision) {
            case Command.TakeRemovalRequest take ->
                    move(sheet, take.request(), Set.of("SUBMITTED"), "IN_PROGRESS", now, notices); // R3
            case Command.AskPublisher ask ->
                    move(sheet, ask.request(), Set.of("IN_PROGRESS"), "WAITING_FOR_PUBLISHER", now, notices); // R4
            case Command.RejectRemoval refuse -> move(sheet, refuse.request(), OPEN, "REJECTED", now, notices); // R6
            case Command.CompleteRemoval complete -> complete(sheet, complete, now, notices);
        };
    }

    /** R5, B17: only while nothing is on sale. */
    private static Verdict complete(Sheet sheet, Command.CompleteRemoval complete, Instant now,
            List<Reply.Notice> notices) {
        boolean inProgress = known(sheet, complete.request()) && state(sheet, complete.request()).equals("IN_PROGRESS");
        if (inProgress && sheet.onSale()) {
            return Verdict.no(Reason.STILL_ON_SALE);
        }
        Verdict verdict = move(sheet, complete.request(), Set.of("IN_PROGRESS"), "COMPLETED", now, notices);
        if (verdict.equals(Verdict.OK)) {
            PaperSelling.revoke(sheet); // E13
        }
        return verdict;
    }

    private static Verdict move(Sheet sheet, long request, Set<String> from, String to, Instant now,
            List<Reply.Notice> notices) {
        if (!known(sheet, request)) {
            return Verdict.no(Reason.REQUEST_NOT_FOUND); // B32
        }
        if (!from.contains(state(sheet, request))) {
            return Verdict.no(Reason.REQUEST_STATE);
        }
        sheet.removals.set((int) request - 1, to);
        return told(sheet, request, now, notices);
    }

    private static Verdict told(Sheet sheet, long request, Instant now, List<Reply.Notice> notices) {
        notices.add(new Reply.Notice("REMOVAL_PROGRESS", request + " " + state(sheet, request), now)); // N11
        return Verdict.OK;
    }

    private static boolean known(Sheet sheet, long request) {
        return request >= 1 && request <= sheet.removals.size();
    }

    private static String state(Sheet sheet, long request) {
        return sheet.removals.get((int) request - 1);
    }
}
