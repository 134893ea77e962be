package io.offerflow.cli.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.Result;
import io.offerflow.avro.Status;
import io.offerflow.contract.NameSuggester;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Parses the {@code after} of a line: an object with one key, outcome, notification or status. */
final class WaitConditionParser {

    static final String DELETED = "DELETED";

    private WaitConditionParser() {
    }

    static WaitCondition parse(JsonNode node) {
        if (!node.isObject() || node.size() != 1) {
            throw new LineException("after: expected an object with one key: outcome, notification or status");
        }
        Map.Entry<String, JsonNode> condition = node.properties().iterator().next();
        String path = "after." + condition.getKey();
        JsonNode value = condition.getValue();
        String symbol = value.isTextual() ? value.textValue() : value.toString();
        return switch (condition.getKey()) {
            case "outcome" -> new WaitCondition.Outcome(symbol(path, symbol, Result.values()));
            case "notification" -> new WaitCondition.Notified(symbol(path, symbol, NotificationTemplate.values()));
            case "status" -> symbol.equals(DELETED) ? new WaitCondition.Deleted()
                    : new WaitCondition.InStatus(symbol(path, symbol, Status.values()));
            default -> throw new LineException(path + ": expected one of outcome, notification, status"
                    + meant(condition.getKey(), List.of("outcome", "notification", "status")));
        };
    }

    private static <E extends Enum<E>> E symbol(String path, String met, E[] values) {
        // UNKNOWN stands for symbols of newer releases, so it is never written
        List<E> known = Arrays.stream(values).filter(value -> !value.name().equals("UNKNOWN")).toList();
        List<String> names = known.stream().map(Enum::name).toList();
        return known.stream().filter(value -> value.name().equals(met)).findFirst()
                .orElseThrow(() -> new LineException("%s: expected one of %s, but met \"%s\"%s"
                        .formatted(path, String.join(", ", names), met, meant(met, names))));
    }

    static String meant(String met, List<String> known) {
        return NameSuggester.closest(met, known).map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }
}
