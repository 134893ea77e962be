package io.offerflow.simulation;

import static com.tngtech.archunit.base.DescribedPredicate.or;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.OfferFeatures;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.PlanChange;
import io.offerflow.domain.model.PlanState;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.SectionState;
import io.offerflow.domain.model.Status;
import io.offerflow.domain.model.Value;
import org.junit.jupiter.api.Test;

/** The reference model is independent: it shares names and values with the engine, and no rule. */
class ModelIndependenceTest {

    private static final JavaClasses MODEL = new ClassFileImporter().importPackages("io.offerflow.simulation.model");

    @Test
    void theModelDependsOnCommandsAndValuesAlone() {
        classes().should().onlyDependOnClassesThat(or(resideInAnyPackage("java..", "io.offerflow.simulation.model.."),
                belongToAnyOf(CommandEnvelope.class, Command.class, Reason.class, OutcomeResult.class, Status.class,
                        PlanState.class,
                        SectionId.class, SectionState.class, OfferType.class, PublishStep.class, Content.class,
                        PlanChange.class, Value.class, PublishStep[].class))).check(MODEL);
    }

    @Test
    void theModelCallsNoRuleOfTheEngine() {
        noClasses().should().callMethod(PlanChange.class, "applyTo", Value.Struct.class)
                .orShould().callMethod(Value.Struct.class, "digest").orShould().callMethod(Content.class, "digest")
                .orShould().callMethod(PublishStep.class, "of", OfferFeatures.class)
                .orShould().callMethod(PublishStep.class, "named", String.class)
                .orShould().callMethod(SectionId.class, "named", String.class).check(MODEL);
    }
}
