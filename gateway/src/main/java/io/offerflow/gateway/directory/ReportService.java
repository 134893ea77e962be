package io.offerflow.gateway.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.contract.Topic.Role;
import io.offerflow.contract.json.JsonMismatchException;
import io.offerflow.contract.json.JsonTrees;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import io.offerflow.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The reports that {@code replay what-if -o json} has written to a directory. */
public final class ReportService {

    private static final int MOST = 50;
    private static final long LARGEST_FILE = 16 * 1024 * 1024;
    private static final String ENDING = ".json";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");
    private static final List<String> NUMBERS = List.of("judged", "total", "offers");
    private static final List<String> LISTS = List.of("settings", "differences", "divergences");

    private final Optional<Path> folder;

    /** A file with a report. */
    private record StoredReport(String name, Instant writtenAt, JsonNode content) {
    }

    /** @param folder the directory {@code report.folder}, if there is one */
    public ReportService(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Whether it can show reports. */
    public boolean isEnabled() {
        return folder.isPresent();
    }

    /** The newest reports: for the role support, since they are about offers of all publishers. */
    public ApiResponse newest(ApiRequest request) {
        Path from = folder(request);
        ObjectNode node = Json.object();
        ArrayNode reports = node.putArray("reports");
        try {
            for (StoredReport report : newest(from)) {
                ObjectNode row = reports.addObject().put("name", report.name())
                        .put("writtenAt", Json.time(report.writtenAt()));
                NUMBERS.forEach(name -> row.set(name, report.content().get(name)));
            }
        } catch (IOException e) {
            throw HttpError.unavailable("REPORT_FOLDER", 10, "The directory report.folder cannot be read.");
        }
        return ApiResponse.json(node);
    }

    /** One report, as it was written. */
    public ApiResponse report(ApiRequest request) {
        Path from = folder(request);
        String name = request.path("report");
        return Optional.of(name).filter(text -> NAME.matcher(text).matches()).map(text -> from.resolve(text + ENDING))
                .filter(Files::isRegularFile).flatMap(ReportService::read)
                .map(report -> ApiResponse.json((ObjectNode) report.content()))
                .orElseThrow(() -> HttpError.notFound("REPORT_NOT_FOUND", "There is no report %s.",
                        ApiRequest.shortened(name)));
    }

    private Path folder(ApiRequest request) {
        request.allowParameters();
        if (!request.caller().hasAny(List.of(Role.SUPPORT))) {
            throw HttpError.forbidden("Reports of what-ifs are for the role support.");
        }
        return folder.orElseThrow(() -> HttpError.notFound("NO_REPORT_FOLDER", "This gateway shows no reports: its "
                + "setting report.folder does not name where they are."));
    }

    /** Files that are no reports, or not yet whole, are left out. */
    private static List<StoredReport> newest(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted(Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed())
                    .limit(MOST).flatMap(file -> read(file).stream())
                    .filter(report -> NAME.matcher(report.name()).matches()).toList();
        }
    }

    private static Optional<StoredReport> read(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                return Optional.empty();
            }
            String name = file.getFileName().toString();
            return Optional.of(new StoredReport(name.substring(0, name.length() - ENDING.length()),
                    Files.getLastModifiedTime(file).toInstant(), JsonTrees.parse(Files.readString(file))))
                    .filter(report -> isReport(report.content()));
        } catch (IOException | JsonMismatchException notWhole) {
            return Optional.empty();
        }
    }

    private static boolean isReport(JsonNode tree) {
        return NUMBERS.stream().allMatch(name -> tree.path(name).isNumber())
                && LISTS.stream().allMatch(name -> tree.path(name).isArray()) && tree.path("totals").isObject();
    }
}
