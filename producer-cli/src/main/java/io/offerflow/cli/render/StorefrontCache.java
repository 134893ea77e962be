package io.offerflow.cli.render;

import io.offerflow.avro.PlanState;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.Storefront;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What there is to buy of each offer: its plans as they stand, and what customers see. Used by one thread. */
public final class StorefrontCache {

    private final Map<String, Map<String, PlanStatus>> plans = new TreeMap<>();
    private final Map<String, String> told = new TreeMap<>();

    /** A row of a plan, or nothing for one that is gone; its key is the offer's and the plan's id. */
    public void plan(String key, Optional<PlanStatus> row) {
        int end = key.lastIndexOf('/');
        Map<String, PlanStatus> ofOffer = plans.computeIfAbsent(key.substring(0, end), offer -> new TreeMap<>());
        row.ifPresentOrElse(status -> ofOffer.put(key.substring(end + 1), status),
                () -> ofOffer.remove(key.substring(end + 1)));
    }

    /** What is to be said of plans, by offer, and was not said the last time. */
    public Map<String, String> news() {
        Map<String, String> news = new TreeMap<>();
        plans.forEach((offer, rows) -> {
            String now = sentence(rows.values());
            if (!now.equals(told.put(offer, now))) {
                news.put(offer, now);
            }
        });
        return news;
    }

    /** How plans stand, in one line: "3 plans live, 1 of them private". */
    public static String sentence(Collection<PlanStatus> plans) {
        long onSale = plans.stream().filter(PlanStatus::getOnSale).count();
        long hidden = plans.stream().filter(plan -> plan.getOnSale() && Boolean.TRUE.equals(plan.getPrivateOnSale()))
                .count();
        long edited = plans.stream().filter(plan -> plan.getOnSale() && plan.getUnpublishedChanges()).count();
        long drafts = plans.stream().filter(plan -> plan.getState() == PlanState.DRAFT).count();
        long stopped = plans.size() - onSale - drafts;
        long unfinished = plans.stream().filter(plan -> !plan.getProblems().isEmpty()).count();
        List<String> parts = new ArrayList<>();
        if (onSale > 0) {
            parts.add(count(onSale, "plan") + " live");
        }
        part(parts, hidden, "%d of them private");
        part(parts, edited, "%d edited since");
        if (stopped > 0) {
            parts.add(count(stopped, "plan") + " no longer sold");
        }
        if (drafts > 0) {
            parts.add(count(drafts, "plan") + " in the draft");
        }
        part(parts, unfinished, "%d with something to mend");
        return parts.isEmpty() ? "no plans left" : String.join(", ", parts);
    }

    /** What customers see of an offer. */
    public static String sentence(Storefront shown) {
        String offered = shown.getTransactable() ? "with " + count(shown.getPlans().size(), "plan")
                : "leading to the publisher";
        return "version %d %s".formatted(shown.getVersion(), offered)
                + (shown.getTestDrive() == null ? "" : " and a test drive");
    }

    private static void part(List<String> parts, long number, String sentence) {
        if (number > 0) {
            parts.add(sentence.formatted(number));
        }
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
