package io.offerflow.cli.replay;

import io.offerflow.cli.console.ExitCode;
import io.offerflow.contract.Topic;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.write.Republish;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Outputs, made again. */
@Command(name = "republish", description = {"Make output topics again from the journal: the same keys and values, the"
    + " original time in ce_time, and a header offerflow-replayed-from.",
    "For new consumers, a topic that was lost, or an output that is made in another way now."},
        footer = {"", "Reads: offer-journal.", "Writes, with --execute: PREFIX... topics, which have to be empty; without"
            + " a prefix the outputs themselves, with the service stopped. All in one transaction: readers of committed"
            + " records see all of it or nothing.", "",
            "offerflow replay republish --topics offer-status,plan-status --to-prefix again- --execute"})
final class RepublishCommand extends ReplayVerb {

    @Option(names = "--topics", paramLabel = "TOPIC,...", split = ",", required = true,
            description = "The outputs; all but the journal and quarantine can be made again.")
    private List<String> topics;

    @Option(names = "--to-prefix", paramLabel = "PREFIX", defaultValue = "",
            description = "Write topics of the same names behind this prefix.")
    private String prefix;

    @Option(names = "--application-id", defaultValue = "offerflow",
            description = "The service's application.id, which has to be stopped if there is no prefix (${DEFAULT-VALUE}).")
    private String applicationId;

    @Option(names = "--locale", defaultValue = "en",
            description = "The service's notification.locale, for notifications (${DEFAULT-VALUE}).")
    private String locale;

    @Option(names = "--execute", description = "Write. Otherwise it is only counted and told.")
    private boolean execute;

    @Override
    int run(KafkaReplayCluster clients, ReplayOptions options) throws Exception {
        Republish republish = new Republish(clients, options);
        Republish.RepublishRequest order = new Republish.RepublishRequest(chosen(), prefix, applicationId, Locale.forLanguageTag(locale));
        Map<Topic, Long> made = execute ? republish.run(order) : republish.plan(order);
        order.topics().forEach(topic -> out().printf("%-28s %12d%n", prefix + topic.topicName(),
                made.getOrDefault(topic, 0L)));
        out().flush();
        err().println(execute ? "Written." : "Nothing was written: that takes --execute.");
        err().flush();
        return ExitCode.DONE;
    }

    private Set<Topic> chosen() {
        Set<Topic> chosen = EnumSet.noneOf(Topic.class);
        topics.forEach(name -> chosen.add(Topic.named(name.strip()).filter(Republish.republishable()::contains).orElseThrow(
                () -> usage("%s cannot be made again; those that can are %s", name,
                        String.join(", ", Republish.republishable().stream().map(Topic::topicName).toList())))));
        return chosen;
    }
}
