package io.offerflow.notifier.directory;

import io.offerflow.avro.Recipients;
import io.offerflow.avro.Subscription;
import io.offerflow.contract.NameSuggester;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.notifier.mail.MailAddresses;
import io.offerflow.notifier.sending.EventKinds;
import io.offerflow.notifier.webhook.WebhookSecrets;
import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks recipients and subscriptions before they are written, and when they are read; the messages are for people. */
public final class DirectoryRules {

    /** The topics whose records can be sent to webhooks: all outputs that are about an offer and bear an event id. */
    public static final List<Topic> SUBSCRIBABLE = Topic.outputs().stream()
            .filter(topic -> topic.readers().contains(Topic.Role.NOTIFIER)).toList();

    /** Most addresses of a publisher. */
    static final int MOST_ADDRESSES = 20;
    /** Longest URL of a webhook. */
    static final int LONGEST_URL = 2_000;
    private static final int MOST_PER_SECOND = 10_000;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,49}");

    private DirectoryRules() {
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    public static void check(Recipients row) {
        publisher(row.getPublisherId());
        require(!row.getAddresses().isEmpty() && row.getAddresses().size() <= MOST_ADDRESSES,
                "expected 1 to %d addresses, but met %d", MOST_ADDRESSES, row.getAddresses().size());
        row.getAddresses().forEach(MailAddresses::parse);
        require(Set.copyOf(row.getAddresses()).size() == row.getAddresses().size(), "an address is listed twice");
        Optional.ofNullable(row.getLanguage()).ifPresent(DirectoryRules::language);
        kinds(row.getKinds(), List.of(Topic.NOTIFICATIONS));
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    public static void check(Subscription row) {
        id(row.getSubscriptionId());
        url(row.getUrl());
        List<String> known = SUBSCRIBABLE.stream().map(Topic::topicName).toList();
        require(!row.getTopics().isEmpty(), "expected at least one topic of %s", String.join(", ", known));
        row.getTopics().forEach(topic -> known("topic", topic, known));
        Optional.ofNullable(row.getPublisherId()).ifPresent(DirectoryRules::publisher);
        Optional.ofNullable(row.getOfferId()).ifPresent(offer -> {
            require(row.getPublisherId() != null, "an offer needs its publisher");
            require(ID.matcher(offer).matches(), "\"%s\" is not the id of an offer", offer);
        });
        kinds(row.getKinds(), topics(row));
        Stream.of(Optional.of(row.getSecret()), Optional.ofNullable(row.getOtherSecret())).flatMap(Optional::stream)
                .forEach(secret -> require(WebhookSecrets.isReference(secret), "expected a reference to a secret,"
                        + " env:NAME or file:NAME, but met something else, which is not shown"));
        Optional.ofNullable(row.getMaxPerSecond()).ifPresent(rate -> require(rate >= 1 && rate <= MOST_PER_SECOND,
                "expected 1 to %d events per second, but met %d", MOST_PER_SECOND, rate));
    }

    /** The topics of a subscription. */
    public static List<Topic> topics(Subscription row) {
        return row.getTopics().stream().flatMap(name -> Topic.named(name).stream()).toList();
    }

    /** @throws IllegalArgumentException if it cannot be the id of a subscription */
    public static void id(String id) {
        require(ID.matcher(id).matches(), "\"%s\" is not the id of a subscription; expected up to 50 lower-case"
                + " letters, digits, _ and -", id);
    }

    private static void publisher(String publisher) {
        require(OfferKey.parse(publisher + "/o").filter(key -> key.publisherId().equals(publisher)).isPresent(),
                "\"%s\" is not the id of a publisher", publisher);
    }

    private static void language(String tag) {
        require(Set.of(Locale.getISOLanguages()).contains(Locale.forLanguageTag(tag).getLanguage()),
                "\"%s\" is not a language; expected a tag such as en or fr-CA", tag);
    }

    private static void url(String text) {
        require(text.length() <= LONGEST_URL, "the URL has %d characters; at most %d are allowed", text.length(),
                LONGEST_URL);
        Optional<URI> url = Optional.empty();
        try {
            url = Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            // said below
        }
        require(url.filter(uri -> ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                        && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null)
                .isPresent(), "expected an https URL without user and fragment, but met \"%s\"",
                text.replaceAll("//[^/@]*@", "//…@"));
    }

    private static void kinds(Collection<String> kinds, Collection<Topic> topics) {
        Set<String> known = EventKinds.of(topics);
        new HashSet<>(kinds).forEach(kind -> known("kind", kind, known));
    }

    private static void known(String what, String given, Collection<String> known) {
        require(known.contains(given), "there is no %s %s; expected some of %s%s", what, given,
                String.join(", ", known), NameSuggester.closest(given, known)
                        .map(name -> "; did you mean " + name + "?").orElse(""));
    }

    private static void require(boolean holds, String sentence, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(sentence.formatted(values));
        }
    }
}
