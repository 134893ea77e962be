package io.offerflow.gateway;

import io.offerflow.Envelopes;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/** A producer that makes mistakes: sends what the service cannot read. */
record UnreadableInputs(Sandbox sandbox) {

    /** A command with a header, in another partition than the one of its key. */
    void createInWrongPartition(String offer) {
        byte[] key = offer.getBytes(StandardCharsets.UTF_8);
        try (RegistryClient registry = new RegistryClient(RegistryOptions.at(sandbox.registryUrl()))) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topic.OFFER_COMMANDS.topicName(),
                    (Utils.toPositive(Utils.murmur2(key)) + 1) % Marketplace.PARTITIONS, key,
                    new AvroEncoder(registry, List.of(Topic.OFFER_COMMANDS)).encode(Topic.OFFER_COMMANDS,
                            Envelopes.create(OfferKey.parse(offer).orElseThrow())));
            record.headers().add("tenant", "north".getBytes(StandardCharsets.UTF_8));
            send(record);
        }
    }

    /** These bytes, in the partition of the key. */
    void bytes(String key, byte[] value) {
        send(new ProducerRecord<>(Topic.OFFER_COMMANDS.topicName(), key.getBytes(StandardCharsets.UTF_8), value));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", sandbox.bootstrapServers()), new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
