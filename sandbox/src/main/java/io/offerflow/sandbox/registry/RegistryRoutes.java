package io.offerflow.sandbox.registry;

import com.fasterxml.jackson.databind.util.RawValue;
import io.offerflow.sandbox.registry.RegistryContent.SubjectVersion;
import io.offerflow.sandbox.registry.RegistryService.FoundSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Maps the paths of the REST API to operations of the registry, and their results to JSON. */
final class RegistryRoutes {

    private static final String READ_WRITE = "READWRITE";

    private final RegistryService registry;

    RegistryRoutes(RegistryService registry) {
        this.registry = registry;
    }

    /** The answer, as a value for JSON. */
    Object answer(RegistryRequest request) {
        List<String> path = request.path();
        return switch (path.isEmpty() ? "" : path.getFirst()) {
            case "" -> only(request, "GET", Map.of());
            case "subjects" -> subjects(request, path);
            case "schemas" -> schemas(request, path);
            case "config" -> path.size() > 2 ? notFound() : config(request, path);
            case "mode" -> path.size() > 2 ? notFound() : mode(request, path);
            case "compatibility" -> compatibility(request, path);
            default -> notFound();
        };
    }

    private Object subjects(RegistryRequest request, List<String> path) {
        if (path.size() == 1) {
            return only(request, "GET", registry.subjects(request.hasFlag("deleted")).stream()
                    .filter(name -> name.startsWith(request.query().getOrDefault("subjectPrefix", ""))).toList());
        }
        String subject = path.get(1);
        if (path.size() == 2) {
            return switch (request.method()) {
                case "POST" -> row(registry.lookUp(subject, request.schema(), request.hasFlag("deleted")));
                case "DELETE" -> registry.deleteSubject(subject, request.hasFlag("permanent"));
                default -> wrongMethod();
            };
        }
        return path.get(2).equals("versions") ? versions(request, path, subject) : notFound();
    }

    private Object versions(RegistryRequest request, List<String> path, String subject) {
        if (path.size() == 3) {
            return switch (request.method()) {
                case "GET" -> registry.versions(subject, request.hasFlag("deleted"));
                case "POST" -> Map.of("id", registry.register(subject, request.schema()));
                default -> wrongMethod();
            };
        }
        String number = path.get(3);
        if (path.size() == 4) {
            return switch (request.method()) {
                case "GET" -> row(registry.version(subject, number, request.hasFlag("deleted")));
                case "DELETE" -> registry.deleteVersion(subject, number, request.hasFlag("permanent"));
                default -> wrongMethod();
            };
        }
        return path.size() == 5 && path.get(4).equals("schema")
                ? only(request, "GET",
                        new RawValue(registry.version(subject, number, request.hasFlag("deleted")).schema()))
                : notFound();
    }

    private Object schemas(RegistryRequest request, List<String> path) {
        if (path.equals(List.of("schemas", "types"))) {
            return only(request, "GET", List.of("AVRO"));
        }
        if (path.size() < 3 || path.size() > 4 || !path.get(1).equals("ids")) {
            return notFound();
        }
        int id = id(path.get(2));
        return only(request, "GET", switch (path.size() == 3 ? "" : path.get(3)) {
            case "" -> Map.of("schema", registry.schema(id).schema());
            case "schema" -> new RawValue(registry.schema(id).schema());
            case "subjects" -> listed(request, id).stream().map(SubjectVersion::subject).distinct().toList();
            case "versions" -> listed(request, id).stream().map(RegistryRoutes::coordinates).toList();
            default -> notFound();
        });
    }

    private List<SubjectVersion> listed(RegistryRequest request, int id) {
        return registry.versionsWith(id).stream()
                .filter(version -> request.hasFlag("deleted") || !version.deleted()).toList();
    }

    private Object config(RegistryRequest request, List<String> path) {
        if (path.size() == 1) {
            return switch (request.method()) {
                case "GET" -> Map.of("compatibilityLevel", registry.globalLevel());
                case "PUT" -> globalLevel(request.level());
                case "DELETE" -> globalLevel(CompatibilityLevel.BACKWARD);
                default -> wrongMethod();
            };
        }
        String subject = path.get(1);
        return switch (request.method()) {
            case "GET" -> Map.of("compatibilityLevel", registry.ownLevel(subject).orElseGet(() -> {
                if (request.hasFlag("defaultToGlobal")) {
                    return registry.globalLevel();
                }
                throw RegistryError.noLevel(subject);
            }));
            case "PUT" -> {
                CompatibilityLevel level = request.level();
                registry.setLevel(subject, level);
                yield Map.of("compatibility", level);
            }
            case "DELETE" -> {
                CompatibilityLevel was = registry.ownLevel(subject).orElseThrow(() -> RegistryError.noLevel(subject));
                registry.removeLevel(subject);
                yield Map.of("compatibilityLevel", was);
            }
            default -> wrongMethod();
        };
    }

    private Object globalLevel(CompatibilityLevel level) {
        registry.setGlobalLevel(level);
        return Map.of("compatibility", level);
    }

    private Object mode(RegistryRequest request, List<String> path) {
        if (path.size() == 2 && request.method().equals("GET") && !request.hasFlag("defaultToGlobal")) {
            throw RegistryError.noMode(path.get(1));
        }
        return only(request, "GET", Map.of("mode", READ_WRITE));
    }

    private Object compatibility(RegistryRequest request, List<String> path) {
        if (path.size() < 4 || path.size() > 5 || !path.get(1).equals("subjects") || !path.get(3).equals("versions")) {
            return notFound();
        }
        if (!request.method().equals("POST")) {
            return wrongMethod();
        }
        List<String> objections = path.size() == 4 ? registry.objectionsTo(path.get(2), request.schema())
                : registry.objectionsTo(path.get(2), path.get(4), request.schema());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("is_compatible", objections.isEmpty());
        if (request.hasFlag("verbose")) {
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

    private static Object only(RegistryRequest request, String method, Object answer) {
        return request.method().equals(method) ? answer : wrongMethod();
    }

    private static Object notFound() {
        throw RegistryError.plain(404, "HTTP 404 Not Found");
    }

    private static Object wrongMethod() {
        throw RegistryError.plain(405, "HTTP 405 Method Not Allowed");
    }
}
