package io.offerflow.cli.replay;

import io.offerflow.cli.console.ApplicationIdOption;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes output topics again. */
@Command(name = "republish", description = {"Write output topics again from the journal: the same keys and values, the"
    + " original time in ce_time, and a header offerflow-replayed-from.",
    "For new consumers, for a topic that was lost, or after a change of how an output is made."},
        footer = {"", "Reads: offer-journal.", "Writes, with --execute: PREFIX... topics, which have to be empty;"
            + " without a prefix the outputs themselves, with the service stopped. It is one transaction: readers of"
            + " committed records see all of it or nothing.", "",
            "offerflow replay republish --topics offer-status,plan-status --to-prefix again- --execute"})
final class RepublishCommand extends ReplayVerb {

    @Option(names = "--topics", paramLabel = "TOPIC,...", split = ",", required = true,
            description = "The outputs: all but the journal and quarantine are possible.")
    private List<String> topics;

    @Option(names = "--to-prefix", paramLabel = "PREFIX", defaultValue = "",
            description = "Write topics whose names start with this prefix.")
    private String prefix;

    @Mixin
    private ApplicationIdOption application;

    @Option(names = "--locale", defaultValue = "en",
            description = "The service's notification.locale, for notifications (${DEFAULT-VALUE}).")
    private String locale;

    @Mixin
    private ExecuteOption execute;

    @Override
    int run(KafkaReplayCluster clients, ReplayOptions options) throws Exception {
        Republish republish = new Republish(clients, options);
        Republish.RepublishRequest request = new Republish.RepublishRequest(chosen(), prefix, application.id(),
                Locale.forLanguageTag(locale));
        Map<Topic, Long> counts = execute.isGiven() ? republish.run(request) : republish.plan(request);
        request.topics().forEach(topic -> out().printf("%-28s %12d%n", prefix + topic.topicName(),
                counts.getOrDefault(topic, 0L)));
        out().flush();
        tell(execute.isGiven() ? "Written." : ExecuteOption.NOTHING_WRITTEN);
        return ExitCode.DONE;
    }

    private Set<Topic> chosen() {
        Set<Topic> chosen = EnumSet.noneOf(Topic.class);
        topics.forEach(name -> chosen.add(Topic.named(name.strip()).filter(Republish.republishable()::contains)
                .orElseThrow(
                () -> usage("%s cannot be republished; those that can are %s", name,
                        String.join(", ", Republish.republishable().stream().map(Topic::topicName).toList())))));
        return chosen;
    }
}
