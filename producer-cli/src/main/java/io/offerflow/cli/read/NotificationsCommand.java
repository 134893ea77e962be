package io.offerflow.cli.read;

import io.offerflow.avro.Notification;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.render.InstantOption;
import io.offerflow.contract.Topic;
import io.offerflow.contract.notification.NotificationMessage;
import io.offerflow.contract.notification.NotificationTexts;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a portal would send as an e-mail. */
@Command(name = "notifications", description = "Show what publishers are told, as letters, oldest first; they are kept"
        + " for 30 days.")
public final class NotificationsCommand extends RecordsCommand<Notification> {

    @Parameters(arity = "0..1", paramLabel = "PUBLISHER/OFFER", description = "Only those about this offer.")
    private Optional<String> offer;

    @Option(names = "--locale", paramLabel = "TAG", description = "Language of the letters, such as en or fr; that of"
            + " each notification unless told.")
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
    String human(ConsumerRecord<byte[], byte[]> record, Notification mail, Terminal terminal) {
        NotificationMessage letter = locale.map(Locale::forLanguageTag).map(tag -> NotificationTexts.render(mail, tag))
                .orElseGet(() -> NotificationTexts.render(mail));
        return "%s  to %s%n%s%n%s%n".formatted(terminal.paint(Style.FAINT, InstantOption.shown(mail.getOccurredAt())),
                mail.getPublisherId(), terminal.paint(Style.STRONG, letter.subject()),
                letter.text().indent(2).stripTrailing());
    }
}
