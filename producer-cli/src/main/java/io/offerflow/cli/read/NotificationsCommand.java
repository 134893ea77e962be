package io.offerflow.cli.read;

import io.offerflow.avro.Notification;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.render.InstantOption;
import io.offerflow.contract.Topic;
import io.offerflow.contract.notification.NotificationMessage;
import io.offerflow.contract.notification.NotificationTexts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows notifications as the e-mails that a portal would send. */
@Command(name = "notifications", description = "Show the notifications of publishers as e-mails, oldest first; they are"
        + " kept for 30 days.")
public final class NotificationsCommand extends RecordsCommand<Notification> {

    @Parameters(arity = "0..1", paramLabel = "PUBLISHER/OFFER", description = "Only those of this offer.")
    private Optional<String> offer;

    @Option(names = "--locale", paramLabel = "TAG", description = "Language of the e-mails, such as en or fr"
            + " (the language of each notification).")
    private Optional<String> locale;

    public NotificationsCommand() {
        super(Topic.NOTIFICATIONS, Notification.class);
    }

    @Override
    Optional<String> offer() {
        return offer;
    }

    @Override
    boolean wanted(Notification notification) {
        return true;
    }

    @Override
    List<String> human(ConsumerRecord<byte[], byte[]> record, Notification notification, Terminal terminal) {
        NotificationMessage message = locale.map(Locale::forLanguageTag)
                .map(tag -> NotificationTexts.render(notification, tag))
                .orElseGet(() -> NotificationTexts.render(notification));
        return Stream.of(Stream.of("%s  to %s".formatted(
                        terminal.paint(Style.FAINT, InstantOption.shown(notification.getOccurredAt())),
                        notification.getPublisherId()), terminal.paint(Style.STRONG, message.subject())),
                message.text().lines().map(line -> line.isEmpty() ? "" : "  " + line), Stream.of(""))
                .flatMap(lines -> lines).toList();
    }
}
