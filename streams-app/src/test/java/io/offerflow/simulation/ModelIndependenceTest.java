package io.offerflow.simulation;

import static com.tngtech.archunit.base.DescribedPredicate.or;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.offerflow.domain.Ask;
import io.offerflow.domain.Command;
import io.offerflow.domain.OfferType;
import io.offerflow.domain.PlanState;
import io.offerflow.domain.Reason;
import io.offerflow.domain.Result;
import io.offerflow.domain.SectionId;
import io.offerflow.domain.SectionState;
import io.offerflow.domain.Setup;
import io.offerflow.domain.Status;
import io.offerflow.domain.Step;
import io.offerflow.domain.content.Content;
import io.offerflow.domain.content.PlanChange;
import io.offerflow.domain.content.Value;
import org.junit.jupiter.api.Test;

/** The reference model is independent: it shares names and values with the engine, and no rule. */
class ModelIndependenceTest {

    private static final JavaClasses MODEL = new ClassFileImporter().importPackages("io.offerflow.simulation.model");

    @Test
    void theModelDependsOnCommandsAndValuesAlone() {
        classes().should().onlyDependOnClassesThat(or(resideInAnyPackage("java..", "io.offerflow.simulation.model.."),
                belongToAnyOf(Ask.class, Command.class, Reason.class, Result.class, Status.class, PlanState.class,
                        SectionId.class, SectionState.class, OfferType.class, Step.class, Content.class,
                        PlanChange.class, Value.class, Step[].class))).check(MODEL);
    }

    @Test
    void theModelCallsNoRuleOfTheEngine() {
        noClasses().should().callMethod(PlanChange.class, "applyTo", Value.Group.class)
                .orShould().callMethod(Value.Group.class, "digest").orShould().callMethod(Content.class, "digest")
                .orShould().callMethod(Step.class, "of", Setup.class)
                .orShould().callMethod(Step.class, "named", String.class)
                .orShould().callMethod(SectionId.class, "named", String.class).check(MODEL);
    }
}
