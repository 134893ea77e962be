package io.offerflow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** The layers of the service, from the bottom up: a package depends only on those listed before it. */
class LayersTest {

    private static final String OURS = "io.offerflow.";
    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(OURS + "domain", OURS + "codec", OURS + "topology", OURS + "identity", OURS + "http",
                    OURS + "query", OURS + "replay", OURS + "runtime");

    @Test
    void domainIsModelThenStateThenRulesThenEngine() {
        layers("domain.model..", "domain.state.row..", "domain.state", "domain.rules..", "domain").check(SERVICE);
    }

    @Test
    void theServiceIsDomainThenCodecThenTopologyThenRuntime() {
        layers("domain..", "codec..", "topology.outputs..", "topology").check(SERVICE);
        layers("domain..", "codec..", "topology..", "query..", "runtime..").check(SERVICE);
        layers("identity..", "http..", "query..", "runtime..").check(SERVICE);
    }

    @Test
    void replayIsJournalThenTextThenFoldThenItsVerbs() {
        layers("replay.journal..", "replay.text..", "replay.fold..", "replay.whatif..").check(SERVICE);
        layers("replay.journal..", "replay.text..", "replay.explain..").check(SERVICE);
        layers("replay.journal..", "replay.fold..", "replay.write..").check(SERVICE);
        layers("replay.journal..", "replay.fold..", "replay.snapshot..").check(SERVICE);
    }

    @Test
    void nothingDependsOnTheDefaultZoneOrCharset() {
        noClasses().that()
                .resideInAnyPackage(OURS + "domain..", OURS + "codec..", OURS + "topology..", OURS + "replay..")
                .should().callMethod(ZoneId.class, "systemDefault").orShould().callMethod(TimeZone.class, "getDefault")
                .orShould().callMethod(Locale.class, "getDefault")
                .orShould().callMethod(Charset.class, "defaultCharset")
                .orShould().callMethod(String.class, "getBytes").orShould().callConstructor(String.class, byte[].class)
                .orShould().callConstructor(InputStreamReader.class, InputStream.class)
                .orShould().callConstructor(OutputStreamWriter.class, OutputStream.class)
                .orShould().callConstructor(FileReader.class, String.class)
                .orShould().callConstructor(FileWriter.class, String.class)
                .because("what is decided, stored and replayed is the same on every machine").check(SERVICE);
    }

    /** Packages, each of which may use those before it only. */
    private static LayeredArchitecture layers(String... packages) {
        LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String one : packages) {
            layers = layers.layer(one).definedBy(OURS + one);
        }
        layers = layers.whereLayer(packages[0]).mayNotAccessAnyLayer();
        for (int at = 1; at < packages.length; at++) {
            layers = layers.whereLayer(packages[at]).mayOnlyAccessLayers(Arrays.copyOf(packages, at));
        }
        return layers;
    }
}
