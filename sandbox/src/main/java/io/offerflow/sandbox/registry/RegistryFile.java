package io.offerflow.sandbox.registry;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.offerflow.sandbox.host.SandboxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The file of a registry's changes, one JSON object per line after its checksum, append only.
 *
 * <p>A change is on disk before the registry answers. A last line without a line feed belongs to a change that was not
 * answered, and is cut off. Any other line that cannot be read stops the start, because records on a broker refer to
 * its ids.
 */
final class RegistryFile implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final FileChannel channel;
    /** The length of the complete lines; after a failure the next line overwrites the incomplete one. */
    private long complete;

    private RegistryFile(Path path, FileChannel channel, long complete) {
        this.path = path;
        this.channel = channel;
        this.complete = complete;
    }

    /** Opens the file or creates it, after passing each of its changes to the reader. */
    static RegistryFile open(Path path, Consumer<RegistryChange> reader) {
        try {
            byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
            int complete = endOfLastLine(bytes);
            read(path, new String(bytes, 0, complete, StandardCharsets.UTF_8), reader);
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(complete);
            return new RegistryFile(path, channel, complete);
        } catch (IOException e) {
            throw new SandboxException("cannot use the registry's file %s: %s".formatted(path, e), e);
        }
    }

    private static int endOfLastLine(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static void read(Path path, String text, Consumer<RegistryChange> reader) {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            try {
                reader.accept(JSON.readValue(checked(line), RegistryChange.class));
            } catch (JsonProcessingException e) {
                throw new SandboxException("line %d of %s is not a change of the registry: %s; restore the file from "
                        .formatted(number, path, e.getOriginalMessage())
                        + "a copy, or delete the data directory with all topics in it", e);
            }
        }
    }

    /** The change in a line; a line of an earlier release has no checksum. */
    private static String checked(String line) throws JsonProcessingException {
        if (line.startsWith("{")) {
            return line;
        }
        int begin = line.indexOf('{');
        if (begin < 0 || !line.substring(0, begin).equals(checksum(line.substring(begin)))) {
            throw new JsonParseException(null, "its checksum is wrong");
        }
        return line.substring(begin);
    }

    private static String checksum(String change) {
        CRC32C checksum = new CRC32C();
        checksum.update(change.getBytes(StandardCharsets.UTF_8));
        return "%08x ".formatted(checksum.getValue());
    }

    /** Writes a change and waits until it is on disk. */
    void append(RegistryChange change) {
        try {
            String json = JSON.writeValueAsString(change);
            byte[] line = (checksum(json) + json + '\n').getBytes(StandardCharsets.UTF_8);
            ByteBuffer rest = ByteBuffer.wrap(line);
            while (rest.hasRemaining()) {
                channel.write(rest, complete + rest.position());
            }
            channel.force(false);
            complete += line.length;
        } catch (IOException e) {
            throw new SandboxException("cannot write to %s: %s".formatted(path, e), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new SandboxException("cannot close %s: %s".formatted(path, e), e);
        }
    }
}
