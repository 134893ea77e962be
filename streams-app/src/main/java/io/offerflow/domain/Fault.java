package io.offerflow.domain;

import io.offerflow.contract.NameSuggester;
import java.util.List;

/**
 * What is wrong with the form of something.
 *
 * @param rule that it breaks
 * @param met what was met, as the end of a sentence
 */
public record Fault(Rule rule, String met) {

    /** A name that is not in its closed list. */
    public static Fault unknownName(Rule rule, String path, List<String> known, String name) {
        return new Fault(rule, Texts.format("%s is \"%s\"; did you mean %s? Known are %s", path, name,
                NameSuggester.nearest(name, known), String.join(", ", known)));
    }
}
