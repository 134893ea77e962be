package io.offerflow.replay.write;

import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.journal.KafkaJournal;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayPreconditionException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Rebuilds into new topics {@code <prefix>offers} and {@code <prefix>contents}, in one transaction. */
public final class RebuildToTopics {

    private final ReplayCluster cluster;
    private final ReplayOptions options;

    public RebuildToTopics(ReplayCluster cluster, ReplayOptions options) {
        this.cluster = cluster;
        this.options = options;
    }

    /**
     * The topics that would be written.
     *
     * @throws ReplayPreconditionException if one of them is not empty
     */
    public List<String> plan(String prefix) throws InterruptedException {
        List<NewTopic> topics = topics(prefix);
        try (Admin admin = cluster.admin()) {
            new TargetTopics(admin, cluster::consumer).check(topics);
        }
        return topics.stream().map(NewTopic::name).toList();
    }

    /**
     * Rebuilds and writes.
     *
     * @throws ReplayPreconditionException if a target topic is not empty
     */
    public Rebuild.RebuildResult run(String prefix, ReplayBound bound) throws InterruptedException {
        List<NewTopic> topics = topics(prefix);
        try (Admin admin = cluster.admin()) {
            TargetTopics targets = new TargetTopics(admin, cluster::consumer);
            targets.create(targets.check(topics));
            try (StateTopicsSink sink = new StateTopicsSink(new TransactionalWriter(
                    cluster.transactional("offerflow-replay-" + prefix)), names(prefix), false)) {
                Rebuild.RebuildResult result = new Rebuild(new KafkaJournal(cluster::consumer), cluster.registry(),
                        options).run(bound, Optional.of(sink));
                targets.awaitVisible(topics.stream().map(NewTopic::name).toList());
                return result;
            }
        }
    }

    private List<NewTopic> topics(String prefix) {
        return StateTopicsSink.topics(names(prefix), false, new KafkaJournal(cluster::consumer).ranges().size());
    }

    private static UnaryOperator<String> names(String prefix) {
        return store -> prefix + store;
    }
}
