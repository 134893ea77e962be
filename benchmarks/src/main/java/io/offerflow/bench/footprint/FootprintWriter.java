package io.offerflow.bench.footprint;

import io.offerflow.contract.Topic;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes footprints, a file an input topic and partition, in the order of offsets. Outcomes are kept byte by byte, so
 * that whoever writes them passes the same check; of other values only the sizes, and pieces of real ones to fill them.
 */
public final class FootprintWriter implements AutoCloseable {

    /** Headers by number, so that a reader need not make their names again and again. */
    static final List<String> HEADERS =
            List.of("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "content-type", "traceparent");
    /** Size of what stands for no bytes at all. */
    static final int NOTHING = -1;
    /** Real bytes kept of each topic and of the stores. */
    static final int SAMPLE = 4 << 20;

    private final Path folder;
    private final Map<Topic, List<DataOutputStream>> files = new EnumMap<>(Topic.class);
    private final Map<String, Long> sampled = new HashMap<>();
    private final Map<String, DataOutputStream> samples = new HashMap<>();
    private final int partitions;

    /** Writes to a folder; with no partitions, nowhere. */
    public FootprintWriter(Path folder, int partitions) {
        this.folder = folder;
        this.partitions = partitions;
        for (Topic topic : Topic.inputs()) {
            List<DataOutputStream> each = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                each.add(open(file(folder, topic, partition)));
            }
            files.put(topic, each);
        }
    }

    static Path file(Path folder, Topic topic, int partition) {
        return folder.resolve("footprints-%s-%d.bin".formatted(topic.topicName(), partition));
    }

    static Path sample(Path folder, String of) {
        return folder.resolve("sample-%s.bin".formatted(of));
    }

    private static DataOutputStream open(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** What is done for the next input of a topic and partition. */
    public void write(Topic topic, int partition, Footprint footprint) {
        if (partitions == 0) {
            return;
        }
        try {
            write(files.get(topic).get(partition), footprint);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write footprints", e);
        }
    }

    private void write(DataOutputStream out, Footprint footprint) throws IOException {
        out.writeShort(footprint.reads().size());
        for (Footprint.Read read : footprint.reads()) {
            out.writeByte(read.store());
            bytes(out, read.key());
        }
        out.writeShort(footprint.writes().size());
        for (Footprint.Write write : footprint.writes()) {
            out.writeByte(write.store());
            bytes(out, write.key());
            size(out, write.value(), "store-" + write.store());
        }
        out.writeShort(footprint.letters().size());
        for (Footprint.Letter letter : footprint.letters()) {
            letter(out, letter);
        }
    }

    private void letter(DataOutputStream out, Footprint.Letter letter) throws IOException {
        out.writeByte(letter.topic().ordinal());
        bytes(out, letter.key().orElseThrow());
        if (letter.topic() == Topic.COMMAND_OUTCOMES) {
            bytes(out, letter.value().orElseThrow());
        } else {
            size(out, letter.value(), letter.topic().topicName());
        }
        out.writeByte(letter.headers().size());
        for (Footprint.Header header : letter.headers()) {
            out.writeByte(HEADERS.indexOf(header.name()));
            out.writeShort(header.value().length);
        }
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private void size(DataOutputStream out, Optional<byte[]> value, String kind) throws IOException {
        out.writeInt(value.map(bytes -> bytes.length).orElse(NOTHING));
        if (value.isPresent() && sampled.merge(kind, (long) value.get().length, Long::sum) <= SAMPLE) {
            samples.computeIfAbsent(kind, first -> open(sample(folder, first))).write(value.get());
        }
    }

    @Override
    public void close() {
        try {
            for (List<DataOutputStream> each : files.values()) {
                for (DataOutputStream file : each) {
                    file.close();
                }
            }
            for (DataOutputStream sample : samples.values()) {
                sample.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write footprints", e);
        }
    }
}
