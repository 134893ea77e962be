package io.offerflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.contract.Topic;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * The recipes of the handbook list every place that a change touches. Each name that exists today occurs in each place
 * of its recipe, so a new name that misses a place fails here.
 */
class HandbookTest {

    private static final Path HANDBOOK = SourceTree.ROOT.resolve("docs/handbook.md");
    private static final Pattern PLACE = Pattern.compile("\\| `([^`]+)` \\| .+ \\|");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final String MAIN = "streams-app/src/main/java/io/offerflow/";
    private static final List<String> PACKAGES = List.of("domain", "codec", "topology", "replay");

    @Test
    void everyCommandIsInEveryPlaceOfItsRecipe() throws IOException {
        check("Add a command", leaves(Command.class).map(Class::getSimpleName).toList());
    }

    @Test
    void everyEventIsInEveryPlaceOfItsRecipe() throws IOException {
        check("Add an event", leaves(Event.class).map(Class::getSimpleName).toList());
    }

    @Test
    void everyReasonIsInEveryPlaceOfItsRecipe() throws IOException {
        check("Add a reason", Stream.of(Reason.values()).map(Enum::name).toList());
    }

    @Test
    void everyOfferTypeIsInEveryPlaceOfItsRecipe() throws IOException {
        check("Add an offer type", Stream.of(OfferType.values()).map(Enum::name).toList());
    }

    @Test
    void everyOutputFieldIsInEveryPlaceOfItsRecipe() throws IOException {
        Set<String> fields = new HashSet<>();
        Topic.outputs().stream().filter(topic -> topic != Topic.OFFER_JOURNAL)
                .forEach(topic -> topic.schema().getFields().stream().map(Schema.Field::name).forEach(fields::add));
        check("Add a field to an output", fields.stream().sorted().toList());
    }

    @Test
    void aMissingPlaceIsNamed() throws IOException {
        assertThat(missing("Add a command", List.of("RenameOffer"))).hasSizeGreaterThan(5)
                .contains("RenameOffer is not in codec/InputMapping.java, which the recipe \"Add a command\" lists");
    }

    private static void check(String recipe, List<String> names) throws IOException {
        assertThat(names).isNotEmpty();
        assertThat(missing(recipe, names)).isEmpty();
    }

    private static List<String> missing(String recipe, List<String> names) throws IOException {
        List<String> missing = new ArrayList<>();
        for (String place : places(recipe)) {
            Set<String> words = words(path(place));
            names.stream().filter(name -> spellings(name).noneMatch(words::contains))
                    .map(name -> "%s is not in %s, which the recipe \"%s\" lists".formatted(name, place, recipe))
                    .forEach(missing::add);
        }
        return missing;
    }

    /** A field occurs as its getter too, and a command as the sealed group of its topic. */
    private static Stream<String> spellings(String name) {
        return Stream.concat(Stream.of(name, "get" + Character.toUpperCase(name.charAt(0)) + name.substring(1)),
                Arrays.stream(Command.class.getPermittedSubclasses())
                        .filter(group -> leaves(group).anyMatch(command -> command.getSimpleName().equals(name)))
                        .map(Class::getSimpleName));
    }

    private static List<String> places(String recipe) throws IOException {
        List<String> places = Files.readAllLines(HANDBOOK).stream()
                .dropWhile(line -> !line.equals("## " + recipe)).skip(1).takeWhile(line -> !line.startsWith("## "))
                .map(PLACE::matcher).filter(Matcher::matches).map(place -> place.group(1)).toList();
        assertThat(places).as("places of the recipe \"%s\"", recipe).isNotEmpty();
        return places;
    }

    private static Path path(String place) {
        String first = place.split("/")[0];
        return SourceTree.ROOT.resolve(PACKAGES.contains(first) ? MAIN + place
                : first.equals("test") ? "streams-app/src/test/java/io/offerflow" + place.substring(4) : place);
    }

    private static Set<String> words(Path place) throws IOException {
        assertThat(place).exists();
        Set<String> words = new HashSet<>();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                WORD.matcher(Files.readString(file)).results().forEach(word -> words.add(word.group()));
            }
        }
        return words;
    }

    /** The records of a sealed interface and of its groups. */
    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(HandbookTest::leaves)
                : Stream.of(type);
    }
}
