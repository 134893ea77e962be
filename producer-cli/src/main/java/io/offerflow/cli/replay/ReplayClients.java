package io.offerflow.cli.replay;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.replay.KafkaJournal;
import io.offerflow.replay.ReplayCluster;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** The command line's cluster as replays use it. */
record ReplayClients(Cluster cluster) implements ReplayCluster {

    KafkaJournal journal() {
        return new KafkaJournal(this::consumer);
    }

    @Override
    public SchemaRegistry registry() {
        return cluster.registry();
    }

    @Override
    public Admin admin() {
        return cluster.admin();
    }

    @Override
    public Consumer<byte[], byte[]> consumer() {
        return cluster.bulkReader();
    }

    @Override
    public Consumer<byte[], byte[]> consumer(String group) {
        return cluster.groupMember(group);
    }

    @Override
    public Producer<byte[], byte[]> transactional(String id) {
        return cluster.transactional(id);
    }

    /** A producer whose records count one by one. */
    Producer<byte[], byte[]> producer() {
        return cluster.producer();
    }
}
