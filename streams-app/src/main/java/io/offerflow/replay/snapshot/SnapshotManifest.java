package io.offerflow.replay.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.offerflow.codec.StoredPosition;
import io.offerflow.codec.TaskPosition;
import io.offerflow.codec.TopicIds;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PolicySettings;
import io.offerflow.replay.journal.FoldPosition;
import io.offerflow.replay.journal.JournalIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a snapshot contains, and what it was made from: the file {@code manifest.json}.
 *
 * @param format number of the format of the snapshot
 * @param build of the release that made it
 * @param formats number of the format of each kind of value in it
 */
record SnapshotManifest(int format, String build, JournalIdentity journal, SortedMap<String, Integer> formats,
        List<SnapshotPart> partitions) {

    static final String FILE = "manifest.json";
    /** The number of the format that this release reads and writes. */
    static final int FORMAT = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /**
     * One partition.
     *
     * @param offset at which the journal goes on
     * @param number of the last entry
     * @param newest latest time of its entries
     * @param inputs next offset of each input
     * @param topics ids of the inputs
     * @param policies settings of each recorded policy, by its id
     * @param policy id of the policy that was recorded last; none or one
     * @param sha256 of the state, as a rebuild prints it
     */
    record SnapshotPart(int partition, long offset, long number, String newest, SortedMap<String, Long> inputs,
            SortedMap<String, String> topics, SortedMap<String, SortedMap<String, String>> policies,
            List<String> policy, long offers, String sha256) {

        static SnapshotPart of(int partition, FoldPosition position, long offers, String sha256) {
            SortedMap<String, Long> inputs = new TreeMap<>();
            position.stored().position().next().forEach((topic, next) -> inputs.put(topic.topicName(), next));
            SortedMap<String, SortedMap<String, String>> policies = new TreeMap<>();
            position.policies().forEach((id, policy) -> policies.put(id, PolicySettings.of(policy)));
            return new SnapshotPart(partition, position.nextOffset(), position.number(), position.newest().toString(),
                    inputs, position.stored().topics().byName(), policies, position.policy().stream().toList(), offers,
                    sha256);
        }

        /**
         * The position of the part.
         *
         * @throws IllegalArgumentException if this release does not know a setting of a policy, or an input
         */
        FoldPosition position() {
            Map<Topic, Long> next = new EnumMap<>(Topic.class);
            inputs.forEach((name, input) -> next.put(Topic.named(name).orElseThrow(() ->
                    new IllegalArgumentException("it has the unknown input " + name)), input));
            SortedMap<String, Policy> recorded = new TreeMap<>();
            policies.forEach((id, settings) -> recorded.put(id, PolicySettings.policy(settings)));
            return new FoldPosition(offset, new StoredPosition(new TaskPosition(number, next), new TopicIds(topics)),
                    Instant.parse(newest), recorded, policy.stream().findFirst());
        }
    }

    /** The part of one partition. */
    Optional<SnapshotPart> part(int partition) {
        return partitions.stream().filter(part -> part.partition() == partition).findFirst();
    }

    byte[] bytes() {
        try {
            return MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write a manifest", e);
        }
    }

    /** The number of the format of a manifest that any release wrote. */
    static int format(byte[] bytes) throws IOException {
        return Optional.ofNullable(MAPPER.readTree(bytes)).map(tree -> tree.path("format")).map(JsonNode::asInt)
                .orElse(0);
    }

    /** Reads a manifest of the format of this release. */
    static SnapshotManifest parse(byte[] bytes) throws IOException {
        return MAPPER.readValue(bytes, SnapshotManifest.class);
    }
}
