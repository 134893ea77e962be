package io.offerflow.domain.rules;

import io.offerflow.domain.model.Limits;
import io.offerflow.domain.model.PlanChange;
import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules for complete plans: domain.md 6.3, V10–V19 and V24. Problems make a plan incomplete, never refuse a save.
 */
public final class PlanCompletenessRules {

    /** Maximum problems of one plan that are kept. */
    static final int MAX_PROBLEMS = 5;

    private static final List<String> PRICING_MODELS = List.of("FLAT_RATE", "PER_USER");
    private static final List<String> VISIBILITIES = List.of("PUBLIC", "PRIVATE");
    private static final List<String> TERMS = List.of("MONTHLY", "ANNUAL");
    private static final List<String> FIELDS = List.of("alias", "language", "name", "description", "markets",
            "pricingModel", "terms", "seatsMin", "seatsMax", "visibility", "freeTrial", "meteredDimensions");

    private final Limits limits;

    public PlanCompletenessRules(Limits limits) {
        this.limits = limits;
    }

    /**
     * The format error of a change; empty if there is none. The language is not checked here: it has its own refusal
     * (S13).
     */
    public Optional<FormatError> formatError(PlanChange change) {
        Value.Struct given = change.given();
        return change.clear().stream().flatMap(name -> unknown(name.equals("audience") ? Rule.B23 : Rule.B25, "clear",
                        FIELDS, Optional.of(name)).stream()).findFirst()
                .or(() -> unknown(Rule.V14, "pricingModel", PRICING_MODELS, given.text("pricingModel")))
                .or(() -> unknown(Rule.V18, "visibility", VISIBILITIES, given.text("visibility")))
                .or(() -> given.items("terms").stream().flatMap(term -> unknown(Rule.V15, "terms.term", TERMS,
                        field(term, "term")).stream()).findFirst())
                .or(() -> wrongPrice(Rule.V15, given, "terms"))
                .or(() -> wrongPrice(Rule.V24, given, "meteredDimensions"))
                .or(() -> given.text("alias").filter(alias -> length(alias) > limits.planAlias())
                        .map(alias -> new FormatError(Rule.V3,
                                RootLocaleText.format("the alias has %d characters, more than %d",
                                length(alias), limits.planAlias()))));
    }

    /**
     * The problems that keep a plan from being complete.
     *
     * @param published the live version of the plan, if there is one
     * @param hasAudience whether its saved audience has a member
     */
    public List<Problem> problems(String planId, Value.Struct plan, Optional<Value.Struct> published,
            boolean hasAudience) {
        FieldValidator fields =
                FieldValidator.of(SectionId.PLAN_OVERVIEW, RootLocaleText.format("plans[%s].", planId), plan);
        fields.required("name").atMost("name", limits.planName()) // V10
                .atMost("description", limits.planDescription()) // optional (B76)
                .count("markets", 1, limits.markets()) // V13
                .required("pricingModel").required("visibility")
                .count("terms", 1, TERMS.size()) // V15
                .each("terms", term -> term.required("term").required("price")
                        .text("price", price -> new BigDecimal(price).signum() >= 0, "at least 0"))
                .count("meteredDimensions", 0, limits.meteredDimensions()) // V24
                .each("meteredDimensions",
                        meter -> meter.required("id").required("name").required("unit").required("price"));
        if (names(plan, "terms", "term").size() < plan.items("terms").size()) {
            fields.problem("terms", "each term once", "a term twice");
        }
        seats(fields);
        if (plan.flag("freeTrial") && !plan.items("meteredDimensions").isEmpty()) {
            fields.problem("freeTrial", "no free trial together with metered dimensions", "both"); // V24
        }
        if (plan.text("visibility").equals(Optional.of("PRIVATE")) && !hasAudience) {
            fields.problem("audience", "at least one member of a private plan's audience", "none"); // V19
        }
        published.ifPresent(live -> changes(fields, live));
        return fields.problems(MAX_PROBLEMS);
    }

    /** V17, B59. */
    private static void seats(FieldValidator fields) {
        Value.Struct plan = fields.struct();
        if (plan.text("pricingModel").equals(Optional.of("PER_USER"))) {
            fields.atLeast("seatsMin", 1);
            if (number(plan, "seatsMin", 1) > number(plan, "seatsMax", Long.MAX_VALUE)) {
                fields.problem("seatsMin", RootLocaleText.format("at most seatsMax, %d", number(plan, "seatsMax", 0)),
                        Long.toString(number(plan, "seatsMin", 1)));
            }
        } else if (plan.text("pricingModel").isPresent()
                && (plan.get("seatsMin").isPresent() || plan.get("seatsMax").isPresent())) {
            fields.problem("seatsMin", "no seats on a plan that is not sold per user", "seats");
        }
    }

    /** Changes that break a promise of the published plan: V14, V15, V18, V24, D22; prices may change (D23, V16). */
    private static void changes(FieldValidator fields, Value.Struct live) {
        Value.Struct plan = fields.struct();
        live.text("pricingModel").filter(model -> !plan.text("pricingModel").equals(Optional.of(model)))
                .ifPresent(model -> fields.problem("pricingModel", model + ", as it was published",
                        plan.text("pricingModel").orElse("nothing")));
        names(live, "terms", "term").stream().filter(term -> !names(plan, "terms", "term").contains(term))
                .forEach(term ->
                        fields.problem("terms", RootLocaleText.format("the term %s, which was published", term),
                        "nothing"));
        if (live.text("visibility").equals(Optional.of("PUBLIC"))
                && plan.text("visibility").equals(Optional.of("PRIVATE"))) {
            fields.problem("visibility", "PUBLIC, as it was published", "PRIVATE");
        }
        if (live.flag("freeTrial") && !plan.flag("freeTrial")) {
            fields.problem("freeTrial", "the free trial, which was published", "none");
        }
    }

    private static Set<String> names(Value.Struct plan, String list, String name) {
        return plan.items(list).stream().flatMap(item -> field(item, name).stream()).collect(Collectors.toSet());
    }

    private static Optional<FormatError> wrongPrice(Rule rule, Value.Struct given, String list) {
        return given.items(list).stream().flatMap(item -> field(item, "price").stream())
                .filter(price -> !price.matches("-?\\d{1,9}(\\.\\d{1,4})?")).findFirst()
                .map(price -> new FormatError(rule,
                        RootLocaleText.format("%s.price is \"%s\", not a decimal number of US dollars "
                        + "such as 49.00", list, price)));
    }

    private static Optional<FormatError> unknown(Rule rule, String path, List<String> known, Optional<String> given) {
        return given.filter(name -> !known.contains(name))
                .map(name -> FormatError.unknownName(rule, path, known, name));
    }

    private static Optional<String> field(Value item, String name) {
        return item instanceof Value.Struct struct ? struct.text(name) : Optional.empty();
    }

    private static long number(Value.Struct plan, String name, long fallback) {
        return plan.get(name).orElse(Value.EMPTY) instanceof Value.Int given ? given.number() : fallback;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
