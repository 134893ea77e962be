package io.offerflow.runtime;

import io.offerflow.contract.Topic;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * What the topics were like when the service started.
 *
 * @param partitions number of partitions, which all topics share
 * @param ids of the topics; a topic that is deleted and created again has another id
 */
public record TopicLayout(int partitions, Map<Topic, Uuid> ids) {

    public TopicLayout {
        ids = Map.copyOf(ids);
    }
}
