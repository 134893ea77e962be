package io.offerflow.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares two contents leaf by leaf. */
final class ContentDiff {

    private ContentDiff() {
    }

    /** The differences between two contents as {@link ContentJson#content} makes them. */
    static ObjectNode of(JsonNode from, JsonNode to) {
        Map<String, JsonNode> before = leaves(from);
        Map<String, JsonNode> after = leaves(to);
        List<ObjectNode> added = new ArrayList<>();
        List<ObjectNode> removed = new ArrayList<>();
        List<ObjectNode> edited = new ArrayList<>();
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        for (String path : paths) {
            JsonNode old = before.get(path);
            JsonNode current = after.get(path);
            if (old == null) {
                added.add(Json.object().put("path", path).set("value", current));
            } else if (current == null) {
                removed.add(Json.object().put("path", path).set("value", old));
            } else if (!old.equals(current)) {
                edited.add(Json.object().put("path", path).<ObjectNode>set("from", old).set("to", current));
            }
        }
        ObjectNode node = Json.object().put("equal", added.isEmpty() && removed.isEmpty() && edited.isEmpty());
        node.set("added", Json.array(added));
        node.set("removed", Json.array(removed));
        node.set("edited", Json.array(edited));
        return node;
    }

    private static Map<String, JsonNode> leaves(JsonNode content) {
        Map<String, JsonNode> leaves = new TreeMap<>();
        content.path("sections").properties().forEach(section -> put(leaves, section.getKey(), section.getValue()));
        content.path("plans").properties().forEach(plan -> put(leaves, "plans." + plan.getKey(), plan.getValue()));
        return leaves;
    }

    private static void put(Map<String, JsonNode> leaves, String path, JsonNode node) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(field -> put(leaves, path + "." + field.getKey(), field.getValue()));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                put(leaves, "%s[%d]".formatted(path, i), node.get(i));
            }
        } else {
            leaves.put(path, node); // an empty plan is a difference, too
        }
    }
}
