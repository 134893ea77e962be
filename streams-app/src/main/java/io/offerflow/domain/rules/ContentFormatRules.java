package io.offerflow.domain.rules;

import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.Value;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The errors that refuse a save: unknown names of closed lists, and secrets. Everything else is saved and shown as a
 * problem (domain.md 6, two-level rule).
 */
public final class ContentFormatRules {

    private static final Map<String, List<String>> NAMES = Map.of(
            "callToAction", List.of("GET_IT_NOW", "FREE_TRIAL", "CONTACT_ME"),
            "testDriveType", List.of("AZURE_RESOURCE_MANAGER", "DYNAMICS_365_BUSINESS_CENTRAL",
                    "DYNAMICS_365_CUSTOMER_ENGAGEMENT", "DYNAMICS_365_OPERATIONS", "LOGIC_APP", "POWER_BI"));
    private static final List<String> LEAD_DESTINATIONS =
            List.of("AZURE_BLOB", "AZURE_TABLE", "DYNAMICS", "HTTPS_ENDPOINT", "MARKETO", "SALESFORCE");
    private static final Set<String> SECRET_STORES = Set.of("vault", "keyvault", "secret", "https");

    private ContentFormatRules() {
    }

    /** The format error in the content of a section; empty if there is none. */
    public static Optional<FormatError> formatError(Content content) {
        Value.Struct fields = content.fields();
        for (Map.Entry<String, List<String>> closed : NAMES.entrySet()) {
            Optional<FormatError> fault = unknownName(closed.getKey(), closed.getValue(), fields.text(closed.getKey()));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return unknownName("leadDestination.type", LEAD_DESTINATIONS, fields.struct("leadDestination").text("type"))
                .or(() -> fields.text("appKeyReference").filter(key -> !isReference(key))
                        .map(key -> new FormatError(Rule.B66,
                                "appKeyReference is not the URI of a secret in a secret store; "
                                + "the key itself must never be sent, because commands are kept for ever")));
    }

    private static Optional<FormatError> unknownName(String path, List<String> known, Optional<String> given) {
        return given.filter(name -> !known.contains(name))
                .map(name -> FormatError.unknownName(Rule.O2, path, known, name));
    }

    /** Whether a text is the URI of a secret in a secret store, not the secret. */
    private static boolean isReference(String text) {
        try {
            URI reference = URI.create(text);
            return reference.getScheme() != null && SECRET_STORES.contains(reference.getScheme())
                    && reference.getHost() != null;
        } catch (IllegalArgumentException notAReference) {
            return false;
        }
    }
}
