package io.offerflow.gateway.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.contract.json.JsonMismatchException;
import io.offerflow.contract.json.JsonTrees;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.HttpError;
import io.offerflow.http.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Reads the JSON of requests; what does not fit is a problem with path, expectation and the closest known name. */
public final class JsonBody {

    private JsonBody() {
    }

    /**
     * The JSON document of a request; an empty object if it has none.
     *
     * @param most largest size in bytes
     * @throws HttpError if it is too large, of another type, or malformed
     */
    public static JsonNode read(ApiRequest request, int most) {
        byte[] body = request.content(most);
        if (body.length == 0) {
            return Json.object();
        }
        String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json")) {
            throw HttpError.of(415, "UNSUPPORTED_MEDIA_TYPE", "Expected Content-Type to be application/json, but it is "
                    + "\"%s\".", ApiRequest.shortened(type));
        }
        try {
            return JsonTrees.parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException e) {
            throw HttpError.of(400, "MALFORMED_JSON", "Expected a JSON document in UTF-8, but met other bytes.");
        } catch (JsonMismatchException e) {
            throw HttpError.of(400, "MALFORMED_JSON", "%s", sentence(e)).with(members(e));
        }
    }

    /**
     * The record that a JSON document describes.
     *
     * @throws HttpError if a field is unknown, missing or of another type
     */
    public static IndexedRecord record(Schema schema, JsonNode tree) {
        try {
            return AvroJson.read(schema, tree);
        } catch (JsonMismatchException e) {
            throw HttpError.of(422, "MALFORMED", "%s", sentence(e)).with(members(e));
        }
    }

    private static String sentence(JsonMismatchException mismatch) {
        String text = mismatch.path().isEmpty()
                ? "Expected" + mismatch.getMessage().substring("expected".length()) : mismatch.getMessage();
        return text.endsWith("?") ? text : text + ".";
    }

    private static ObjectNode members(JsonMismatchException mismatch) {
        ObjectNode node = Json.object().put("path", mismatch.path()).put("expected", mismatch.expected())
                .put("met", mismatch.met());
        return node.set("suggestion", Json.text(mismatch.suggestion()));
    }
}
