package io.offerflow.notifier.directory;

import io.offerflow.avro.Recipients;
import io.offerflow.avro.Subscription;
import java.util.Map;

/**
 * Recipients and subscriptions at one time.
 *
 * @param recipients by publisher
 * @param subscriptions by id
 */
public record Directory(Map<String, Recipients> recipients, Map<String, Subscription> subscriptions) {

    public Directory {
        recipients = Map.copyOf(recipients);
        subscriptions = Map.copyOf(subscriptions);
    }
}
