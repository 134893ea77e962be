package io.offerflow.contract.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offerflow.contract.Topic;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses and writes JSON, with limits on size and depth. */
public final class JsonTrees {

    /** Beginning of what is met instead of a document if the text ends too early. */
    public static final String CUT = "a part of one";

    /** Deeper than any schema of the contract. */
    static final int MAX_NESTING = 64;

    /** Longer than any value of a topic, base64 included. */
    static final int MAX_LENGTH = 2 * Topic.OUTPUT_MAX_BYTES;

    private static final int MAX_NUMBER_LENGTH = 64;

    /** Advice to programmers in the messages of the parser. */
    private static final Pattern OWN_SETTINGS =
            Pattern.compile(": enable `.*|:? maybe a \\(non-standard\\) comment\\?.*|, from `[^`]*`");

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
            throw new JsonMismatchException("", "a JSON document", met(e));
        }
    }

    /** What is wrong, without names of the parser's settings. */
    private static String met(JsonProcessingException e) {
        String where = Optional.ofNullable(e.getLocation()).map(at -> (at.getLineNr() > 1 ? " at line " + at.getLineNr()
                + ", column " : " at character ") + at.getColumnNr()).orElse("");
        String message = Optional.ofNullable(e.getOriginalMessage()).orElse("");
        if (e instanceof JsonEOFException) {
            return CUT + ": it ends" + where;
        }
        if (message.startsWith("Trailing token")) {
            return "a second one after it" + where;
        }
        String reason = OWN_SETTINGS.matcher(message.lines().findFirst().orElse("")).replaceAll("").strip();
        return "text that is none" + where + (reason.isEmpty() ? "" : " (" + reason + ")");
    }

    /** The tree on one line. */
    public static String text(JsonNode tree) {
        return tree.toString();
    }
}
