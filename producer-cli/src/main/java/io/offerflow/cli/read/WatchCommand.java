package io.offerflow.cli.read;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Notification;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Storefront;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader.Start;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.cli.render.DurationOption;
import io.offerflow.cli.render.EventNarrator;
import io.offerflow.cli.render.InstantOption;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.render.RecordFormat;
import io.offerflow.cli.render.StorefrontCache;
import io.offerflow.cli.render.TargetStatus;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What happens, as it happens. */
@Command(name = "watch", description = {"Tell what happens to one offer or all of them, one line a change, until"
    + " Ctrl-C.",
    "Reads the topics that the service writes, so a broker and the registry are all it needs."})
public final class WatchCommand implements Callable<Integer> {

    private static final List<Topic> TOPICS = List.of(Topic.COMMAND_OUTCOMES, Topic.OFFER_STATUS, Topic.PLAN_STATUS,
            Topic.STOREFRONT, Topic.NOTIFICATIONS, Topic.QUARANTINE);
    private static final int USUAL_KEY = 24;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private OutputOption output;

    @Parameters(arity = "0..1", paramLabel = "PUBLISHER/OFFER", description = "Only this offer.")
    private Optional<String> offer;

    @Option(names = "--from", paramLabel = "INSTANT", converter = InstantOption.class, description = "Begin with what"
            + " happened then, such as -15m, instead of what comes next.")
    private Optional<Instant> from;

    @Option(names = "--exit-at-end", description = "End when what has happened so far has been told.")
    private boolean exitAtEnd;

    @Option(names = "--until", paramLabel = "STATE", description = "End when the offer is there:"
            + " ${COMPLETION-CANDIDATES}; with 1 if its run fails instead. Shows its state only.")
    private Optional<TargetStatus> goal;

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "1h", converter = DurationOption.class,
            description = "With --until: how long at most; then it ends with 4 (${DEFAULT-VALUE} unless told).")
    private Duration timeout;

    private final StorefrontCache shelf = new StorefrontCache();
    private final Map<Topic, RecordFormat> formats = new EnumMap<>(Topic.class);
    private long now;

    @Override
    public Integer call() throws Exception {
        Cluster cluster = connection.connect(TOPICS);
        PrintWriter out = spec.commandLine().getOut();
        if (goal.isPresent()) {
            String key = offer.orElseThrow(() -> new picocli.CommandLine.ParameterException(spec.commandLine(),
                    "--until needs an offer to wait for."));
            return StatusWaiter.await(cluster, key, goal.get(), 0, timeout, out,
                    spec.commandLine().getErr());
        }
        AvroDecoder decoder = new AvroDecoder(cluster.registry());
        TOPICS.forEach(topic -> formats.put(topic, new RecordFormat(topic, cluster.registry(), Terminal.PLAIN)));
        EventNarrator story = new EventNarrator(out, Terminal.detect(), offer.map(String::length).orElse(USUAL_KEY),
                () -> InstantOption.shown(Instant.ofEpochMilli(now)));
        Start start = from.<Start>map(Start.At::new).orElseGet(Start.Now::new);
        try (TopicReader reader = new TopicReader(cluster, TOPICS, start)) {
            if (exitAtEnd) {
                reader.stopAtEnd();
            }
            UntilInterrupted.run(() -> reader.run(record -> {
                if (wanted(record)) {
                    show(out, story, decoder, record);
                }
                return !out.checkError();
            }, () -> shelf.news().forEach((key, sentence) -> {
                if (output.forPeople()) {
                    story.plans(key, sentence);
                }
            })), reader::stop);
        }
        return ExitCode.DONE;
    }

    private boolean wanted(ConsumerRecord<byte[], byte[]> record) {
        Optional<String> key = RecordFormat.key(record);
        return offer.isEmpty() || key.filter(text -> text.equals(offer.get()) || text.startsWith(offer.get() + "/"))
                .isPresent();
    }

    private void show(PrintWriter out, EventNarrator story, AvroDecoder decoder, ConsumerRecord<byte[], byte[]> record) {
        Topic topic = Topic.named(record.topic()).orElseThrow();
        if (!output.forPeople()) {
            output.item(out, formats.get(topic).json(record));
            return;
        }
        now = record.timestamp();
        String key = RecordFormat.key(record).orElse("(no key)");
        Optional<IndexedRecord> value = Optional.ofNullable(record.value()).map(bytes -> decoder.decode(topic, bytes));
        switch (topic) {
            case OFFER_STATUS -> story.status(key, value.map(OfferStatus.class::cast));
            case PLAN_STATUS -> shelf.plan(key, value.map(PlanStatus.class::cast));
            case STOREFRONT -> story.storefront(key, value.map(Storefront.class::cast));
            case COMMAND_OUTCOMES -> value.ifPresent(outcome -> story.outcome(key, (CommandOutcome) outcome));
            case NOTIFICATIONS -> value.ifPresent(mail -> story.notification(key, (Notification) mail));
            case QUARANTINE -> value.ifPresent(bad -> story.quarantined(key, (QuarantinedRecord) bad));
            default -> throw new IllegalStateException("not watched: " + topic);
        }
    }
}
