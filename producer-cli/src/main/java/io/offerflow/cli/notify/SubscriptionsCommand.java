package io.offerflow.cli.notify;

import io.offerflow.avro.Delivery;
import io.offerflow.avro.Subscription;
import io.offerflow.avro.SubscriptionState;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.render.InstantOption;
import io.offerflow.cli.render.JsonOutline;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.render.TextTable;
import io.offerflow.contract.Topic;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.notifier.directory.DirectoryEditor;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** The group of the verbs for webhooks. */
@Command(name = "subscriptions", description = "Have events sent to webhooks.", synopsisSubcommandLabel = "VERB",
        subcommands = {SubscriptionsCommand.SubscriptionsSetCommand.class,
            SubscriptionsCommand.SubscriptionsListCommand.class, SubscriptionsCommand.SubscriptionsShowCommand.class,
            SubscriptionsCommand.SubscriptionsTestCommand.class, SubscriptionsCommand.SubscriptionsReplayCommand.class,
            SubscriptionsCommand.SubscriptionsPauseCommand.class,
            SubscriptionsCommand.SubscriptionsResumeCommand.class,
            SubscriptionsCommand.SubscriptionsRemoveCommand.class},
        footer = {"", "docs/notifier.md is the guide."})
public final class SubscriptionsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which verb?");
    }

    /** A verb for one subscription. */
    abstract static class SubscriptionVerb extends DirectoryVerb {
        @Parameters(paramLabel = "ID", description = "The subscription.")
        private String id;

        String id() {
            return id;
        }

        String destination() {
            return "webhook:" + id;
        }
    }

    /** Creates or changes a subscription. */
    @Command(name = "set", description = "Create a subscription, or change one.", footer = {"",
        "The secret is a reference: env:NAME is the variable WEBHOOK_SECRET_NAME of the notifier, file:NAME a file in"
            + " its directory of secrets. During a rotation give both; each event then has two signatures.",
        "For example: offerflow subscriptions set search --url https://search.example/hook"
            + " --topic offer-status,storefront --publisher contoso --secret env:SEARCH"})
    static final class SubscriptionsSetCommand extends SubscriptionVerb {

        @Option(names = "--url", paramLabel = "URL", required = true, description = "Where events are sent.")
        private String url;

        @Option(names = "--topic", paramLabel = "TOPIC,...", split = ",", required = true,
                description = "Topics whose records are sent.")
        private List<String> topics;

        @Option(names = "--publisher", paramLabel = "PUBLISHER", description = "Only about this publisher.")
        private Optional<String> publisher;

        @Option(names = "--offer", paramLabel = "OFFER", description = "Only about this offer of the publisher.")
        private Optional<String> offer;

        @Option(names = "--kind", paramLabel = "KIND,...", split = ",", description = "Only these kinds, such as"
                + " OFFER_LIVE or REJECTED.")
        private List<String> kinds = List.of();

        @Option(names = "--secret", paramLabel = "REFERENCE", required = true,
                description = "Where the notifier finds the secret: env:NAME or file:NAME.")
        private String secret;

        @Option(names = "--other-secret", paramLabel = "REFERENCE", description = "The other secret of a rotation.")
        private Optional<String> otherSecret;

        @Option(names = "--max-per-second", paramLabel = "N", description = "Most events per second of one notifier.")
        private Optional<Integer> rate;

        @Override
        int run(Cluster cluster, DirectoryEditor editor) {
            Subscription row = editor.setSubscription(Subscription.newBuilder().setSubscriptionId(id()).setUrl(url)
                    .setTopics(topics).setPublisherId(publisher.orElse(null)).setOfferId(offer.orElse(null))
                    .setKinds(kinds).setSecret(secret).setOtherSecret(otherSecret.orElse(null))
                    .setMaxPerSecond(rate.orElse(null)).setSince(Instant.EPOCH).setState(SubscriptionState.ACTIVE)
                    .build());
            say("%s: %s is sent to %s, from %s on (%s)".formatted(id(), String.join(", ", topics), url,
                    InstantOption.shown(row.getSince()), row.getState()));
            return ExitCode.DONE;
        }
    }

    /** Lists all subscriptions. */
    @Command(name = "list", description = "List the subscriptions.")
    static final class SubscriptionsListCommand extends DirectoryVerb {

        @Mixin
        private OutputOption output;

        @Override
        int run(Cluster cluster, DirectoryEditor editor) {
            TextTable table = new TextTable("");
            new TreeMap<>(editor.read().subscriptions()).forEach((id, row) -> {
                if (output.forPeople()) {
                    table.row(row.getState() == SubscriptionState.ACTIVE ? Style.GOOD : Style.WAITING, List.of(id,
                            row.getState().name(), String.join(", ", row.getTopics()), row.getUrl()));
                } else {
                    output.item(out(), AvroJson.write(row));
                }
            });
            table.print(out(), Terminal.detect(), 1);
            output.end(out());
            return ExitCode.DONE;
        }
    }

    /** Shows one subscription with its newest deliveries. */
    @Command(name = "show", description = "Show a subscription and its newest deliveries, the newest last.")
    static final class SubscriptionsShowCommand extends SubscriptionVerb {

        private static final int NEWEST = 20;

        @Override
        List<Topic> topics() {
            return List.of(Topic.RECIPIENTS, Topic.SUBSCRIPTIONS, Topic.DELIVERIES);
        }

        @Override
        int run(Cluster cluster, DirectoryEditor editor) {
            Subscription row = Optional.ofNullable(editor.read().subscriptions().get(id())).orElseThrow(() ->
                    new CliFailure(ExitCode.FAILURE, "There is no subscription %s.".formatted(id())));
            JsonOutline.lines(AvroJson.write(row)).forEach(out()::println);
            Collection<Delivery> all = DeliveryRows.read(cluster, Optional.empty()).values();
            List<Delivery> own = all.stream().filter(one -> one.getDestination().equals(destination())).toList();
            own.stream().skip(Math.max(0, own.size() - NEWEST)).forEach(one -> out().println("  %s  %s  %s".formatted(
                    one.getEventId(), one.getKey(), DeliveryRows.words(one))));
            out().flush();
            return ExitCode.DONE;
        }
    }

    /** Sends a test event and waits for the answer. */
    @Command(name = "test", description = "Have the notifier send a test event, and show what the receiver answers.")
    static final class SubscriptionsTestCommand extends SubscriptionVerb {

        private static final Duration PATIENCE = Duration.ofSeconds(30);

        @Override
        List<Topic> topics() {
            return List.of(Topic.RECIPIENTS, Topic.SUBSCRIPTIONS, Topic.DELIVERIES);
        }

        @Override
        int run(Cluster cluster, DirectoryEditor editor) throws InterruptedException {
            String key = destination() + "/" + editor.test(id()).getTest().getTestId();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline) {
                Optional<Delivery> row = Optional.ofNullable(DeliveryRows.read(cluster, Optional.empty()).get(key));
                if (row.isPresent()) {
                    say(id() + ": " + DeliveryRows.words(row.get()));
                    return DeliveryRows.isFailed(row.get()) ? ExitCode.FAILURE : ExitCode.DONE;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
            throw new CliFailure(ExitCode.TIMED_OUT, "No notifier sent the event within %d s. Does one run, and is the"
                    .formatted(PATIENCE.toSeconds()) + " subscription active?");
        }
    }

    /** Has events sent again. */
    @Command(name = "replay", description = "Have the events from a time on sent again, in their order, as long as"
            + " their topics have them.", footer = {"", "Events that wait from that time on are sent with them, once."})
    static final class SubscriptionsReplayCommand extends SubscriptionVerb {

        @Option(names = "--from", paramLabel = "INSTANT", required = true,
                description = "Such as 2026-03-01T09:30:00Z, 2026-03-01 or -15m.",
                converter = InstantOption.class)
        private Instant from;

        @Override
        int run(Cluster cluster, DirectoryEditor editor) {
            editor.replay(id(), from);
            say("%s: events from %s on are sent again".formatted(id(), InstantOption.shown(from)));
            return ExitCode.DONE;
        }
    }

    /** Has events wait. */
    @Command(name = "pause", description = "Have the events of a subscription wait.")
    static final class SubscriptionsPauseCommand extends SubscriptionVerb {
        @Override
        int run(Cluster cluster, DirectoryEditor editor) {
            editor.setState(id(), SubscriptionState.PAUSED);
            say(id() + ": events wait");
            return ExitCode.DONE;
        }
    }

    /** Has events sent again after a pause or an end. */
    @Command(name = "resume", description = "Have events sent again, after a pause or after the receiver ended the"
            + " subscription. Events since its end need a replay.")
    static final class SubscriptionsResumeCommand extends SubscriptionVerb {
        @Override
        int run(Cluster cluster, DirectoryEditor editor) {
            editor.setState(id(), SubscriptionState.ACTIVE);
            say(id() + ": events are sent");
            return ExitCode.DONE;
        }
    }

    /** Removes a subscription. */
    @Command(name = "remove", description = "Remove a subscription; events that wait are not sent.")
    static final class SubscriptionsRemoveCommand extends SubscriptionVerb {
        @Override
        int run(Cluster cluster, DirectoryEditor editor) {
            boolean known = editor.read().subscriptions().containsKey(id());
            editor.removeSubscription(id());
            say(known ? id() + " is removed" : "there was no subscription " + id());
            return ExitCode.DONE;
        }
    }
}
