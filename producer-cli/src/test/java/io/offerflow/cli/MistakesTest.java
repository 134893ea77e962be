package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.contract.json.JsonTrees;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What people do by mistake ends with one sentence and its exit code, and is never called unexpected. */
@ExtendWith(SharedMarketplace.class)
class MistakesTest {

    private static final String LINE = "{\"topic\": \"offer-commands\", \"value\": {\"publisherId\": \"p\","
            + " \"offerId\": \"o\", \"actor\": \"a\", \"payload\": {\"SubmitOffer\": {}}}}";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void files() throws IOException {
        Files.createDirectory(folder.resolve("folder"));
        file("array.jsonl", "[" + LINE + "]");
        file("array-lines.jsonl", "[\n  " + LINE + ",\n  " + LINE + "\n]\n");
        file("pretty.jsonl", JsonTrees.parse(LINE).toPrettyString());
        file("two.jsonl", LINE + " " + LINE);
        file("comma.jsonl", LINE.substring(0, LINE.length() - 1) + ",}");
        file("nan.jsonl", LINE.replace("{}", "{\"submission\": NaN}"));
        file("deep.jsonl", "{\"value\": " + "[".repeat(100) + "]".repeat(100) + "}");
        file("cut.jsonl", LINE.substring(0, 40));
        Files.write(folder.resolve("wide.jsonl"), LINE.getBytes(StandardCharsets.UTF_16));
        Files.write(folder.resolve("wide.json"), "{}".getBytes(StandardCharsets.UTF_16LE));
        Files.write(folder.resolve("windows.properties"), "a=\u00fc\n".getBytes(Charset.forName("windows-1252")));
        file("escape.properties", "a=\\u12\n");
        file("semicolons.csv", "ID;Description;Type\n");
        file("list.json", "[]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            send absent.jsonl                           | 2 | Cannot read @absent.jsonl: there is no such file
            send folder                                 | 2 | is a directory
            send array.jsonl                            | 2 | one object per line, but met a JSON array
            send array-lines.jsonl                      | 2 | but met a JSON array; `jq -c '.[]' FILE`
            send pretty.jsonl                           | 2 | but met an object of several lines; `jq -c . FILE`
            send two.jsonl                              | 2 | two.jsonl:1: expected a JSON document, but met a second
            send comma.jsonl                            | 2 | comma.jsonl:1: expected a JSON document, but met
            send nan.jsonl                              | 2 | (Non-standard token 'NaN')
            send deep.jsonl                             | 2 | nesting depth (65) exceeds the maximum allowed (64)
            send cut.jsonl                              | 2 | a part of one: it ends at character 41
            send wide.jsonl                             | 2 | wide.jsonl:1: column 1: expected text in UTF-8, but met
            offer save offer-listing p/o --json absent.json         | 2 | Cannot read @absent.json: there is
            offer save offer-listing p/o --json folder              | 2 | Cannot read @folder: Is a directory
            offer save offer-listing p/o --json list.json     | 2 | expected a JSON object
            offer save offer-listing p/o --json wide.json     | 2 | @wide.json: line 1, column 1: expected text in UTF-8
            audience import p/o plan absent.csv         | 2 | Cannot read @absent.csv: there is no such file
            audience import p/o plan folder             | 2 | Cannot read @folder: Is a directory
            audience import p/o plan semicolons.csv     | 2 | semicolons.csv:1: expected commas between the columns
            status --config absent.properties           | 2 | lines of name=value: there is no such file
            status --config folder                      | 2 | lines of name=value: Is a directory
            status --config windows.properties          | 2 | line 1, column 3: expected text in UTF-8, but met
            status --config escape.properties           | 2 | lines of name=value: Malformed
            prepare --passwords folder                  | 2 | lines of role=password: Is a directory
            service --config absent.properties          | 1 | absent.properties: there is no such file
            service --config folder                     | 1 | Is a directory
            service --config windows.properties         | 1 | line 1, column 3: expected text in UTF-8
            status --limit 0                            | 2 | expected a number from 1 to 999999999, but met "0"
            status --limit -1                           | 2 | expected a number from 1
            history p/o --limit -1                      | 2 | expected a number from 1
            replay what-if --limit -1                   | 2 | expected a number from 1
            replay rebuild --threads 0                  | 2 | expected a number from 1
            replay rebuild --memory -5m                 | 2 | is not a size such as 512m
            up --broker-port 70000                      | 2 | expected a port from 0 to 65535, but met "70000"
            up --http-port -1                           | 2 | expected a port
            demo --partitions 0                         | 2 | expected a number from 1
            up --data list.json                         | 1 | cannot use the data directory
            demo --samples absent                       | 2 | There is no directory
            status --bootstrap-servers localhost        | 1 | localhost
            status --bootstrap-servers no.host.invalid:9 | 1 | no.host.invalid:9
            """)
    void withoutACluster(String arguments, int exitCode, String sentence) {
        refused(CommandLineRun.of(words(arguments)), exitCode, sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            status missing/offer                          | 1 | There is no offer missing/offer.
            history missing/offer                         | 0 | There are no entries of missing/offer.
            replay rebuild --out absent/dump.jsonl      | 1 | there is no such file or directory
            replay what-if --html folder                | 1 | Cannot write @folder
            audience export missing/offer plan out.csv    | 1 | There is no plan plan of missing/offer.
            """)
    void onACluster(String arguments, int exitCode, String sentence) {
        refused(CommandLineRun.of(SharedMarketplace.connected(words(arguments))), exitCode, sentence);
    }

    @ParameterizedTest
    @MethodSource("startsOfTheService")
    void aServiceThatCannotStart(String setting, String sentence) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandLineRun run = CommandLineRun.of("service", "--set", "bootstrap.servers="
                    + SharedMarketplace.sandbox().bootstrapServers(), "--set", "schema.registry.url="
                    + SharedMarketplace.sandbox().registryUrl(), "--set", "http.port=0", "--set",
                    setting.replace("TAKEN", Integer.toString(taken.getLocalPort())));
            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            assertThat(run.err().lines().skip(1)).as(run.err()).singleElement().asString().contains(sentence)
                    .doesNotContain("unexpectedly");
        }
    }

    static Stream<String[]> startsOfTheService() {
        return Stream.of(
                new String[] {"state.dir=" + SharedMarketplace.state(), "cannot use the state directory"},
                new String[] {"state.dir=" + folder.resolve("list.json"), "cannot use the state directory"},
                new String[] {"http.port=TAKEN", "Address already in use"},
                new String[] {"http.tokens=" + folder.resolve("folder"), "Is a directory"});
    }

    @Test
    void aNameThatNoFileCanHaveIsNoDefect() {
        refused(CommandLineRun.of("send", "a\u0000b"), 2, "cannot be the name of a file");
    }

    @Test
    void anEmptyFileIsToldAndSendsNothing() throws IOException {
        CommandLineRun run = CommandLineRun.of("send", file("empty.jsonl", "\n\n").toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualToIgnoringNewLines("empty.jsonl has no records; nothing was sent.");
    }

    private static void refused(CommandLineRun run, int exitCode, String sentence) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.err()).contains(sentence.replace("@", folder + "/")).doesNotContain("unexpectedly", "Exception",
                "REDACTED", "`Stream", "\tat ");
        assertThat(run.err().lines().filter(line -> !line.startsWith("Nothing of ") && !line.startsWith("Usage:")
                && !line.startsWith("       ") && !line.startsWith("`offerflow ") && !line.isBlank())
                .toList()).as(run.err()).hasSize(1);
    }

    /** The arguments; names of files are those of the folder. */
    private static String[] words(String arguments) {
        return Stream.of(arguments.strip().split(" +")).map(word -> word.matches("folder|absent|absent/.*|[a-z-]+\\."
                + "(jsonl?|csv|properties)") ? folder.resolve(word).toString() : word).toArray(String[]::new);
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
