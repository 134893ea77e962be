package io.offerflow.cli.simulator;

import io.offerflow.avro.ReportStepFailed;
import io.offerflow.avro.ReportStepSucceeded;
import io.offerflow.avro.StepMessage;
import io.offerflow.avro.StepName;
import io.offerflow.avro.StepRequest;
import io.offerflow.avro.StepResult;
import io.offerflow.contract.NameBasedId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The answers of the simulated systems; all answers to the same request have the same command id. */
final class StepAnswers {

    private StepAnswers() {
    }

    /** Whether a system answers for this step: a person does the sign-off, and unknown steps have no system. */
    static boolean isAnswered(StepName step) {
        return step != StepName.PUBLISHER_SIGN_OFF && step != StepName.UNKNOWN;
    }

    static StepResult answer(StepRequest request, Instant issuedAt) {
        return new StepResult(commandId(request), request.getPublisherId(), request.getOfferId(),
                actor(request.getStep()), issuedAt.truncatedTo(ChronoUnit.MILLIS), false, payload(request));
    }

    private static Object payload(StepRequest request) {
        if (request.getStep() != StepName.CERTIFICATION) {
            return new ReportStepSucceeded(request.getSubmission(), request.getStep().name(), List.of());
        }
        List<StepMessage> failures = CertificationRules.failures(request);
        return failures.isEmpty()
                ? new ReportStepSucceeded(request.getSubmission(), request.getStep().name(),
                        CertificationRules.remarks(request))
                : new ReportStepFailed(request.getSubmission(), request.getStep().name(), failures);
    }

    private static String commandId(StepRequest request) {
        return NameBasedId.of("step-result", request.getPublisherId() + "/" + request.getOfferId(),
                Long.toString(request.getSubmission()), request.getStep().name()).toString();
    }

    private static String actor(StepName step) {
        return switch (step) {
            case CERTIFICATION -> "certification";
            case PREVIEW_CREATION, PUBLISH_PURCHASE_FLOW, PUBLISH_TEST_DRIVE_DATA, PUBLISH_TEST_DRIVE_PROVISIONING,
                    PUBLISH_LEAD_MANAGEMENT, FINAL_PUBLISH -> "publishing";
            case PURCHASE_FLOW, TEST_DRIVE_DATA, TEST_DRIVE_PROVISIONING, LEAD_MANAGEMENT, PUBLISHER_SIGN_OFF,
                    UNKNOWN -> "validation";
        };
    }
}
