package io.offerflow.bench.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads and writes results as JSON. */
public final class ResultStore {

    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new Jdk8Module())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPropertyInclusion(JsonInclude.Value.empty().withValueInclusion(JsonInclude.Include.NON_EMPTY))
            .build();

    private ResultStore() {
    }

    public static void write(Path file, BenchResult result) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, JSON.writeValueAsString(result) + "\n");
        } catch (IOException e) {
            throw new BenchException("cannot write " + file, e);
        }
    }

    /** Reads a result; fails if the file does not exist or does not hold one. */
    public static BenchResult read(Path file) {
        try {
            return JSON.readValue(Files.readString(file), BenchResult.class);
        } catch (JsonProcessingException e) {
            throw new BenchException("%s is no result of this program: %s".formatted(file, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new BenchException("cannot read %s; give the file of a saved result".formatted(file), e);
        }
    }

    public static Optional<BenchResult> find(Path folder, String kind) {
        Path file = folder.resolve(kind + ".json");
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }
}
