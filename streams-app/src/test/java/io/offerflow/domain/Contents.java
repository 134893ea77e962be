package io.offerflow.domain;

import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.PlanChange;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Section and plan content for tests: complete ones, and copies with something changed. */
public final class Contents {

    private static final Object PHONE = "+49 30 5550100";

    private Contents() {
    }

    public static Content of(SectionId section, Object... namesAndValues) {
        return new Content(section, group(namesAndValues));
    }

    public static Value.Struct group(Object... namesAndValues) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], value(namesAndValues[i + 1]));
        }
        return new Value.Struct(fields);
    }

    public static Value value(Object given) {
        return switch (given) {
            case String text -> new Value.Text(text);
            case Boolean flag -> new Value.Bool(flag);
            case Integer number -> new Value.Int(number);
            case Value value -> value;
            case List<?> items -> new Value.Array(items.stream().map(Contents::value).toList());
            default -> throw new IllegalArgumentException(given.toString());
        };
    }

    /** The content with one field replaced, or added. */
    public static Content with(Content content, String name, Object value) {
        Map<String, Value> fields = new LinkedHashMap<>(content.fields().fields());
        fields.put(name, value(value));
        return new Content(content.section(), new Value.Struct(fields));
    }

    /** The content without a field. */
    public static Content without(Content content, String name) {
        Map<String, Value> fields = new LinkedHashMap<>(content.fields().fields());
        fields.remove(name);
        return new Content(content.section(), new Value.Struct(fields));
    }

    public static Content listingOnlySetup() {
        return of(SectionId.OFFER_SETUP, "sellThroughMicrosoft", false, "callToAction", "GET_IT_NOW",
                "offerUrl", "https://contoso.example.com/planner");
    }

    public static Content transactableSetup() {
        return of(SectionId.OFFER_SETUP, "sellThroughMicrosoft", true, "leadDestination",
                group("type", "HTTPS_ENDPOINT", "endpoint", "https://crm.contoso.example.com/leads"));
    }

    public static Content testDriveSetup(String type) {
        return with(with(transactableSetup(), "testDriveEnabled", true), "testDriveType", type);
    }

    public static Content properties() {
        return of(SectionId.PROPERTIES, "categories", List.of("Productivity"), "standardContract", true);
    }

    public static Content listing() {
        return of(SectionId.OFFER_LISTING, "name", "Shift Planner", "summary", "Plans shifts.",
                "description", "Plans the shifts of a shop floor.", "gettingStarted", "Sign in and invite your team.",
                "privacyPolicyUrl", "https://contoso.example.com/privacy", "supportContact", contact(),
                "supportUrl", "https://contoso.example.com/help", "engineeringContact", contact(),
                "documents", List.of(pdf()), "screenshots", List.of(png(1280, 720)), "largeLogo", png(216, 216));
    }

    public static Content preview() {
        return of(SectionId.PREVIEW, "testers", List.of(group("email", "tester@contoso.example.com")));
    }

    public static Content technical() {
        return of(SectionId.TECHNICAL_CONFIGURATION, "landingPageUrl", "https://contoso.example.com/welcome",
                "webhookUrl", "https://contoso.example.com/hook", "tenantId", "0b1c2d3e-0000-4000-8000-00000000000a",
                "appId", "0b1c2d3e-0000-4000-8000-00000000000b");
    }

    public static Content testDrive() {
        return of(SectionId.TEST_DRIVE, "description", "Try it for a day.", "userManual", pdf(), "durationHours", 24,
                "accessInformation", "Use the account you are given.",
                "subscriptionId", "0b1c2d3e-0000-4000-8000-00000000000c",
                "tenantId", "0b1c2d3e-0000-4000-8000-00000000000d", "appId", "0b1c2d3e-0000-4000-8000-00000000000e",
                "appKeyReference", "vault://contoso/test-drive");
    }

    public static PlanChange plan(String name) {
        return change("name", name, "description", "All of it.", "markets", List.of("DE", "FR", "US"),
                "pricingModel", "FLAT_RATE", "visibility", "PUBLIC",
                "terms", List.of(group("term", "MONTHLY", "price", "49.00")));
    }

    public static PlanChange change(Object... namesAndValues) {
        return new PlanChange(group(namesAndValues), List.of());
    }

    public static PlanChange clear(String... names) {
        return new PlanChange(Value.EMPTY, List.of(names));
    }

    public static Value.Struct contact() {
        return group("name", "Support desk", "email", "support@contoso.example.com", "phone", PHONE);
    }

    public static Value.Struct pdf() {
        return group("fileName", "manual.pdf", "url", "https://contoso.example.com/manual.pdf",
                "mediaType", "application/pdf");
    }

    public static Value.Struct png(int width, int height) {
        return group("url", "https://contoso.example.com/%dx%d.png".formatted(width, height),
                "mediaType", "image/png", "widthPx", width, "heightPx", height);
    }

    public static Value.Struct video() {
        return group("name", "Tour", "url", "https://www.youtube.com/watch?v=tour", "thumbnail", png(1280, 720));
    }

    /** So many times the same. */
    public static List<Object> times(int count, Object item) {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item);
        }
        return items;
    }
}
