package io.offerflow.gateway.command;

import io.offerflow.contract.NameBasedId;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.HttpError;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The key under which a request takes effect once, however often it is sent.
 *
 * @param text as the client gave it
 */
record IdempotencyKey(String text) {

    /** Name of the header. */
    static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 200;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /**
     * The key of a request, or a random one if it has none.
     *
     * @throws HttpError if it is empty, too long, or not printable ASCII
     */
    static IdempotencyKey of(ApiRequest request) {
        String text = request.header(HEADER).orElseGet(() -> UUID.randomUUID().toString());
        if (text.length() > LONGEST || !PRINTABLE.matcher(text).matches()) {
            throw HttpError.badRequest("Expected %s to have 1 to %d printable ASCII characters, but it has %d, or "
                    + "other ones.", HEADER, LONGEST, text.length());
        }
        return new IdempotencyKey(text);
    }

    /** The command id: a key that is a UUID as it is, any other as a name-based UUID. */
    String commandId() {
        return UUID_FORM.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : id("command").toString();
    }

    /** The id for a part of the request. */
    UUID id(String part) {
        return NameBasedId.of(HEADER, part, text);
    }
}
