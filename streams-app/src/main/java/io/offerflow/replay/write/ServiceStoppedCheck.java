package io.offerflow.replay.write;

import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.replay.journal.ReplayPreconditionException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Checks by its consumer group that a service is stopped. */
final class ServiceStoppedCheck {

    private final Admin admin;

    ServiceStoppedCheck(Admin admin) {
        this.admin = admin;
    }

    /**
     * Checks that the service is stopped.
     *
     * @throws ReplayPreconditionException if instances of it are running
     */
    void check(String applicationId) throws InterruptedException {
        int members = members(applicationId);
        if (members > 0) {
            throw new ReplayPreconditionException(RootLocaleText.format(
                    "service %s is running (%d stream threads); stop all its instances, wait until its session has "
                            + "ended, and try again", applicationId, members));
        }
    }

    private int members(String group) throws InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw unreadable(group, e);
        }
    }

    /** The committed offsets of a group; empty if the group does not exist. */
    Map<TopicPartition, OffsetAndMetadata> committed(String group) throws InterruptedException {
        try {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw unreadable(group, e);
        }
    }

    private static ReplayPreconditionException unreadable(String group, ExecutionException e) {
        return new ReplayPreconditionException(RootLocaleText.format("cannot read group %s from the brokers: %s", group,
                e.getCause().getMessage()));
    }
}
