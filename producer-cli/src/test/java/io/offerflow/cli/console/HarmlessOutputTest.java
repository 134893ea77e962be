package io.offerflow.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.contract.json.JsonTrees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing from outside controls a terminal or forges a line, and there is one way to print. */
class HarmlessOutputTest {

    private static final String HOSTILE = "A\u001b[2J\u001b]0;title\u0007\r\n12:00:00 ERROR forged"
            + "\u0085\u009b31m\u2028\u202e\u2066\u0000\u007f\ud800 B";
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\u061c\u200e\u200f"
            + "\u202a-\u202e\u2066-\u2069]");

    @Test
    void onlyControlCharactersAndMarksOfDirectionAreEscaped() {
        assertThat(HarmlessText.of(HOSTILE)).isEqualTo("A\\u001b[2J\\u001b]0;title\\u0007\\r\\n12:00:00 ERROR forged"
                + "\\u0085\\u009b31m\\u2028\\u202e\\u2066\\u0000\\u007f\\ud800 B");
        String plain = "Z\u00fcrich \u65e5\u672c \ud83d\udc68\u200d\ud83d\udcbb \u05e9\u05dc\u05d5\u05dd 100% \\n\tx";
        assertThat(HarmlessText.of(plain)).isSameAs(plain);
    }

    @Test
    void whatIsPrintedAsOneLineIsOneLine() {
        StringWriter text = new StringWriter();
        ConsoleWriter out = new ConsoleWriter(text);
        out.println(HOSTILE);
        out.println((Object) new StringBuilder(HOSTILE));
        out.printf("%s is %,d%n", HOSTILE + "\t", 1_000);
        out.flush();
        assertThat(text.toString().lines()).hasSize(3).noneMatch(line -> HARMFUL.matcher(line).find())
                .last().asString().endsWith(" B\\t is 1,000");
    }

    @Test
    void jsonWithEscapesIsTheSameJson() {
        JsonNode json = JsonTrees.parse("{\"alias\": \"a\\u202e\\u009b\\u2028\\u007f\\n\\u001b\"}");
        StringWriter text = new StringWriter();
        ConsoleWriter out = new ConsoleWriter(text);
        out.println(JsonTrees.text(json));
        out.flush();
        assertThat(text.toString().strip()).doesNotContainPattern(HARMFUL);
        assertThat(JsonTrees.parse(text.toString().strip())).isEqualTo(json);
    }

    @Test
    void coloursComeFromTheProgramOnly() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ConsoleWriter out = new ConsoleWriter(bytes, true, false);
        out.println(new Terminal(true, 80).paint(Style.BAD, "late\u001b[0m") + " \u001b[32mgood");
        out.flush();
        assertThat(bytes.toString(StandardCharsets.UTF_8).strip())
                .isEqualTo("\u001b[31mlate\\u001b[0m\u001b[0m \\u001b[32mgood");
        StringWriter plain = new StringWriter();
        ConsoleWriter file = new ConsoleWriter(plain);
        file.println("\ufdd3x\ufdef");
        file.flush();
        assertThat(plain.toString().strip()).isEqualTo("\\ufdd3x\\ufdef");
    }

    @Test
    void aLogEventIsOneLineAndItsStackTraceIsIndented() {
        LoggerContext context = new LoggerContext();
        LogLineLayout layout = new LogLineLayout();
        layout.setContext(context);
        layout.setPattern("%-5level %logger{20} %msg%nopex");
        layout.start();
        LoggingEvent event = new LoggingEvent("caller", context.getLogger("test"), Level.WARN, "key {}",
                new IllegalStateException(HOSTILE, new IOException(HOSTILE)), new Object[] {HOSTILE});
        String text = layout.doLayout(event);
        assertThat(text.lines().findFirst().orElseThrow()).startsWith("WARN  test key A\\u001b[2J");
        assertThat(text.lines().skip(1)).hasSizeGreaterThan(4).allMatch(line -> line.startsWith("\t"));
        assertThat(text.lines()).noneMatch(line -> HARMFUL.matcher(line.replace("\t", "")).find());
    }

    @Test
    void aLogEventInJsonIsTheSameEvent() {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        LogJsonEncoder encoder = new LogJsonEncoder();
        encoder.setContext(context);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        String whole = HOSTILE.replace("\ud800", "");
        String line = new String(encoder.encode(new LoggingEvent("caller", context.getLogger("test"), Level.WARN, "{}",
                null, new Object[] {whole})), StandardCharsets.UTF_8);
        assertThat(line.stripTrailing()).doesNotContainPattern(HARMFUL);
        assertThat(JsonTrees.parse(line.strip()).get("formattedMessage").textValue()).isEqualTo(whole);
    }

    @Test
    void theFirstFailureOfAWriteIsKept() {
        ConsoleWriter out = new ConsoleWriter(new OutputStream() {
            private int left = 2;

            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device " + left--);
            }
        }, false, false);
        out.println("one");
        assertThat(out.checkError()).isTrue();
        out.println("two");
        assertThat(out.failure()).get().extracting(IOException::getMessage).isEqualTo("No space left on device 2");
    }

    /** The writer is the only place that makes output harmless, so there is no other way to print. */
    @Test
    void nothingPrintsPastTheWriter() throws IOException {
        Pattern other = Pattern.compile("System\\.(out|err)\\b|new Print(Writer|Stream)\\("
                + "(?!Writer\\.nullWriter|OutputStream\\.nullOutputStream|trace\\))");
        Pattern raw = Pattern.compile("\\b(out|err)(\\(\\))?\\.print\\(");
        Set<String> trusted = Set.of("Offerflow.java", "CompletionCommand.java"); // help, and a script
        List<String> found = new ArrayList<>();
        for (String module : List.of("schemas", "sandbox", "streams-app", "notifier", "gateway", "producer-cli")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                // console is where the writers are made
                for (Path file : files.filter(path -> path.toString().endsWith(".java")
                        && !path.getParent().endsWith("console")).toList()) {
                    boolean mayBeRaw = trusted.contains(file.getFileName().toString());
                    Stream.of(other, raw).filter(one -> one == other || !mayBeRaw)
                            .flatMap(one -> one.matcher(read(file)).results())
                            .forEach(use -> found.add(file + ": " + use.group()));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logback-text.xml", "logback-json.xml"})
    void theLogHasNoOtherEncoder(String resource) throws IOException {
        assertThat(Files.readString(Path.of("src", "main", "resources", resource)))
                .containsAnyOf("io.offerflow.cli.console.LogLineLayout", "io.offerflow.cli.console.LogJsonEncoder")
                .containsOnlyOnce("<encoder").containsOnlyOnce("<appender ");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
