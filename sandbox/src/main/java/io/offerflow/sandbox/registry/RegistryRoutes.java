package io.offerflow.sandbox.registry;

import com.fasterxml.jackson.databind.util.RawValue;
import io.offerflow.sandbox.registry.RegistryContent.SubjectVersion;
import io.offerflow.sandbox.registry.RegistryService.FoundSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which address of the REST API asks what of the registry, and the shape of each answer. */
final class RegistryRoutes {

    private static final String READ_WRITE = "READWRITE";

    private final RegistryService desk;

    RegistryRoutes(RegistryService desk) {
        this.desk = desk;
    }

    /** The answer, ready to be written as JSON. */
    Object answer(RegistryRequest call) {
        List<String> path = call.path();
        return switch (path.isEmpty() ? "" : path.getFirst()) {
            case "" -> only(call, "GET", Map.of());
            case "subjects" -> subjects(call, path);
            case "schemas" -> schemas(call, path);
            case "config" -> path.size() > 2 ? nowhere() : config(call, path);
            case "mode" -> path.size() > 2 ? nowhere() : mode(call, path);
            case "compatibility" -> compatibility(call, path);
            default -> nowhere();
        };
    }

    private Object subjects(RegistryRequest call, List<String> path) {
        if (path.size() == 1) {
            return only(call, "GET", desk.subjects(call.asks("deleted")).stream()
                    .filter(name -> name.startsWith(call.query().getOrDefault("subjectPrefix", ""))).toList());
        }
        String subject = path.get(1);
        if (path.size() == 2) {
            return switch (call.method()) {
                case "POST" -> row(desk.lookUp(subject, call.schema(), call.asks("deleted")));
                case "DELETE" -> desk.deleteSubject(subject, call.asks("permanent"));
                default -> wrongMethod();
            };
        }
        return path.get(2).equals("versions") ? versions(call, path, subject) : nowhere();
    }

    private Object versions(RegistryRequest call, List<String> path, String subject) {
        if (path.size() == 3) {
            return switch (call.method()) {
                case "GET" -> desk.versions(subject, call.asks("deleted"));
                case "POST" -> Map.of("id", desk.register(subject, call.schema()));
                default -> wrongMethod();
            };
        }
        String number = path.get(3);
        if (path.size() == 4) {
            return switch (call.method()) {
                case "GET" -> row(desk.version(subject, number, call.asks("deleted")));
                case "DELETE" -> desk.deleteVersion(subject, number, call.asks("permanent"));
                default -> wrongMethod();
            };
        }
        return path.size() == 5 && path.get(4).equals("schema")
                ? only(call, "GET", new RawValue(desk.version(subject, number, call.asks("deleted")).schema()))
                : nowhere();
    }

    private Object schemas(RegistryRequest call, List<String> path) {
        if (path.equals(List.of("schemas", "types"))) {
            return only(call, "GET", List.of("AVRO"));
        }
        if (path.size() < 3 || path.size() > 4 || !path.get(1).equals("ids")) {
            return nowhere();
        }
        int id = id(path.get(2));
        return only(call, "GET", switch (path.size() == 3 ? "" : path.get(3)) {
            case "" -> Map.of("schema", desk.schema(id).schema());
            case "schema" -> new RawValue(desk.schema(id).schema());
            case "subjects" -> listed(call, id).stream().map(SubjectVersion::subject).distinct().toList();
            case "versions" -> listed(call, id).stream().map(RegistryRoutes::coordinates).toList();
            default -> nowhere();
        });
    }

    private List<SubjectVersion> listed(RegistryRequest call, int id) {
        return desk.carriers(id).stream().filter(version -> call.asks("deleted") || !version.deleted()).toList();
    }

    private Object config(RegistryRequest call, List<String> path) {
        if (path.size() == 1) {
            return switch (call.method()) {
                case "GET" -> Map.of("compatibilityLevel", desk.globalLevel());
                case "PUT" -> globalLevel(call.level());
                case "DELETE" -> globalLevel(CompatibilityLevel.BACKWARD);
                default -> wrongMethod();
            };
        }
        String subject = path.get(1);
        return switch (call.method()) {
            case "GET" -> Map.of("compatibilityLevel", desk.ownLevel(subject).orElseGet(() -> {
                if (call.asks("defaultToGlobal")) {
                    return desk.globalLevel();
                }
                throw RegistryError.noLevel(subject);
            }));
            case "PUT" -> {
                CompatibilityLevel level = call.level();
                desk.setLevel(subject, level);
                yield Map.of("compatibility", level);
            }
            case "DELETE" -> {
                CompatibilityLevel was = desk.ownLevel(subject).orElseThrow(() -> RegistryError.noLevel(subject));
                desk.removeLevel(subject);
                yield Map.of("compatibilityLevel", was);
            }
            default -> wrongMethod();
        };
    }

    private Object globalLevel(CompatibilityLevel level) {
        desk.setGlobalLevel(level);
        return Map.of("compatibility", level);
    }

    private Object mode(RegistryRequest call, List<String> path) {
        if (path.size() == 2 && call.method().equals("GET") && !call.asks("defaultToGlobal")) {
            throw RegistryError.noMode(path.get(1));
        }
        return only(call, "GET", Map.of("mode", READ_WRITE));
    }

    private Object compatibility(RegistryRequest call, List<String> path) {
        if (path.size() < 4 || path.size() > 5 || !path.get(1).equals("subjects") || !path.get(3).equals("versions")) {
            return nowhere();
        }
        if (!call.method().equals("POST")) {
            return wrongMethod();
        }
        List<String> objections = path.size() == 4 ? desk.objectionsTo(path.get(2), call.schema())
                : desk.objectionsTo(path.get(2), path.get(4), call.schema());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("is_compatible", objections.isEmpty());
        if (call.asks("verbose")) {
            answer.put("messages", objections);
        }
        return answer;
    }

    private static Map<String, Object> row(FoundSchema found) {
        Map<String, Object> row = coordinates(found.version());
        row.put("id", found.version().id());
        row.put("schema", found.schema());
        return row;
    }

    private static Map<String, Object> coordinates(SubjectVersion version) {
        Map<String, Object> coordinates = new LinkedHashMap<>();
        coordinates.put("subject", version.subject());
        coordinates.put("version", version.number());
        return coordinates;
    }

    private static int id(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw RegistryError.plain(404, "HTTP 404 Not Found");
        }
    }

    private static Object only(RegistryRequest call, String method, Object answer) {
        return call.method().equals(method) ? answer : wrongMethod();
    }

    private static Object nowhere() {
        throw RegistryError.plain(404, "HTTP 404 Not Found");
    }

    private static Object wrongMethod() {
        throw RegistryError.plain(405, "HTTP 405 Method Not Allowed");
    }
}
