package io.offerflow.bench.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The result of one verb, which is saved as JSON. */
public record BenchResult(RunInfo run, List<Figure> figures) {

    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new Jdk8Module())
            .enable(SerializationFeature.INDENT_OUTPUT).build();

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

    public void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, JSON.writeValueAsString(this) + "\n");
        } catch (IOException e) {
            throw new BenchException("cannot write " + file, e);
        }
    }

    /** The figures of one group, in the order of the file. */
    public List<Figure> of(String group) {
        return figures.stream().filter(figure -> figure.group().equals(group)).toList();
    }

    /** All measurements of a value at a point, in the order of the file. */
    public List<Double> values(String group, String point, String name) {
        return of(group).stream().filter(figure -> figure.point().equals(point))
                .map(figure -> figure.values().get(name)).filter(Objects::nonNull).toList();
    }

    /** The median of a value at a point; fails if it was not measured. */
    public double median(String group, String point, String name) {
        List<Double> values = values(group, point, name);
        if (values.isEmpty()) {
            throw new BenchException("there is no figure %s / %s / %s".formatted(group, point, name));
        }
        return MedianRange.of(values).median();
    }
}
