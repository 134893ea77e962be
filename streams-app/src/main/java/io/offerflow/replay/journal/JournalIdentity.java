package io.offerflow.replay.journal;

import io.offerflow.contract.Topic;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.ApiException;

/**
 * What tells one journal from another. A topic that is deleted and created again has another id.
 *
 * @param cluster id of the cluster
 * @param topic id of the topic
 */
public record JournalIdentity(String cluster, String topic) {

    /** The identity of the journal of a cluster. */
    public static JournalIdentity of(Admin admin) throws InterruptedException {
        String journal = Topic.OFFER_JOURNAL.topicName();
        try {
            return new JournalIdentity(admin.describeCluster().clusterId().get(),
                    admin.describeTopics(List.of(journal)).allTopicNames().get().get(journal).topicId().toString());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ApiException known ? known : new IllegalStateException(e.getCause());
        }
    }
}
