package io.offerflow.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.cli.feed.FeedParser;
import io.offerflow.contract.Topic;
import io.offerflow.contract.json.JsonTrees;
import io.offerflow.domain.model.Rule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The verbs that are made of the contract. */
class EveryVerbTest {

    /** A word, or several in quotation marks, such as {@code name="two words"}. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

    @TempDir
    private Path folder;

    @Test
    void everyCommandOfTheContractHasAVerb() {
        Stream<String> commands = Topic.inputs().stream().flatMap(topic -> topic.schema().getField("payload").schema()
                .getTypes().stream()).map(Schema::getName);
        // an import is a file, not the fields of a command: ImportCommand
        assertThat(commands.filter(name -> !name.equals("ImportAudience")))
                .allSatisfy(name -> assertThat(Verbs.all()).anyMatch(verb -> verb.payload().equals(name)));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void theExampleOfTheHelpIsWhatSendTakes(CommandVerb verb) throws IOException {
        List<String> words = new ArrayList<>(verb.path());
        Matcher matcher = WORD.matcher(verb.help().example());
        while (matcher.find()) {
            String word = matcher.group().replace("\"", "");
            words.add(word.endsWith(".json") ? Files.writeString(folder.resolve(word), "{}").toString() : word);
        }
        words.add("--dry-run");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = new CommandLine(CommandLine.Model.CommandSpec.create().name("offerflow"));
        Verbs.addTo(commandLine, any -> true);
        int exitCode = commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .setCaseInsensitiveEnumValuesAllowed(true).execute(words.toArray(String[]::new));
        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(FeedParser.parse("-", new ByteArrayInputStream(out.toString().getBytes(StandardCharsets.UTF_8)),
                Instant.EPOCH).messages()).singleElement().satisfies(message -> {
                    assertThat(message.command()).isEqualTo(verb.payload());
                    assertThat(JsonTrees.text(JsonTrees.parse(out.toString()))).contains("\"publisherId\":\"contoso\"");
                });
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void theHelpStatesTheRulesAndDescribesEveryOption(CommandVerb verb) {
        CommandLine help = new CommandLine(VerbCommand.spec(verb));
        assertThat(help.getUsageMessage()).contains("For example: offerflow " + verb.words()).doesNotContain("null");
        assertThat(help.getCommandSpec().options()).allSatisfy(option ->
                assertThat(String.join("", option.description())).isNotBlank());
        assertThat(verb.help().rules()).isNotEmpty().doesNotContain(Rule.NONE).doesNotHaveDuplicates()
                .allSatisfy(rule -> assertThat(sentences(help)).contains(rule.id() + ": " + rule.sentence()));
    }

    @Test
    void theHelpOfAnImportStatesTheRulesToo() {
        CommandLine commandLine = new CommandLine(CommandLine.Model.CommandSpec.create().name("offerflow"));
        Verbs.addTo(commandLine, any -> true);
        CommandLine help = commandLine.getSubcommands().get("audience").getSubcommands().get("import");
        assertThat(sentences(help)).contains("A2: " + Rule.A2.sentence(), "B34: " + Rule.B34.sentence());
    }

    /** The help text without its line breaks. */
    private static String sentences(CommandLine help) {
        return help.getUsageMessage().replaceAll("\\s+", " ");
    }

    static List<CommandVerb> verbs() {
        return Verbs.all();
    }
}
