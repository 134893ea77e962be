package io.offerflow.replay;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Rebuilds into a fresh set of topics: {@code <prefix>offers} and {@code <prefix>contents}, all of it or nothing. */
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
     * @throws RefusedException if one of them holds something
     */
    public List<String> plan(String prefix) throws InterruptedException {
        List<NewTopic> topics = topics(prefix);
        try (Admin admin = cluster.admin()) {
            new FreshTopics(admin, cluster::consumer).check(topics);
        }
        return topics.stream().map(NewTopic::name).toList();
    }

    /** Rebuilds and writes. */
    public Rebuild.Result run(String prefix, Until until) throws InterruptedException {
        List<NewTopic> topics = topics(prefix);
        try (Admin admin = cluster.admin()) {
            FreshTopics fresh = new FreshTopics(admin, cluster::consumer);
            fresh.create(fresh.check(topics));
            try (StateTopics sink = new StateTopics(new TransactionalWriter(
                    cluster.transactional("offerflow-replay-" + prefix)), names(prefix), false)) {
                Rebuild.Result result = new Rebuild(new KafkaJournal(cluster::consumer), cluster.registry(), options)
                        .run(until, Optional.of(sink));
                fresh.awaitVisible(topics.stream().map(NewTopic::name).toList());
                return result;
            }
        }
    }

    private List<NewTopic> topics(String prefix) {
        return StateTopics.topics(names(prefix), false, new KafkaJournal(cluster::consumer).stretches().size());
    }

    private static UnaryOperator<String> names(String prefix) {
        return store -> prefix + store;
    }
}
