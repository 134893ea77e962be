package io.offerflow.replay.write;

import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.replay.journal.ReplayPreconditionException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Whether a service is stopped, as its consumer group says. */
final class ServiceStoppedCheck {

    private final Admin admin;

    ServiceStoppedCheck(Admin admin) {
        this.admin = admin;
    }

    /**
     * Makes sure of it.
     *
     * @throws ReplayPreconditionException if instances of it are at work
     */
    void check(String applicationId) throws InterruptedException {
        int members = members(applicationId);
        if (members > 0) {
            throw new ReplayPreconditionException(
                    RootLocaleText.format("service %s is at work (%d stream threads); stop all its instances, wait until its "
                            + "session has ended, and try again", applicationId, members));
        }
    }

    private int members(String group) throws InterruptedException {
        try {
            ConsumerGroupDescription found = admin.describeConsumerGroups(List.of(group)).all().get().get(group);
            return found.members().size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw new ReplayPreconditionException(RootLocaleText.format("cannot ask the brokers about group %s: %s", group,
                    e.getCause().getMessage()));
        }
    }

    /** Offsets that a group has committed; empty if there is no such group. */
    Map<TopicPartition, OffsetAndMetadata> committed(String group) throws InterruptedException {
        try {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw new ReplayPreconditionException(RootLocaleText.format("cannot ask the brokers about group %s: %s", group,
                    e.getCause().getMessage()));
        }
    }
}
