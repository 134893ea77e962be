package io.offerflow.cli.simulator;

import io.offerflow.avro.OfferListing;
import io.offerflow.avro.StepMessage;
import io.offerflow.avro.StepRequest;
import io.offerflow.avro.SubmittedSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;

/** The policies that the simulated certification checks, and what it only remarks on. */
final class CertificationRules {

    /** A policy: its code, the fields that it checks, the text that it objects to, and a note for the publisher. */
    private record CertificationPolicy(String code, List<String> fields, Pattern objection, String note) {
    }

    private static final int REPORTED = 3;
    private static final int SHORT_DESCRIPTION = 300;
    private static final String LISTING = "Offer listing";
    private static final List<String> TEXTS = List.of("name", "summary", "description", "gettingStarted");

    private static final String PLACEHOLDER = "lorem ipsum|\\[insert [^\\]]*\\]|\\bplaceholder text\\b"
            + "|\\bto be (?:defined|written)\\b";
    private static final String EDITORS_MARK = "\\b(?:TBD|TBC|TODO|FIXME|XXX)\\b";

    private static final List<CertificationPolicy> FAILING = List.of(
            new CertificationPolicy("100.1.1", TEXTS, anyCase(PLACEHOLDER),
                    "Replace the placeholder with the text customers should read."),
            new CertificationPolicy("100.1.2", TEXTS, Pattern.compile(EDITORS_MARK),
                    "Finish the text; marks of the editor must not reach customers."),
            new CertificationPolicy("100.1.3", TEXTS, anyCase("\\b(?:the )?(?:world's|industry's)"
                    + " (?:best|leading|number one)\\b"
                    + "|\\bbest in the world\\b|\\b(?:number|no\\.) ?(?:one|1) in the (?:world|market|industry)\\b"
                    + "|\\bunrivall?ed\\b|\\b100 ?% (?:secure|safe|guaranteed)\\b"
                    + "|\\bguaranteed (?:results|savings)\\b"),
                    "Remove the claim, or give a public source that supports it."),
            new CertificationPolicy("100.2.1", List.of("privacyPolicyUrl"), anyCase("^(?!https://).*$"),
                    "The privacy policy must be served over https."));

    private static final CertificationPolicy PLANS = new CertificationPolicy("100.3.1", List.of("name", "description"),
            Pattern.compile("(?iu:" + PLACEHOLDER + ")|" + EDITORS_MARK),
            "A plan is what customers choose by; finish its text.");

    private static final List<CertificationPolicy> REMARKS = List.of(
            new CertificationPolicy("100.2.2", List.of("supportUrl"), anyCase("^(?!https://).*$"),
                    "Consider https for the support page, too; this did not affect the result."));

    private CertificationRules() {
    }

    /** Why the submission fails, at most three messages; empty if it passes. */
    static List<StepMessage> failures(StepRequest request) {
        Stream<StepMessage> listing = listing(request).stream()
                .flatMap(content -> FAILING.stream().flatMap(policy -> apply(policy, LISTING, content).stream()));
        Stream<StepMessage> plans = request.getPlans().stream()
                .flatMap(plan -> apply(PLANS, "Plan \"" + plan.getPlanId() + "\"", plan.getContent()).stream());
        return Stream.concat(listing, plans).limit(REPORTED).toList();
    }

    /** Remarks on a submission that passes. */
    static List<StepMessage> remarks(StepRequest request) {
        List<StepMessage> remarks = new ArrayList<>();
        listing(request).ifPresent(listing -> {
            REMARKS.forEach(policy -> apply(policy, LISTING, listing).ifPresent(remarks::add));
            text(listing, "description").filter(text -> text.length() < SHORT_DESCRIPTION).ifPresent(text ->
                    remarks.add(new StepMessage("100.1.4", "The description has only " + text.length()
                            + " characters; customers find offers that say more. This did not affect the result.")));
        });
        return remarks;
    }

    private static Optional<StepMessage> apply(CertificationPolicy policy, String place, SpecificRecordBase content) {
        return policy.fields().stream().flatMap(field -> found(policy, place, content, field)).findFirst();
    }

    private static Stream<StepMessage> found(CertificationPolicy policy, String place, SpecificRecordBase content,
            String field) {
        return text(content, field).map(policy.objection()::matcher).filter(Matcher::find)
                .map(matcher -> new StepMessage(policy.code(),
                        "%s, %s: found \"%s\". %s".formatted(place, field, matcher.group(), policy.note())))
                .stream();
    }

    private static Optional<OfferListing> listing(StepRequest request) {
        return request.getSections().stream().map(SubmittedSection::getContent)
                .filter(OfferListing.class::isInstance).map(OfferListing.class::cast).findFirst();
    }

    private static Optional<String> text(SpecificRecordBase content, String field) {
        return Optional.ofNullable((String) content.get(field));
    }

    private static Pattern anyCase(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
