package io.offerflow.bench.load;

import io.offerflow.avro.Result;
import io.offerflow.contract.Topic;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.kafka.common.utils.Utils;

/**
 * One command of a workload, ready to be sent.
 *
 * @param epoch section of the workload; commands of one offer on different topics are in different epochs
 * @param expected its outcome if all commands are taken in order
 */
public record WorkloadCommand(int epoch, Topic topic, byte[] key, byte[] value, Result expected) {

    private static final Topic[] TOPICS = Topic.values();
    private static final Result[] RESULTS = Result.values();

    public int partition(int partitions) {
        return partition(key, partitions);
    }

    static int partition(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(epoch);
        out.writeByte(topic.ordinal());
        out.writeByte(expected.ordinal());
        out.writeShort(key.length);
        out.write(key);
        out.writeInt(value.length);
        out.write(value);
    }

    static WorkloadCommand read(DataInputStream in) throws IOException {
        int epoch = in.readInt();
        Topic topic = TOPICS[in.readByte()];
        Result expected = RESULTS[in.readByte()];
        byte[] key = in.readNBytes(in.readShort());
        return new WorkloadCommand(epoch, topic, key, in.readNBytes(in.readInt()), expected);
    }
}
