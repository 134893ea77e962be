package io.offerflow.cli.notify;

import io.offerflow.avro.Delivery;
import io.offerflow.avro.Notification;
import io.offerflow.avro.Recipients;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.render.InstantOption;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.notifier.directory.DirectoryEditor;
import io.offerflow.replay.write.Republish;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains for each notification of an offer who received it, or why a recipient did not. */
@Command(name = "explain", description = "Explain for each notification of an offer who received it, and why others did"
        + " not.", footer = {"", "Reads notifications, which are kept for 30 days, recipients and deliveries."})
final class RecipientsExplainCommand extends DirectoryVerb {

    @Parameters(paramLabel = "PUBLISHER/OFFER", description = "The offer.")
    private String offer;

    private final Terminal terminal = Terminal.detect();

    @Override
    List<Topic> topics() {
        return List.of(Topic.RECIPIENTS, Topic.SUBSCRIPTIONS, Topic.NOTIFICATIONS, Topic.DELIVERIES);
    }

    @Override
    int run(Cluster cluster, DirectoryEditor editor) {
        String publisher = OfferKey.parse(offer).map(OfferKey::publisherId).orElseThrow(() ->
                new IllegalArgumentException("\"%s\" is not PUBLISHER/OFFER".formatted(offer)));
        Optional<Recipients> recipients = Optional.ofNullable(editor.read().recipients().get(publisher));
        Map<String, Delivery> deliveries = DeliveryRows.read(cluster, Optional.of(offer));
        AvroDecoder decoder = new AvroDecoder(cluster.registry());
        try (TopicReader reader = new TopicReader(cluster, List.of(Topic.NOTIFICATIONS),
                new TopicReader.Start.Beginning(), Optional.of(offer))) {
            reader.stopAtEnd();
            reader.run(record -> {
                if (record.key() != null && record.value() != null
                        && new String(record.key(), StandardCharsets.UTF_8).equals(offer)) {
                    explain(record, (Notification) decoder.decode(Topic.NOTIFICATIONS, record.value()), publisher,
                            recipients, deliveries);
                }
                return true;
            });
        }
        out().flush();
        return ExitCode.DONE;
    }

    private void explain(ConsumerRecord<byte[], byte[]> record, Notification notification, String publisher,
            Optional<Recipients> recipients, Map<String, Delivery> deliveries) {
        out().println("%s  %s".formatted(terminal.paint(Style.FAINT,
                InstantOption.shown(notification.getOccurredAt())),
                terminal.paint(Style.STRONG, notification.getTemplate().name())));
        String event = Optional.ofNullable(record.headers().lastHeader("ce_id"))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8)).orElse("");
        deliveries.values().stream().filter(row -> row.getEventId().equals(event))
                .sorted(Comparator.comparing(Delivery::getDestination)).forEach(row -> out().println(
                "    %s  %s".formatted(row.getDestination(), terminal.paint(DeliveryRows.isFailed(row) ? Style.BAD
                        : Style.GOOD, DeliveryRows.words(row)))));
        List<String> others = recipients.map(Recipients::getAddresses).orElse(List.of()).stream()
                .filter(address -> !deliveries.containsKey("mail:%s:%s/%s".formatted(publisher, address, event)))
                .toList();
        others.forEach(address -> out().println("    mail:%s:%s  %s".formatted(publisher, address,
                why(record, notification, recipients.orElseThrow()))));
        if (recipients.isEmpty()) {
            out().println("    %s has no recipients; see `offerflow recipients set`".formatted(publisher));
        }
    }

    private static String why(ConsumerRecord<byte[], byte[]> record, Notification notification, Recipients recipients) {
        if (record.headers().lastHeader(Republish.HEADER) != null) {
            return "not sent: an operator republished it";
        }
        if (Instant.ofEpochMilli(record.timestamp()).isBefore(recipients.getSince())) {
            return "not sent: the publisher has recipients since " + InstantOption.shown(recipients.getSince());
        }
        if (!recipients.getKinds().isEmpty() && !recipients.getKinds().contains(notification.getTemplate().name())) {
            return "not sent: only %s are chosen".formatted(String.join(", ", recipients.getKinds()));
        }
        return "not sent yet, or its row is older than 30 days; is the notifier running?";
    }
}
