package io.offerflow.cli.render;

import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The end of a command's help: what the service decides about it, and an example.
 *
 * @param rules the rules that the command meets, in the order of the lifecycle
 * @param reasons the reasons for which the service may refuse it, besides those that every command shares
 * @param example arguments, as they are typed after the verb
 */
public record CommandHelp(List<Rule> rules, List<Reason> reasons, String example) {

    /** Help that has to be filled in. */
    public static final CommandHelp EMPTY = new CommandHelp(List.of(), List.of(), "");

    /** The same with these rules. */
    public CommandHelp meets(Rule... all) {
        return new CommandHelp(List.of(all), reasons, example);
    }

    /** The same with these reasons. */
    public CommandHelp refusedAs(Reason... all) {
        return new CommandHelp(rules, List.of(all), example);
    }

    /** The same with this example. */
    public CommandHelp example(String arguments) {
        return new CommandHelp(rules, reasons, arguments);
    }

    /** The lines below the options. */
    public String[] footer(String verb) {
        List<String> lines = new ArrayList<>(List.of("", "Rules:"));
        rules.forEach(rule -> lines.add("  %s: %s".formatted(rule.id(), rule.sentence())));
        if (!reasons.isEmpty()) {
            lines.add("Refused as " + reasons.stream().map(Reason::name).collect(Collectors.joining(", ")) + ".");
        }
        lines.addAll(List.of("", "For example: offerflow " + verb + " " + example));
        return lines.toArray(String[]::new);
    }
}
