package io.offerflow.cli.verb;

import io.offerflow.cli.audience.AudienceFiles;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine;

/** All commands of the contract, as verbs of the command line. */
public final class Verbs {

    private static final Map<String, String> GROUPS = Map.of(
            "offer", "Send commands about an offer: create it, save its sections, publish it, stop selling it.",
            "offer save", "Save one section of the draft.",
            "plan", "Send commands about a plan.",
            "audience", "Send commands about the audience of a private plan; export it to a file, import it from one.",
            "step", "Send results in place of the systems that validate, certify and publish.",
            "step report", "Report the result of a step.",
            "customer", "Send requests in place of a customer.",
            "support", "Request that customers lose an offer, and decide on these requests.",
            "support decide", "Send decisions of the support desk.");

    private Verbs() {
    }

    static List<CommandVerb> all() {
        return Stream.concat(OfferVerbs.all().stream(), PlanAndSupportVerbs.all().stream()).toList();
    }

    /**
     * Adds all of them, in groups.
     *
     * @param needed whether a word may be on the command line. It takes time to create the options of a verb, so a
     *     verb whose words are not there has its description only.
     */
    public static void addTo(CommandLine root, Predicate<String> needed) {
        for (CommandVerb verb : all()) {
            CommandLine parent = root;
            for (int depth = 1; depth < verb.path().size(); depth++) {
                parent = group(parent, verb.path().subList(0, depth));
            }
            parent.addSubcommand(verb.name(), verb.path().stream().allMatch(needed) ? VerbCommand.spec(verb)
                    : VerbCommand.outline(verb));
        }
        AudienceFiles.addTo(root.getSubcommands().get("audience"));
    }

    private static CommandLine group(CommandLine parent, List<String> path) {
        CommandLine known = parent.getSubcommands().get(path.getLast());
        if (known != null) {
            return known;
        }
        CommandSpec spec = CommandSpec.create().name(path.getLast());
        spec.usageMessage().description(GROUPS.get(String.join(" ", path))).synopsisSubcommandLabel("COMMAND");
        CommandLine group = new CommandLine(spec);
        parent.addSubcommand(path.getLast(), group);
        return parent.getSubcommands().get(path.getLast());
    }
}
