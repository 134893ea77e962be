package io.offerflow.query;

import io.offerflow.codec.StateCodec;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.http.HttpError;
import io.offerflow.topology.OfferTopology;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.HostInfo;

/** Finds the instance that owns an offer. */
final class OwnerLocator {

    /** Partitions as the inputs are partitioned: murmur2 of the key, as Java producers do. */
    @SuppressWarnings("removal") // Kafka 4.4 deprecates the interface's only abstract method
    private static final StreamPartitioner<byte[], Object> PARTITIONER = (topic, key, value, partitions) ->
            Optional.of(Set.of(Utils.toPositive(Utils.murmur2(key)) % partitions));

    private static final Headers NO_HEADERS = new RecordHeaders();

    /** The instance and partition of an offer. */
    record OwnerLocation(HostInfo host, int partition, boolean local) {
    }

    private final KafkaStreams streams;
    private final HostInfo self;

    OwnerLocator(KafkaStreams streams, HostInfo self) {
        this.streams = streams;
        this.self = self;
    }

    /**
     * The present location of an offer.
     *
     * @throws HttpError while no instance owns it
     */
    OwnerLocation of(OfferKey offer) {
        try {
            byte[] key = StateCodec.key(offer);
            KeyQueryMetadata found = streams.queryMetadataForKey(OfferTopology.OFFERS, key, NO_HEADERS,
                    PARTITIONER);
            if (found == null || found.equals(KeyQueryMetadata.NOT_AVAILABLE)
                    || found.activeHost().equals(HostInfo.unavailable())) {
                throw HttpError.unavailable("REBALANCING", 1, "Offers are on the move between instances.");
            }
            return new OwnerLocation(found.activeHost(), found.partition(), found.activeHost().equals(self));
        } catch (StreamsException | IllegalStateException e) {
            throw HttpError.unavailable("REBALANCING", 1, "This instance does not take part yet, or no longer.");
        }
    }
}
