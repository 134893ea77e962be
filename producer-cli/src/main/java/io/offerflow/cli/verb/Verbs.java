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
            "offer", "Ask something of an offer: create it, save its sections, publish it, stop selling it.",
            "offer save", "Save one section of the draft.",
            "plan", "Ask something of a plan.",
            "audience", "Ask something of the audience of a private plan; export it, and import it again.",
            "step", "Speak for the systems that validate, certify and publish.",
            "step report", "Say what became of a step.",
            "customer", "Ask something for a customer.",
            "support", "Ask for an offer to be removed from its customers, and decide that.",
            "support decide", "Decide for the support desk.");

    private Verbs() {
    }

    static List<CommandVerb> all() {
        return Stream.concat(OfferVerbs.all().stream(), PlanAndSupportVerbs.all().stream()).toList();
    }

    /**
     * Adds them all, in groups.
     *
     * @param needed whether a word may be on the command line. Making the options of a verb takes time, so those
     *     whose words are not there are only listed with their description.
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
