package io.offerflow.domain.state.row;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The sales of the plans that were ever live. */
public record PlanSalesRow(SortedMap<String, PlanSale> plans) implements StateRow {

    public static final PlanSalesRow NONE = new PlanSalesRow(new TreeMap<>());

    public PlanSalesRow {
        plans = Collections.unmodifiableSortedMap(new TreeMap<>(plans));
    }

    public PlanSalesRow with(String planId, PlanSale sale) {
        SortedMap<String, PlanSale> more = new TreeMap<>(plans);
        more.put(planId, sale);
        return new PlanSalesRow(more);
    }
}
