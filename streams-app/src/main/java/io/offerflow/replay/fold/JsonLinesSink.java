package io.offerflow.replay.fold;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.file.TextFiles;
import io.offerflow.contract.file.WholeFile;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.domain.state.row.RowKey;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Writes a state as JSON Lines, one offer per line; the file appears when it is complete. */
public final class JsonLinesSink implements StateSink {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path target;
    private final Map<Integer, Path> parts = new ConcurrentSkipListMap<>();

    /** @param target replaced if it exists */
    public JsonLinesSink(Path target) {
        this.target = target.toAbsolutePath();
    }

    @Override
    public StateSink.PartitionSink part(int partition) {
        Path file = sibling(".part-" + partition);
        parts.put(partition, file);
        try {
            return new JsonLinesPartition(partition, Files.newOutputStream(file));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void complete() {
        try {
            WholeFile.write(target, out -> {
                for (Path part : parts.values()) {
                    Files.copy(part, out);
                }
            });
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            for (Path part : parts.values()) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Path sibling(String suffix) {
        return target.resolveSibling(target.getFileName() + suffix);
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("cannot write " + target + ": " + TextFiles.reason(e), e);
    }

    /** Writes one partition to a temporary file. */
    private final class JsonLinesPartition implements StateSink.PartitionSink {

        private final int partition;
        private final StateCodec codec = new StateCodec();
        private final JsonGenerator json;
        private byte[] open = new byte[0];

        JsonLinesPartition(int partition, OutputStream out) throws IOException {
            this.partition = partition;
            this.json = new JsonFactory().createGenerator(out).setPrettyPrinter(new MinimalPrettyPrinter(""));
            json.setCodec(MAPPER);
        }

        @Override
        public void policy(byte[] key, byte[] value) {
            // the file has one line per offer, and the policy belongs to none
        }

        @Override
        public void offer(byte[] key, byte[] header) {
            write(() -> {
                begin(key);
                json.writeFieldName("header");
                json.writeTree(AvroJson.write(codec.stored(header)));
                json.writeArrayFieldStart("rows");
            });
        }

        @Override
        public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
            write(() -> {
                if (!Arrays.equals(offer, open)) {
                    begin(offer);
                    json.writeNullField("header");
                    json.writeArrayFieldStart("rows");
                }
                json.writeStartObject();
                json.writeStringField("row", RowNames.of(name));
                json.writeFieldName("value");
                json.writeTree(AvroJson.write(codec.stored(name, value)));
                json.writeEndObject();
            });
        }

        private void begin(byte[] key) throws IOException {
            end();
            open = key;
            json.writeStartObject();
            json.writeStringField("offer", new String(key, StandardCharsets.UTF_8));
            json.writeNumberField("partition", partition);
        }

        private void end() throws IOException {
            if (open.length > 0) {
                json.writeEndArray();
                json.writeEndObject();
                json.writeRaw('\n');
            }
        }

        @Override
        public void close() {
            write(() -> {
                end();
                json.close();
            });
        }

        private void write(JsonAction action) {
            try {
                action.run();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /** An action on the JSON generator. */
    private interface JsonAction {
        void run() throws IOException;
    }
}
