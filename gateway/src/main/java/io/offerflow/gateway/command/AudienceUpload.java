package io.offerflow.gateway.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.contract.Topic;
import io.offerflow.contract.audience.AudienceCsv;
import io.offerflow.contract.audience.AudienceFileRow;
import io.offerflow.contract.audience.ImportChunker;
import io.offerflow.contract.file.FeedException;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.gateway.command.CommandCatalog.CommandType;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.HttpError;
import io.offerflow.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Makes the commands of an import from a CSV file with the columns ID, Description and Type. */
final class AudienceUpload {

    /** Room for 20,000 rows with long descriptions. */
    static final int LARGEST_FILE = 8 * 1024 * 1024;

    private static final int PROBLEMS_SHOWN = 100;
    private static final String FILE = "the file";

    private AudienceUpload() {
    }

    /**
     * One command per chunk, in order.
     *
     * @throws HttpError with every line that is wrong
     */
    static List<CommandRecord> commands(ApiRequest request) {
        request.allowParameters("dryRun", "confirmed");
        OfferKey offer = CommandParser.offer(request, Topic.OFFER_COMMANDS);
        boolean confirmed = request.oneOf("confirmed", "false", List.of("true", "false")).equals("true");
        IdempotencyKey key = IdempotencyKey.of(request);
        UUID importId = key.id("import");
        CommandType type = CommandCatalog.named("ImportAudience");
        List<CommandRecord> commands = new ArrayList<>();
        for (ObjectNode payload : ImportChunker.payloads(request.path("plan"), importId, rows(request), confirmed)) {
            commands.add(CommandParser.record(request, type, offer, key.text(), key.id("chunk " + commands.size())
                    .toString(), AvroJson.read(type.fields(), payload)));
        }
        return commands;
    }

    private static List<AudienceFileRow> rows(ApiRequest request) {
        String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("text/csv")) {
            throw HttpError.of(415, "UNSUPPORTED_MEDIA_TYPE", "Expected Content-Type to be text/csv, but it is \"%s\".",
                    ApiRequest.shortened(type));
        }
        try {
            return AudienceCsv.read(FILE, new ByteArrayInputStream(request.content(LARGEST_FILE)));
        } catch (FeedException e) {
            ArrayNode lines = Json.array(e.problems().stream().limit(PROBLEMS_SHOWN).map(problem ->
                    Json.object().put("line", problem.line()).put("problem", problem.sentence())).toList());
            ObjectNode members = Json.object().put("linesWithProblems", e.problems().size());
            throw HttpError.of(422, "CSV_INVALID", "Line %d: %s. Nothing of the file was sent; lines has all problems.",
                    e.problems().getFirst().line(), e.problems().getFirst().sentence())
                    .with(members.set("lines", lines));
        } catch (IOException e) {
            throw HttpError.badRequest("Expected a file in UTF-8, but it cannot be read.");
        }
    }
}
