package io.offerflow.notifier;

import io.offerflow.avro.Recipients;
import io.offerflow.avro.Subscription;
import io.offerflow.avro.SubscriptionState;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.notifier.DestinationIndex.FilteredDestination;
import io.offerflow.notifier.delivery.Destination;
import io.offerflow.notifier.delivery.DestinationSource;
import io.offerflow.notifier.delivery.Destinations;
import io.offerflow.notifier.directory.Directory;
import io.offerflow.notifier.directory.DirectoryEditor;
import io.offerflow.notifier.directory.DirectoryRules;
import io.offerflow.notifier.mail.MailAddresses;
import io.offerflow.notifier.mail.MailSender;
import io.offerflow.notifier.webhook.WebhookSender;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes destinations of recipients and subscriptions. */
final class NotifierDestinations implements DestinationSource {

    /** What the ids of recipients begin with. */
    static final String MAIL = "mail:";
    /** What the ids of webhooks begin with. */
    static final String WEBHOOK = "webhook:";

    private static final Logger LOG = LoggerFactory.getLogger(NotifierDestinations.class);

    private final NotifierConfig config;
    private final Supplier<Directory> directories;
    private final Optional<MailSender> mail;
    private final WebhookSender webhooks;
    private final DirectoryEditor editor;
    private final Destination.Receiver mailServer;
    /** Subscriptions whose receivers answered 410, until the topic says so. */
    private final Map<String, Subscription> ended = new HashMap<>();
    private Optional<Directory> built = Optional.empty();
    private Destinations current;

    /** @param mail empty if no mail is sent */
    NotifierDestinations(NotifierConfig config, Supplier<Directory> directories, Optional<MailSender> mail,
            WebhookSender webhooks, DirectoryEditor editor) {
        this.config = config;
        this.directories = directories;
        this.mail = mail;
        this.webhooks = webhooks;
        this.editor = editor;
        this.mailServer = new Destination.Receiver("mail", config.mailRate(), config.mailConnections());
        this.current = current();
    }

    @Override
    public synchronized Destinations current() {
        Directory now = directories.get();
        if (built.filter(known -> known == now).isEmpty()) {
            built = Optional.of(now);
            ended.entrySet().removeIf(one -> now.subscriptions().get(one.getKey()) != one.getValue());
            current = index(now);
        }
        return current;
    }

    @Override
    public synchronized void end(Destination destination, String answer) {
        String id = destination.id().substring(WEBHOOK.length());
        Directory now = built.orElseThrow();
        Optional.ofNullable(now.subscriptions().get(id)).ifPresent(row -> ended.put(id, row));
        current = index(now);
        LOG.warn("subscription {} has ended: its receiver answered {}", id, answer);
        Thread.ofVirtual().start(() -> {
            try {
                editor.end(id, answer);
            } catch (RuntimeException e) {
                LOG.warn("cannot write the end of subscription {}: {}; its next event is answered in the same way", id,
                        e.getMessage());
            }
        });
    }

    private Destinations index(Directory directory) {
        List<FilteredDestination> all = new ArrayList<>();
        mail.ifPresent(sender -> directory.recipients().values().forEach(row -> row.getAddresses().forEach(address ->
                all.add(new FilteredDestination(recipient(sender, row, address), Optional.of(row.getPublisherId()),
                        Optional.empty())))));
        directory.subscriptions().values().stream().filter(row -> !hasEnded(row)).forEach(row ->
                all.add(new FilteredDestination(webhook(row), Optional.ofNullable(row.getPublisherId()),
                        Optional.ofNullable(row.getOfferId()))));
        return new DestinationIndex(all, directory.recipients().keySet(), mail.flatMap(sender ->
                config.mailFallback().map(template -> fallback(sender, template, directory.recipients().keySet()))));
    }

    private boolean hasEnded(Subscription row) {
        return row.getState() == SubscriptionState.ENDED || ended.containsKey(row.getSubscriptionId());
    }

    private Destination recipient(MailSender sender, Recipients row, String address) {
        return mail(row.getPublisherId(), address, row.getSince(), sender.to(MailAddresses.parse(address),
                Optional.ofNullable(row.getLanguage()).map(Locale::forLanguageTag), row.getKinds()));
    }

    private Destination mail(String publisherId, String address, Instant since, Destination.EventSender sender) {
        return new Destination(MAIL + publisherId + ":" + address, mailServer, Set.of(Topic.NOTIFICATIONS), since,
                false, Optional.empty(), Optional.empty(), sender);
    }

    private Destination webhook(Subscription row) {
        String id = WEBHOOK + row.getSubscriptionId();
        List<String> secrets = Stream.of(Optional.of(row.getSecret()), Optional.ofNullable(row.getOtherSecret()))
                .flatMap(Optional::stream).toList();
        int rate = Optional.ofNullable(row.getMaxPerSecond()).orElse(config.webhookRate());
        return new Destination(id, new Destination.Receiver(id, rate, config.webhooksInFlight()),
                Set.copyOf(DirectoryRules.topics(row)), row.getSince(), row.getState() == SubscriptionState.PAUSED,
                Optional.ofNullable(row.getReplay()).map(replay -> new Destination.ReplayRequest(replay.getReplayId(),
                        replay.getFrom(), replay.getRequestedAt())),
                Optional.ofNullable(row.getTest()).map(test -> new Destination.TestRequest(test.getTestId(),
                        test.getRequestedAt())),
                webhooks.to(URI.create(row.getUrl()), row.getKinds(), secrets));
    }

    private DestinationIndex.Fallback fallback(MailSender sender, String template, Set<String> listed) {
        return new DestinationIndex.Fallback() {
            @Override
            public Optional<Destination> of(String publisherId) {
                return OfferKey.parse(publisherId + "/o").map(key -> template.replace("{publisher}", publisherId))
                        .map(address -> mail(publisherId, address, Instant.EPOCH,
                                sender.to(MailAddresses.parse(address), Optional.empty(), List.of())));
            }

            @Override
            public Optional<Destination> find(String id) {
                return Optional.of(id).filter(text -> text.startsWith(MAIL) && text.indexOf(':', MAIL.length()) > 0)
                        .map(text -> text.substring(MAIL.length(), text.indexOf(':', MAIL.length())))
                        .filter(publisher -> !listed.contains(publisher)).flatMap(this::of)
                        .filter(made -> made.id().equals(id));
            }
        };
    }
}
