package io.offerflow.cli.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.contract.json.BytesText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Headers of a record as JSON: a list, since names may repeat, of texts, or of base64 for values that are not text. */
public final class HeadersJson {

    private static final String NAME = "name";
    private static final String TEXT = "text";
    private static final String BASE64 = "base64";

    private HeadersJson() {
    }

    /** The headers as {@code [{"name": ..., "text": ...}]}. */
    public static ArrayNode write(Iterable<Header> headers) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Header header : headers) {
            ObjectNode item = list.addObject().put(NAME, header.key());
            if (header.value() != null) {
                BytesText.utf8(header.value()).ifPresentOrElse(text -> item.put(TEXT, text),
                        () -> item.put(BASE64, Base64.getEncoder().encodeToString(header.value())));
            }
        }
        return list;
    }

    static List<Header> read(JsonNode list) {
        List<Header> headers = new ArrayList<>();
        if (!list.isMissingNode() && !list.isArray()) {
            throw new LineException("headers: expected a list of {\"name\": ..., \"text\": ...}");
        }
        for (int i = 0; i < list.size(); i++) {
            headers.add(header(list.get(i), "headers[" + i + "]"));
        }
        return headers;
    }

    private static Header header(JsonNode item, String path) {
        boolean oneValue = item.size() == 1 || item.size() == 2 && (item.path(TEXT).isTextual()
                || item.path(BASE64).isTextual());
        if (!item.path(NAME).isTextual() || !oneValue) {
            throw new LineException(
                    path + ": expected {\"name\": ..., \"text\": ...} or \"base64\" instead of \"text\"");
        }
        String name = item.get(NAME).textValue();
        if (item.has(TEXT)) {
            return new RecordHeader(name, item.get(TEXT).textValue().getBytes(StandardCharsets.UTF_8));
        }
        try {
            return new RecordHeader(name,
                    item.has(BASE64) ? Base64.getDecoder().decode(item.get(BASE64).textValue()) : null);
        } catch (IllegalArgumentException e) {
            throw new LineException(path + ".base64: expected base64");
        }
    }
}
