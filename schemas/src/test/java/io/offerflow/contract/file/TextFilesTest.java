package io.offerflow.contract.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text is UTF-8 or refused, and what is written is whole or absent. */
class TextFilesTest {

    @TempDir
    private Path folder;

    @Test
    void textIsReadAsItIsWithoutItsByteOrderMark() throws IOException {
        String text = "Zürich \u65e5\u672c \ud83d\ude00\n".repeat(5_000);
        assertThat(read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        assertThat(read(("\ufeff" + text).getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(new byte[] {'a'})).isEqualTo("a");
        Utf8Reader ended = new Utf8Reader(new ByteArrayInputStream(new byte[] {'a'}));
        assertThat(ended.read(new char[2])).isOne();
        assertThat(ended.read(new char[2])).isEqualTo(-1);
        assertThat(ended.read(new char[2])).as("again").isEqualTo(-1);
        assertThat(TextFiles.read(new InputStream() { // one byte at a time
            private final InputStream bytes = new ByteArrayInputStream("\ufeffé\ud83d\ude00".getBytes(
                    StandardCharsets.UTF_8));

            @Override
            public int read() throws IOException {
                return bytes.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return bytes.read(target, offset, 1);
            }
        })).isEqualTo("é\ud83d\ude00");
    }

    @Test
    void otherBytesAreRefusedWithTheirPlaceAndTheirUsualLetter() {
        byte[] windows = "ID,Name\n\u00fcber,M\u00fcller\n".getBytes(Charset.forName("windows-1252"));
        assertThatThrownBy(() -> read(windows)).isInstanceOf(NotUtf8Exception.class).hasMessage("line 2, column 1:"
                + " expected text in UTF-8, but met the byte 0xfc (\"\u00fc\" in Windows-1252); save the file as"
                + " UTF-8");
        assertThatThrownBy(() -> read(new byte[] {'a', '\n', 'b', (byte) 0xE2, (byte) 0x82}))
                .as("cut in the middle of a character").hasMessageStartingWith("line 2, column 2: ");
        assertThatThrownBy(() -> read(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}))
                .as("half a pair of surrogates").isInstanceOf(NotUtf8Exception.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void utf16IsCalledByItsName(String charset) {
        assertThatThrownBy(() -> read("{\"a\": 1}".getBytes(Charset.forName(charset))))
                .isInstanceOf(NotUtf8Exception.class).hasMessageContaining("but met UTF-16; save the file as UTF-8");
    }

    @Test
    void whatCannotBeReadIsToldWithoutTheNameOfAClass() throws IOException {
        assertThat(TextFiles.reason(failure(folder.resolve("absent")))).isEqualTo("there is no such file or directory");
        assertThat(TextFiles.reason(failure(folder))).doesNotContain("Exception").containsIgnoringCase("directory");
        Path wrong = Files.writeString(folder.resolve("wrong.properties"), "a=\\u12\n");
        assertThatThrownBy(() -> TextFiles.properties(wrong)).isInstanceOf(IOException.class)
                .hasMessageContaining("encoding");
    }

    @Test
    void aFileThatIsNotCompletedLeavesWhatWasThere() throws IOException {
        Path target = Files.writeString(folder.resolve("dump.jsonl"), "old");
        assertThatThrownBy(() -> WholeFile.write(target, out -> {
            out.write(new byte[100_000]);
            throw new IOException("No space left on device");
        })).hasMessage("No space left on device");
        assertThat(target).hasContent("old");
        WholeFile.write(target, "new");
        assertThat(target).hasContent("new");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(target);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
    void aFileKeepsItsPermissionsAndALinkItsTarget() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "old");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), secret);
        WholeFile.write(link, "new");
        assertThat(secret).hasContent("new");
        assertThat(link).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret))).isEqualTo("rw-------");
    }

    private static IOException failure(Path file) {
        try {
            TextFiles.read(file);
            throw new AssertionError("it can be read: " + file);
        } catch (IOException e) {
            return e;
        }
    }

    private static String read(byte[] bytes) throws IOException {
        return TextFiles.read(new ByteArrayInputStream(bytes));
    }
}
