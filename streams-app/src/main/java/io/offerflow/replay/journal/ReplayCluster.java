package io.offerflow.replay.journal;

import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.RootLocaleText;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the clients that a replay uses; the caller closes them. */
public interface ReplayCluster {

    SchemaRegistry registry();

    Admin admin();

    /** A consumer of committed records without a group. */
    Consumer<byte[], byte[]> consumer();

    /** A consumer with a group id; it does not join the group unless it subscribes. */
    Consumer<byte[], byte[]> consumer(String group);

    /** A transactional producer with the longest transaction timeout that brokers allow by default. */
    Producer<byte[], byte[]> transactional(String id);

    /** Name of the changelog topic that Kafka Streams gives to a store. */
    static String changelog(String applicationId, String store) {
        return RootLocaleText.format("%s-%s-changelog", applicationId, store);
    }
}
