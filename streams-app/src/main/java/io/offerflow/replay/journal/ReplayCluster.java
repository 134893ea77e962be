package io.offerflow.replay.journal;

import io.offerflow.contract.registry.SchemaRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** The clients a replay works with; whoever asks for one closes it. */
public interface ReplayCluster {

    SchemaRegistry registry();

    Admin admin();

    /** A consumer of committed records without a group. */
    Consumer<byte[], byte[]> consumer();

    /** A consumer that could be a member of a group, and is none as long as it does not subscribe. */
    Consumer<byte[], byte[]> consumer(String group);

    /** A producer with this transactional id, whose transactions may take as long as the cluster allows by default. */
    Producer<byte[], byte[]> transactional(String id);
}
