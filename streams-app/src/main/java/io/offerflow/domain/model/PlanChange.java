package io.offerflow.domain.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of a plan: the given fields are replaced, the named ones become empty, all others stay (B25).
 *
 * @param given the fields to change
 * @param clear names of fields to make empty
 */
public record PlanChange(Value.Struct given, List<String> clear) {

    /** The language of every plan (S13, V11). */
    public static final String LANGUAGE = "en-US";

    /** The plan after the change; one whose language is not named is in the one that plans have (B69). */
    public Value.Struct applyTo(Value.Struct plan) {
        Map<String, Value> fields = new LinkedHashMap<>(plan.fields());
        clear.forEach(fields::remove);
        fields.putAll(given.fields());
        fields.putIfAbsent("language", new Value.Text(LANGUAGE));
        return new Value.Struct(fields);
    }
}
