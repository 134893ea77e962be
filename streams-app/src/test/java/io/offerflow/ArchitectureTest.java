package io.offerflow;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.offerflow.contract.NameSuggester;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which layer may depend on which. */
class ArchitectureTest {

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.offerflow.domain", "io.offerflow.codec", "io.offerflow.topology",
                    "io.offerflow.replay", "io.offerflow.runtime");

    @Test
    void theDomainDependsOnlyOnItselfAndJava() {
        check(classes().that().resideInAPackage("io.offerflow.domain..").should().onlyDependOnClassesThat(
                        resideInAnyPackage("io.offerflow.domain..", "java..").or(type(NameSuggester.class)))
                .because("rules that use Kafka, Avro or a logger cannot be read, replayed or tested by themselves"));
    }

    @Test
    void theDomainUsesNoClockAndNoRandomNumbers() {
        check(noClasses().that().resideInAPackage("io.offerflow.domain..").should().dependOnClassesThat()
                .belongToAnyOf(Clock.class).orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(System.class, "nanoTime").orShould().callMethod(Instant.class, "now")
                .orShould().callMethod(LocalDate.class, "now").orShould().callMethod(LocalDateTime.class, "now")
                .orShould().callMethod(OffsetDateTime.class, "now").orShould().callMethod(ZonedDateTime.class, "now")
                .orShould().callMethod(UUID.class, "randomUUID").orShould().callMethod(Math.class, "random")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.util.Random")
                .because("the same state and input have to give the same entry, also in a replay years later"));
    }

    @Test
    void decisionsAndStoredBytesDoNotDependOnTheDefaultLocale() {
        check(noClasses().that().resideInAnyPackage("io.offerflow.domain..", "io.offerflow.codec..",
                        "io.offerflow.topology..", "io.offerflow.replay..")
                .should().callMethod(String.class, "formatted", Object[].class)
                .orShould().callMethod(String.class, "format", String.class, Object[].class)
                .orShould().callMethod(String.class, "toLowerCase").orShould().callMethod(String.class, "toUpperCase")
                .because("entries are compared byte for byte on any machine; use RootLocaleText, Locale.ROOT"));
    }

    @Test
    void projectionsDependOnTheTransitionAlone() {
        check(noClasses().that().resideInAPackage("io.offerflow.topology.outputs..").should().dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..").orShould().dependOnClassesThat()
                .haveSimpleNameEndingWith("Stores")
                .because("an output is a pure function of a transition and can be made again from the journal"));
    }

    @Test
    void theCodecDependsNeitherOnTopologyNorOnRuntime() {
        check(noClasses().that().resideInAPackage("io.offerflow.codec..").should().dependOnClassesThat()
                .resideInAnyPackage("io.offerflow.topology..", "io.offerflow.runtime..", "org.apache.kafka..")
                .because("bytes are read by replays and tools that run no topology"));
    }

    @Test
    void theTopologyDoesNotDependOnTheRuntime() {
        check(noClasses().that().resideInAPackage("io.offerflow.topology..").should().dependOnClassesThat()
                .resideInAPackage("io.offerflow.runtime..")
                .because("TopologySettings holds what it needs"));
    }

    private static void check(ArchRule rule) {
        rule.check(SERVICE);
    }
}
