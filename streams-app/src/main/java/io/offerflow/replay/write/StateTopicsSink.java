package io.offerflow.replay.write;

import io.offerflow.codec.StateCodec;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.replay.fold.StateSink;
import io.offerflow.topology.OfferTopology;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes a state to topics, one per store, with the keys and values of the stores. */
final class StateTopicsSink implements StateSink {

    private final TransactionalWriter writer;
    private final UnaryOperator<String> topicNames;
    private final boolean asChangelogs;

    /**
     * Writes in the transaction of the writer, which is committed when the state is complete.
     *
     * @param topicNames topic name of a store
     * @param asChangelogs whether the index of due times is written, too
     */
    StateTopicsSink(TransactionalWriter writer, UnaryOperator<String> topicNames, boolean asChangelogs) {
        this.writer = writer;
        this.topicNames = topicNames;
        this.asChangelogs = asChangelogs;
    }

    /**
     * The topics of a state.
     *
     * @param asChangelogs whether those of the stores that follow from it are among them
     */
    static List<NewTopic> topics(UnaryOperator<String> topicNames, boolean asChangelogs, int partitions) {
        return (asChangelogs ? OfferTopology.stores() : List.of(OfferTopology.OFFERS, OfferTopology.CONTENTS)).stream()
                .map(store -> new NewTopic(topicNames.apply(store), Optional.of(partitions), Optional.empty())
                        .configs(OfferTopology.changelogSettings(store))).toList();
    }

    @Override
    public StateSink.PartitionSink part(int partition) {
        return new TopicPartitionSink(partition);
    }

    @Override
    public void complete() {
        writer.complete();
    }

    @Override
    public void close() {
        writer.close();
    }

    /** One partition of each topic. */
    private final class TopicPartitionSink implements StateSink.PartitionSink {

        private final int partition;
        private final StateCodec codec = new StateCodec();

        TopicPartitionSink(int partition) {
            this.partition = partition;
        }

        @Override
        public void policy(byte[] key, byte[] value) {
            send(OfferTopology.CONTENTS, key, value);
        }

        @Override
        public void offer(byte[] key, byte[] header) {
            send(OfferTopology.OFFERS, key, header);
            if (asChangelogs) {
                OfferKey offer = OfferKey.parse(new String(key, StandardCharsets.UTF_8)).orElseThrow();
                OfferTopology.timer(offer, codec.decodeHeader(header))
                        .ifPresent(timer -> send(OfferTopology.TIMERS, timer.getKey(), timer.getValue()));
            }
        }

        @Override
        public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
            send(OfferTopology.CONTENTS, key, value);
        }

        private void send(String store, byte[] key, byte[] value) {
            writer.send(new ProducerRecord<>(topicNames.apply(store), partition, key, value));
        }

        @Override
        public void close() {
            // the sink of all partitions ends the transaction
        }
    }
}
