package io.offerflow.notifier.delivery;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Creates the clients of Kafka that the engine needs; all read committed records only. */
public interface EngineClients {

    /** A member of the notifier's consumer group. */
    Consumer<byte[], byte[]> member();

    /** A consumer for partitions that the caller assigns. */
    Consumer<byte[], byte[]> reader();

    /** A transactional producer; it fences an earlier one of the same instance. */
    Producer<byte[], byte[]> producer();
}
