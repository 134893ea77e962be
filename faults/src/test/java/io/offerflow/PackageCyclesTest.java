package io.offerflow;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages of all modules form layers. The last module of the build sees the classes of all. */
class PackageCyclesTest {

    private static final List<Path> CLASSES = Stream.of("schemas", "sandbox", "streams-app", "gateway",
            "notifier", "producer-cli", "benchmarks", "faults")
            .map(module -> Path.of("..", module, "target", "classes")).toList();

    @Test
    void noPackageDependsOnItselfThroughOthers() {
        assertThat(CLASSES).allMatch(Files::isDirectory, "is compiled; run this test with -am");
        JavaClasses all = new ClassFileImporter().importPaths(CLASSES);
        slices().matching("io.offerflow.(**)").should().beFreeOfCycles().check(all);
    }
}
