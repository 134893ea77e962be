package io.offerflow.contract.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.contract.audience.AudienceFileRow.RowKind;
import io.offerflow.contract.file.FeedException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudienceCsvTest {

    private static final String ID = "0f9a5c1e-7a0c-4d1e-9d55-0c6f4a3b2d1";

    @TempDir
    private Path folder;

    @Test
    void columnsAreFoundByTheirNamesWhateverTheirOrderCaseAndBlanks() throws IOException {
        assertThat(read("\ufeff TYPE ,notes,id, description\r\n tenantid ,x," + ID + "0,\"Pilot,"
                + " north\"\r\n\r\n,,,\r\n"))
                .containsExactly(new AudienceFileRow(2, ID + "0", RowKind.TENANT, Optional.of("Pilot, north")));
        assertThat(read("ID,Description,Type\n" + ID + "1,,SubscriptionId"))
                .containsExactly(new AudienceFileRow(2, ID + "1", RowKind.SUBSCRIPTION, Optional.empty()));
    }

    @Test
    void whatIsExportedIsImportedAsItWas() throws IOException {
        Random random = new Random(7);
        String[] beginnings = {"=1+1", "'=x", "''@y", "'plain", "+49", "-1", "@a", "\t", "a,\"b\"",
            "line\nfeed", "Caf\u00e9 ",
            " =1", "'"};
        List<AudienceFileRow> members = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String label = beginnings[random.nextInt(beginnings.length)] + random.nextInt(10);
            members.add(new AudienceFileRow(0, new UUID(random.nextLong(), random.nextLong()).toString(),
                    RowKind.values()[random.nextInt(2)], Optional.of(label).filter(any -> random.nextInt(5) > 0)));
        }
        String text = AudienceCsv.text(members);
        assertThat(read(text)).usingRecursiveFieldByFieldElementComparatorIgnoringFields("line")
                .isEqualTo(members);
        assertThat(text.lines()).noneMatch(line -> line.matches("[^,]*,\"?[=+@-].*"));
    }

    @Test
    void everyBadLineIsNamedAndNothingIsTaken() {
        assertThatThrownBy(() -> read("ID,Description,Type\n" + ID.toUpperCase(java.util.Locale.ROOT) + "0,,TenantID\n"
                + ID + "1,,Tenant\n" + ID + "2,\"two\nlines\",TenantID\n" + ID + "2,,TenantID\n"))
                .isInstanceOf(FeedException.class)
                .hasMessageContainingAll("audience.csv:2: ID: expected a GUID in lower case",
                        "audience.csv:3: Type: expected TenantID or SubscriptionId, but met \"Tenant\"",
                        "audience.csv:6: ID: expected every id once, but \"" + ID + "2\" is on line 4, too",
                        "Nothing of audience.csv was sent.");
    }

    @Test
    void aMissingColumnIsNamed() {
        assertThatThrownBy(() -> read("ID,Descriptions,Type\n")).hasMessageContainingAll(
                "audience.csv:1: expected the columns ID, Description, Type, but there is no Description",
                "\"descriptions\" is similar, but not the same");
        assertThatThrownBy(() -> read("ID,Description,Type,id\n")).hasMessageContaining("one column ID, but met two");
        assertThatThrownBy(() -> read("")).hasMessageContaining("met nothing");
        assertThatThrownBy(() -> read("ID,Description,Type\n" + ID + "0,\"open,TenantID\n"))
                .hasMessageContaining("Nothing of audience.csv was sent.");
    }

    @Test
    void limitsThatTheServiceMayHaveRaisedAreLeftToIt() throws IOException {
        String rows = IntStream.rangeClosed(0, 20_000).mapToObj(i -> new UUID(0, i) + ","
                + "x".repeat(i == 0 ? 5_000 : 1) + ",SubscriptionId\n").collect(Collectors.joining());
        assertThat(read("ID,Description,Type\n" + rows)).hasSize(20_001);
    }

    @Test
    void otherSeparatorsAndEncodingsAreCalledByTheirNames() throws IOException {
        assertThatThrownBy(() -> read("ID;Description;Type\n" + ID + "0;;TenantID\n")).hasMessageContaining(
                "audience.csv:1: expected commas between the columns ID, Description, Type, but met semicolons");
        assertThatThrownBy(() -> read("ID\tDescription\tType\n")).hasMessageContaining("but met tabs");
        Path windows = Files.write(folder.resolve("windows.csv"), ("ID,Description,Type\n" + ID
                + "0,M\u00fcller,TenantID\n").getBytes(Charset.forName("windows-1252")));
        assertThatThrownBy(() -> AudienceCsv.read(windows)).isInstanceOf(FeedException.class).hasMessageContainingAll(
                "windows.csv:2: column 39: expected text in UTF-8, but met the byte 0xfc (\"\u00fc\" in Windows-1252)",
                "Nothing of windows.csv was sent.");
        Path wide = Files.write(folder.resolve("wide.csv"), "ID,Description,Type\n".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> AudienceCsv.read(wide)).hasMessageContaining("but met UTF-16; save the file as UTF-8");
    }

    @Test
    void chunksKeepTheLimitsOfRowsAndBytes() {
        List<AudienceFileRow> small = members(1_201, "x");
        assertThat(ImportChunker.split(small)).extracting(List::size).containsExactly(500, 500, 201);
        List<AudienceFileRow> large = members(300, "\ud83d\ude00".repeat(1000));
        assertThat(ImportChunker.split(large)).allSatisfy(chunk -> assertThat(chunk.stream().mapToInt(member ->
                member.label().orElseThrow().getBytes(StandardCharsets.UTF_8).length).sum()).isLessThan(256 * 1024));
        assertThat(ImportChunker.split(large).stream().flatMap(List::stream)).containsExactlyElementsOf(large);
    }

    private static List<AudienceFileRow> members(int count, String label) {
        return IntStream.range(0, count).mapToObj(i ->
                new AudienceFileRow(i + 2, new UUID(0, i).toString(), RowKind.TENANT,
                Optional.of(label))).toList();
    }

    private List<AudienceFileRow> read(String text) throws IOException {
        return AudienceCsv.read(Files.writeString(folder.resolve("audience.csv"), text));
    }
}
