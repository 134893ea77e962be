package io.offerflow.contract.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offerflow.contract.Topic;

/** Parses and writes JSON, with limits on size and depth. */
public final class JsonTrees {

    /** Deeper than any schema of the contract. */
    static final int MAX_NESTING = 64;

    /** Longer than any value of a topic, base64 included. */
    static final int MAX_LENGTH = 2 * Topic.OUTPUT_MAX_BYTES;

    private static final int MAX_NUMBER_LENGTH = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxDocumentLength(MAX_LENGTH)
                            .maxStringLength(MAX_LENGTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonTrees() {
    }

    /**
     * The tree of one JSON document.
     *
     * @throws JsonMismatchException if the text is not one JSON document, names a field twice, or breaks a limit
     */
    public static JsonNode parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new JsonMismatchException("", "at most " + MAX_LENGTH + " characters", text.length() + " of them");
        }
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (tree.isMissingNode()) {
                throw new JsonMismatchException("", "a JSON document", "nothing");
            }
            return tree;
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null ? "" : " at character " + e.getLocation().getColumnNr();
            throw new JsonMismatchException("", "a JSON document", "text that is none" + where + " ("
                    + e.getOriginalMessage().lines().findFirst().orElse("no reason given") + ")");
        }
    }

    /** The tree on one line. */
    public static String text(JsonNode tree) {
        return tree.toString();
    }
}
