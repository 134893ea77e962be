package io.offerflow.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * The file of a registry's changes, one JSON object a line, only ever appended to.
 *
 * <p>A change is on disk before anybody hears of it. A last line without its end was never answered for and is cut
 * off; anything else that cannot be read stops the start, because ids that lie on a broker depend on it.
 */
final class RegistryFile implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final FileChannel channel;

    private RegistryFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens the file, made if need be, after handing over each change that it holds. */
    static RegistryFile open(Path path, Consumer<RegistryChange> reader) {
        try {
            byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
            int complete = endOfLastLine(bytes);
            read(path, new String(bytes, 0, complete, StandardCharsets.UTF_8), reader);
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(complete).position(complete);
            return new RegistryFile(path, channel);
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
                reader.accept(JSON.readValue(line, RegistryChange.class));
            } catch (JsonProcessingException e) {
                throw new SandboxException("line %d of %s is not a change of the registry: %s; repair it, or delete the "
                        .formatted(number, path, e.getOriginalMessage()) + "data directory with all topics in it", e);
            }
        }
    }

    /** Writes a change and waits until it is on disk. */
    void append(RegistryChange change) {
        try {
            ByteBuffer line = ByteBuffer.wrap((JSON.writeValueAsString(change) + '\n')
                    .getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(false);
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
