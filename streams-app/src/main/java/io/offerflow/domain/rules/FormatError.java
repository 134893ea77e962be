package io.offerflow.domain.rules;

import io.offerflow.contract.NameSuggester;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.model.Rule;
import java.util.List;

/**
 * An error in the format of an argument.
 *
 * @param rule that it breaks
 * @param met what was found, as the end of a sentence
 */
public record FormatError(Rule rule, String met) {

    /** A name that is not in its closed list. */
    public static FormatError unknownName(Rule rule, String path, List<String> known, String name) {
        return new FormatError(rule, RootLocaleText.format("%s is \"%s\"; did you mean %s? Known are %s", path, name,
                NameSuggester.nearest(name, known), String.join(", ", known)));
    }
}
