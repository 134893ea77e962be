package io.offerflow.gateway.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.offerflow.contract.Topic;
import io.offerflow.contract.TopicAcls;
import io.offerflow.gateway.command.CommandCatalog.CommandType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** Makes the OpenAPI document of the gateway of the catalogue of commands and the document of the query API. */
final class GatewayApiDocument {

    /** Reads and writes YAML. */
    static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE).build());

    private static final Path READS = Path.of("..", "docs", "openapi.yaml");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> NOT_SERVED = List.of("/metrics");
    /** The document of the query API uses the name for the row of a plan. */
    private static final Map<String, String> NAMES_IN_READS = Map.of("Plan", "PlanContent");
    private static final Map<String, String> REFUSALS = Map.of(
            "400", "The request is none: malformed JSON, an unknown parameter, a wrong id",
            "401", "The token is missing or not valid",
            "403", "The roles of the caller do not allow this",
            "404", "There is no such offer, plan, command or outcome, or the caller may not know of it",
            "409", "Refused because of the state of the offer; `reason` says why, `detail` what to do",
            "413", "The body is too large",
            "422", "Refused because of its content; `problems`, `path` and `expected` say where",
            "429", "Too many requests; `Retry-After` says when to send it again",
            "503", "Brokers, registry, service or identity provider do not answer; `Retry-After` says when to repeat");

    private static final Map<String, String> ACTIONS = Map.of("test", "Sends a test event, which is tried once",
            "pause", "Has events wait", "resume", "Has events sent again",
            "replay", "Has the events from a time on sent again");

    private final ObjectNode root;
    private final ObjectNode schemas;

    private GatewayApiDocument() {
        try {
            root = (ObjectNode) YAML.readTree(READS.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schemas = (ObjectNode) root.at("/components/schemas");
    }

    static ObjectNode tree() {
        GatewayApiDocument document = new GatewayApiDocument();
        document.write();
        return document.root;
    }

    static String yaml() {
        try {
            return "# Made from the catalogue of commands and docs/openapi.yaml by GatewayApiTest; "
                    + "-Dgolden.update=true updates it.\n" + YAML.writeValueAsString(tree());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() {
        root.putObject("info").put("title", "Offerflow gateway").put("version", "1").put("description", """
                Commands and reads of offers over HTTP, for clients without Kafka; docs/gateway.md explains them.

                A command is appended to its input topic and decided by the service. With `Prefer: wait=N` the answer
                is the committed outcome. Otherwise, or when it takes longer, it is 202 with the address of the outcome.
                A request that is repeated with the same `Idempotency-Key` takes effect once.

                Reads are those of the query API of the service.
                """);
        root.putArray("servers").addObject().put("url", "http://localhost:8090")
                .put("description", "`./offerflow up`");
        root.putArray("security").addObject().putArray("bearer");
        ((ObjectNode) root.get("components")).putObject("securitySchemes").putObject("bearer").put("type", "http")
                .put("scheme", "bearer").put("bearerFormat", "JWT")
                .put("description", "Without an identity provider, on a loopback address, no token is needed.");
        problem();
        reads();
        parameters();
        responses();
        outcome();
        CommandCatalog.all().forEach(this::command);
        audience();
        outcomes();
        directory();
        mails();
        quarantine();
        reports();
        caller();
    }

    private ObjectNode paths() {
        return (ObjectNode) root.get("paths");
    }

    private void problem() {
        ObjectNode problem = schemas.putObject("ProblemDetails").put("type", "object")
                .put("description", "A problem as RFC 9457 defines it; of a refused command, with its outcome.");
        required(problem, "type", "title", "status", "reason", "detail");
        ObjectNode properties = problem.putObject("properties");
        properties.putObject("type").put("type", "string");
        properties.putObject("title").put("type", "string").put("description", "The status in words.");
        properties.putObject("status").put("type", "integer");
        properties.putObject("reason").put("type", "string").put("description", "For programs; of a refused command a "
                + "`Reason` of the contract.");
        properties.putObject("detail").put("type", "string").put("description", "What happened and what to do.");
        for (String name : List.of("path", "expected", "met")) {
            properties.putObject(name).put("type", "string").put("description", "Of JSON that does not fit a command.");
        }
        properties.putObject("suggestion").put("description", "The known name that is closest to an unknown one.")
                .putArray("type").add("string").add("null");
        properties.putObject("expectedVersion").put("type", "integer")
                .put("description", "The value of If-Match, with VERSION_CONFLICT.");
    }

    private void reads() {
        NOT_SERVED.forEach(paths()::remove);
        paths().properties().forEach(path -> {
            if (!path.getKey().startsWith("/health") && !path.getKey().equals("/")
                    && !path.getKey().equals("/openapi.yaml")) {
                ObjectNode responses = (ObjectNode) path.getValue().at("/get/responses");
                refer(responses, "401", "403", "429", "503");
            } else {
                ((ObjectNode) path.getValue().get("get")).putArray("security");
            }
        });
        ObjectNode json = paths().putObject("/openapi.json").putObject("get").put("operationId", "getJsonDescription")
                .put("summary", "This document as JSON");
        json.putArray("security");
        json.putObject("responses").putObject("200").put("description", "OpenAPI 3.1").putObject("content")
                .putObject("application/json").putObject("schema").put("type", "object");
    }

    private void parameters() {
        ObjectNode parameters = (ObjectNode) root.at("/components/parameters");
        header(parameters, "idempotencyKey", "Idempotency-Key", "The key under which the request takes effect once; if "
                + "absent, the gateway makes one. Every response has it.")
                .put("minLength", 1).put("maxLength", 200);
        header(parameters, "prefer", "Prefer", "`wait=N` waits for the outcome, N seconds at most.");
        header(parameters, "ifMatch", "If-Match", "The draft version that the client saw, as in `ETag`.");
        ObjectNode dryRun = parameters.putObject("dryRun").put("name", "dryRun").put("in", "query")
                .put("description", "Only the decision, without effect (B41).");
        dryRun.putObject("schema").put("type", "boolean").put("default", false);
    }

    private static ObjectNode header(ObjectNode parameters, String id, String name, String description) {
        return parameters.putObject(id).put("name", name).put("in", "header").put("description", description)
                .putObject("schema").put("type", "string");
    }

    private void responses() {
        ObjectNode responses = (ObjectNode) root.at("/components/responses");
        new TreeMap<>(REFUSALS).forEach((status, description) -> {
            ObjectNode response = responses.putObject("Problem" + status).put("description", description);
            response.putObject("content").putObject("application/problem+json").putObject("schema")
                    .put("$ref", "#/components/schemas/ProblemDetails");
        });
        ObjectNode outcome = responses.putObject("Outcome").put("description", "The committed outcome: accepted, or "
                + "ignored as a step result that comes too late");
        headers(outcome, "ETag", "Idempotency-Key", "Content-Location", "Preference-Applied");
        content(outcome, "Outcome");
        ObjectNode pending = responses.putObject("Pending").put("description", "The command is appended and will be "
                + "decided; `Location` is the address of its outcome");
        headers(pending, "Location", "Retry-After", "Idempotency-Key");
        content(pending, "PendingOutcome");
    }

    private static void headers(ObjectNode response, String... names) {
        ObjectNode headers = response.putObject("headers");
        for (String name : names) {
            headers.putObject(name).putObject("schema").put("type", "string");
        }
    }

    private static void content(ObjectNode response, String schema) {
        response.putObject("content").putObject("application/json").putObject("schema")
                .put("$ref", "#/components/schemas/" + schema);
    }

    private void outcome() {
        schema(Topic.COMMAND_OUTCOMES.schema());
        ObjectNode outcome = (ObjectNode) schemas.remove("CommandOutcome");
        outcome.put("description", "The outcome of a command, as on command-outcomes. That of a repeated command has "
                + "the result, reason and draft version of the first one.");
        offer(outcome).putObject("repeated").put("type", "boolean")
                .put("description", "Whether the command had been sent before.");
        schemas.set("Outcome", outcome);
        ObjectNode pending = schemas.putObject("PendingOutcome").put("type", "object");
        required(pending, "result");
        offer(pending).putObject("result").put("type", "string").put("const", "PENDING");
        ObjectNode unread = schemas.putObject("UnreadOutcome").put("type", "object").put("description",
                "The service could not read the command; an operator finds it in quarantine.");
        required(unread, "result", "advice");
        ObjectNode properties = offer(unread);
        properties.putObject("result").put("type", "string").put("const", "QUARANTINED");
        properties.putObject("advice").put("type", "string");
    }

    private static ObjectNode offer(ObjectNode schema) {
        required(schema, "publisherId", "offerId", "location");
        ObjectNode properties = schema.withObject("/properties");
        properties.putObject("publisherId").put("type", "string");
        properties.putObject("offerId").put("type", "string");
        properties.putObject("location").put("type", "string").put("description", "The address of the outcome.");
        return properties;
    }

    private void command(CommandType command) {
        ObjectNode path = path("/offers/{publisher}/{offer}/commands/" + command.name());
        ObjectNode post = operation(path.putObject("post"), command.name(), command.fields().getDoc(), command.topic(),
                "dryRun", command.topic() == Topic.OFFER_COMMANDS ? "ifMatch" : "");
        boolean needed = command.fields().getFields().stream().anyMatch(field -> !field.hasDefaultValue());
        post.putObject("requestBody").put("required", needed).putObject("content").putObject("application/json")
                .putObject("schema").put("$ref", "#/components/schemas/" + schema(command.fields()));
        ObjectNode responses = post.putObject("responses");
        if (command.name().equals("CreateOffer")) {
            responses.putObject("201").put("$ref", "#/components/responses/Outcome");
        }
        responses.putObject("200").put("$ref", "#/components/responses/Outcome");
        responses.putObject("202").put("$ref", "#/components/responses/Pending");
        refer(responses, "400", "401", "403", "404", "409", "413", "422", "429", "503");
    }

    private ObjectNode path(String address) {
        ObjectNode path = paths().putObject(address);
        ArrayNode parameters = path.putArray("parameters");
        List.of("publisher", "offer").forEach(name ->
                parameters.addObject().put("$ref", "#/components/parameters/" + name));
        return path;
    }

    private static ObjectNode operation(ObjectNode operation, String id, String summary, Topic topic,
            String... parameters) {
        operation.put("operationId", id.substring(0, 1).toLowerCase(Locale.ROOT) + id.substring(1))
                .put("summary", summary).put("description", "For the role %s.".formatted(topic.writers().stream()
                        .map(TopicAcls::userName).collect(Collectors.joining(", "))));
        operation.putArray("tags").add(topic.topicName());
        ArrayNode all = operation.putArray("parameters");
        List.of("idempotencyKey", "prefer").forEach(name ->
                all.addObject().put("$ref", "#/components/parameters/" + name));
        for (String name : parameters) {
            if (!name.isEmpty()) {
                all.addObject().put("$ref", "#/components/parameters/" + name);
            }
        }
        return operation;
    }

    private void audience() {
        ObjectNode path = path("/offers/{publisher}/{offer}/plans/{plan}/audience");
        ((ArrayNode) path.get("parameters")).addObject().put("name", "plan").put("in", "path").put("required", true)
                .putObject("schema").put("type", "string");
        ObjectNode put = operation(path.putObject("put"), "replaceAudience", "Replaces the saved private audience of a "
                + "plan by that of a file, all or nothing (A2)", Topic.OFFER_COMMANDS, "dryRun");
        ObjectNode confirmed = ((ArrayNode) put.get("parameters")).addObject().put("name", "confirmed")
                .put("in", "query").put("description", "The person has confirmed it (B38).");
        confirmed.putObject("schema").put("type", "boolean").put("default", false);
        put.putObject("requestBody").put("required", true).putObject("content").putObject("text/csv")
                .put("example", "ID,Description,Type\n0b1c2d3e-0000-4000-8000-00000000000f,Pilot,TenantID\n")
                .putObject("schema").put("type", "string");
        ObjectNode responses = put.putObject("responses");
        responses.putObject("200").put("$ref", "#/components/responses/Outcome");
        responses.putObject("202").put("$ref", "#/components/responses/Pending");
        refer(responses, "400", "401", "403", "404", "409", "413", "422", "429", "503");
    }

    private void outcomes() {
        ObjectNode path = path("/offers/{publisher}/{offer}/outcomes/{outcome}");
        ((ArrayNode) path.get("parameters")).addObject().put("name", "outcome").put("in", "path").put("required", true)
                .putObject("schema").put("type", "string");
        ObjectNode get = path.putObject("get").put("operationId", "getOutcome")
                .put("summary", "The outcome of a command, accepted or refused, as long as the topic keeps it");
        ObjectNode responses = get.putObject("responses");
        ObjectNode found = responses.putObject("200").put("description", "The outcome");
        ArrayNode either = found.putObject("content").putObject("application/json").putObject("schema")
                .putArray("oneOf");
        either.addObject().put("$ref", "#/components/schemas/Outcome");
        either.addObject().put("$ref", "#/components/schemas/UnreadOutcome");
        responses.putObject("202").put("$ref", "#/components/responses/Pending");
        responses.putObject("410").put("description", "The outcome is not kept any longer").putObject("content")
                .putObject("application/problem+json").putObject("schema")
                .put("$ref", "#/components/schemas/ProblemDetails");
        refer(responses, "401", "403", "404", "429", "503");
    }

    private void directory() {
        String recipients = schema(Topic.RECIPIENTS.schema());
        String subscription = schema(Topic.SUBSCRIPTIONS.schema());
        setByServer(recipients, "publisherId", "since");
        setByServer(subscription, "subscriptionId", "since", "state");
        ObjectNode all = paths().putObject("/subscriptions").putObject("get").put("operationId", "listSubscriptions")
                .put("summary", "All webhooks").put("description", "For the role support.").putObject("responses");
        ObjectNode list = all.putObject("200").put("description", "The subscriptions").putObject("content")
                .putObject("application/json").putObject("schema").put("type", "object");
        list.putObject("properties").putObject("subscriptions").put("type", "array").putObject("items")
                .put("$ref", "#/components/schemas/" + subscription);
        refer(all, "401", "403", "429", "503");
        rows("/publishers/{publisher}/recipients", "publisher", recipients, "who receives the e-mails of a publisher",
                "For the roles publisher, for its own publishers, and support.");
        rows("/subscriptions/{subscription}", "subscription", subscription, "a webhook", "For the role support.");
        for (String action : List.of("test", "pause", "resume", "replay")) {
            ObjectNode path = paths().putObject("/subscriptions/{subscription}/" + action);
            pathParameter(path, "subscription");
            ObjectNode post = path.putObject("post").put("operationId", action + "Subscription")
                    .put("summary", ACTIONS.get(action)).put("description", "For the role support.");
            if (action.equals("replay")) {
                ObjectNode body = post.putObject("requestBody").put("required", true).putObject("content")
                        .putObject("application/json").putObject("schema").put("type", "object");
                required(body, "from");
                body.putObject("properties").putObject("from").put("type", "string").put("format", "date-time");
            }
            answers(post, "200", subscription, "The subscription");
        }
    }

    /** Fields of a row that no body has. */
    private void setByServer(String schema, String... fields) {
        ObjectNode row = (ObjectNode) schemas.get(schema);
        for (String field : fields) {
            ((ObjectNode) row.at("/properties/" + field)).put("readOnly", true);
        }
    }

    private void rows(String address, String key, String schema, String what, String roles) {
        ObjectNode path = paths().putObject(address);
        pathParameter(path, key);
        answers(path.putObject("get").put("operationId", "get" + schema).put("summary", "Reads " + what)
                .put("description", roles), "200", schema, "The row");
        ObjectNode put = path.putObject("put").put("operationId", "put" + schema).put("summary", "Sets " + what)
                .put("description", roles);
        put.putObject("requestBody").put("required", true).putObject("content").putObject("application/json")
                .putObject("schema").put("$ref", "#/components/schemas/" + schema);
        answers(put, "200", schema, "The row that was written");
        ObjectNode delete = path.putObject("delete").put("operationId", "delete" + schema)
                .put("summary", "Removes " + what).put("description", roles).putObject("responses");
        delete.putObject("204").put("description", "There is none any more");
        refer(delete, "401", "403", "404", "429", "503");
    }

    private static void pathParameter(ObjectNode path, String name) {
        path.putArray("parameters").addObject().put("name", name).put("in", "path").put("required", true)
                .putObject("schema").put("type", "string");
    }

    private static void answers(ObjectNode operation, String status, String schema, String description) {
        ObjectNode responses = operation.putObject("responses");
        content(responses.putObject(status).put("description", description), schema);
        refer(responses, "400", "401", "403", "404", "413", "422", "429", "503");
    }

    private void mails() {
        ObjectNode get = paths().putObject("/mails").putObject("get").put("operationId", "listMails")
                .put("summary", "The newest mails that a notifier without a mail server keeps, at most 100");
        ObjectNode responses = get.putObject("responses");
        content(responses.putObject("200").put("description", "Newest first"), "Mails");
        refer(responses, "401", "403", "404", "429", "503");
        ObjectNode mails = schemas.putObject("Mails").put("type", "object").put("additionalProperties", false);
        required(mails, "mails");
        ObjectNode mail = mails.putObject("properties").putObject("mails").put("type", "array").putObject("items")
                .put("type", "object").put("additionalProperties", false);
        required(mail, "file", "sentAt", "to", "subject", "text");
        ObjectNode properties = mail.putObject("properties");
        List.of("file", "to", "subject", "text").forEach(name -> properties.putObject(name).put("type", "string"));
        properties.putObject("sentAt").put("type", "string").put("format", "date-time");
    }

    private void quarantine() {
        String support = "For the role support.";
        ObjectNode all = paths().putObject("/quarantine").putObject("get").put("operationId", "listQuarantine")
                .put("summary", "The newest inputs that could not be read, at most 100").put("description", support)
                .putObject("responses");
        content(all.putObject("200").put("description", "Newest first"), "QuarantinedInputs");
        refer(all, "401", "403", "429", "503");
        ObjectNode path = paths().putObject("/quarantine/{input}");
        pathParameter(path, "input");
        ObjectNode one = path.putObject("get").put("operationId", "getQuarantinedInput")
                .put("summary", "One input with its headers and the beginning of its value")
                .put("description", support).putObject("responses");
        content(one.putObject("200").put("description", "The input"), "QuarantinedInput");
        refer(one, "401", "403", "404", "429", "503");
        ObjectNode retried = paths().putObject("/quarantine/{input}/retry");
        pathParameter(retried, "input");
        ObjectNode retry = operation(retried.putObject("post"), "RetryQuarantinedInput", "Puts an input back on its "
                + "topic, once; `ALREADY_RETRIED` has the address of the outcome", Topic.SUPPORT_DECISIONS);
        retry.putArray("tags").add(Topic.QUARANTINE.topicName());
        ObjectNode responses = retry.putObject("responses");
        responses.putObject("200").put("$ref", "#/components/responses/Outcome");
        responses.putObject("201").put("$ref", "#/components/responses/Outcome");
        responses.putObject("202").put("$ref", "#/components/responses/Pending");
        refer(responses, "400", "401", "403", "404", "409", "422", "429", "503");
        ObjectNode outcome = paths().putObject("/quarantine/{input}/outcomes/{outcome}");
        outcome.set("parameters", path.get("parameters").deepCopy());
        ((ArrayNode) outcome.get("parameters")).addObject().put("name", "outcome").put("in", "path")
                .put("required", true).putObject("schema").put("type", "string");
        ((ObjectNode) outcome.set("get", paths().at("/~1offers~1{publisher}~1{offer}~1outcomes~1{outcome}/get")
                .deepCopy()).get("get")).put("operationId", "getRetryOutcome")
                .put("summary", "The outcome of an input that was put back");
        quarantinedInput();
    }

    private void quarantinedInput() {
        ObjectNode list = schemas.putObject("QuarantinedInputs").put("type", "object")
                .put("additionalProperties", false);
        required(list, "inputs");
        list.putObject("properties").putObject("inputs").put("type", "array").putObject("items")
                .put("$ref", "#/components/schemas/QuarantinedInput");
        ObjectNode input = schemas.putObject("QuarantinedInput").put("type", "object")
                .put("additionalProperties", false);
        ObjectNode properties = input.putObject("properties");
        Map<String, String> texts = new TreeMap<>(Map.of("id", "Partition and offset in the topic quarantine.",
                "source", "Where the input is, as the command line names it.", "detail", "What was found.",
                "advice", "What to do.", "reason", "A QuarantineReason of the contract."));
        texts.forEach((name, doc) -> properties.putObject(name).put("type", "string").put("description", doc));
        List.of("appendedAt", "quarantinedAt").forEach(name ->
                properties.putObject(name).put("type", "string").put("format", "date-time"));
        properties.properties().forEach(field -> required(input, field.getKey()));
        Map<String, String> optional = new TreeMap<>(Map.of("commandId", "If it could be read.",
                "key", "The key, in base64 if it is not text.", "obstacle", "Why it cannot be put back as it is.",
                "value", "The first 2,000 bytes, in base64 if they are not text; not in lists.",
                "retry", "The address of its outcome, if it was put back; not in lists."));
        optional.forEach((name, doc) -> properties.putObject(name).put("description", doc).putArray("type")
                .add("string").add("null"));
        properties.putObject("size").put("description", "Bytes of the value; not in lists.").putArray("type")
                .add("integer").add("null");
        ObjectNode header = properties.putObject("headers").put("type", "array").put("description", "Not in lists.")
                .putObject("items").put("type", "object");
        header.putObject("properties").putObject("name").put("type", "string");
        ((ObjectNode) header.get("properties")).putObject("value").putArray("type").add("string").add("null");
    }

    private void reports() {
        ObjectNode all = paths().putObject("/reports").putObject("get").put("operationId", "listReports")
                .put("summary", "The newest reports of what-ifs, at most 50")
                .put("description", "For the role support.").putObject("responses");
        ObjectNode list = all.putObject("200").put("description", "Newest first").putObject("content")
                .putObject("application/json").putObject("schema").put("type", "object");
        required(list, "reports");
        ObjectNode row = list.putObject("properties").putObject("reports").put("type", "array").putObject("items")
                .put("type", "object");
        required(row, "name", "writtenAt", "judged", "total", "offers");
        refer(all, "401", "403", "404", "429", "503");
        ObjectNode path = paths().putObject("/reports/{report}");
        pathParameter(path, "report");
        ObjectNode one = path.putObject("get").put("operationId", "getReport")
                .put("summary", "A report of `replay what-if -o json`").put("description", "For the role support.")
                .putObject("responses");
        content(one.putObject("200").put("description", "The report"), "WhatIfReport");
        refer(one, "401", "403", "404", "429", "503");
        ObjectNode report = schemas.putObject("WhatIfReport").put("type", "object");
        required(report, "judged", "total", "offers", "totals", "settings", "differences", "divergences");
        ObjectNode properties = report.putObject("properties");
        List.of("judged", "total", "offers").forEach(name -> properties.putObject(name).put("type", "integer"));
        List.of("settings", "differences", "divergences").forEach(name -> properties.putObject(name)
                .put("type", "array").putObject("items").put("type", "object"));
        properties.putObject("totals").put("type", "object").put("description", "Differences by kind.");
    }

    private void caller() {
        ObjectNode get = paths().putObject("/me").putObject("get").put("operationId", "getCaller")
                .put("summary", "Who the caller is");
        ObjectNode responses = get.putObject("responses");
        content(responses.putObject("200").put("description", "Name, roles and publishers"), "Caller");
        refer(responses, "401", "429", "503");
        ObjectNode caller = schemas.putObject("Caller").put("type", "object").put("additionalProperties", false);
        required(caller, "name", "roles", "publishers", "mails", "quarantine", "reports");
        ObjectNode properties = caller.putObject("properties");
        properties.putObject("name").put("type", "string");
        properties.putObject("roles").put("type", "array").putObject("items").put("type", "string");
        properties.putObject("publishers").put("type", "array").put("description", "`*` is all.").putObject("items")
                .put("type", "string");
        List.of("mails", "quarantine", "reports").forEach(name -> properties.putObject(name).put("type", "boolean")
                .put("description", "Whether `/%s` answers the caller.".formatted(name)));
    }

    private static void refer(ObjectNode responses, String... statuses) {
        for (String status : statuses) {
            responses.putObject(status).put("$ref", "#/components/responses/Problem" + status);
        }
    }

    private static void required(ObjectNode schema, String... names) {
        ArrayNode required = schema.withArrayProperty("required");
        for (String name : names) {
            required.add(name);
        }
    }

    /** Adds the JSON schema of a record, with those that it refers to, and returns its name. */
    private String schema(Schema record) {
        String name = record.getName();
        String wanted = NAMES_IN_READS.getOrDefault(name, name);
        if (schemas.has(wanted)) {
            return wanted;
        }
        ObjectNode schema = schemas.putObject(wanted).put("type", "object").put("description", record.getDoc());
        boolean strict = !name.equals("CommandOutcome");
        if (strict) {
            schema.put("additionalProperties", false);
        }
        ArrayNode required = NODES.arrayNode();
        ObjectNode properties = schema.putObject("properties");
        for (Schema.Field field : record.getFields()) {
            ObjectNode type = type(field.schema());
            if (field.doc() != null) {
                type.put("description", field.doc());
            }
            properties.set(field.name(), type);
            if (!strict || !field.hasDefaultValue()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return wanted;
    }

    private ObjectNode type(Schema schema) {
        if (schema.getLogicalType() != null) {
            return NODES.objectNode().put("type", "string").put("format", "date-time");
        }
        return switch (schema.getType()) {
            case RECORD -> NODES.objectNode().put("$ref", "#/components/schemas/" + schema(schema));
            case ENUM -> {
                ObjectNode node = NODES.objectNode().put("type", "string");
                schema.getEnumSymbols().forEach(node.putArray("enum")::add);
                yield node;
            }
            case ARRAY -> {
                ObjectNode node = NODES.objectNode().put("type", "array");
                node.set("items", type(schema.getElementType()));
                yield node;
            }
            case UNION -> union(schema);
            case STRING -> NODES.objectNode().put("type", "string");
            case BYTES -> NODES.objectNode().put("type", "string").put("contentEncoding", "base64");
            case INT, LONG -> NODES.objectNode().put("type", "integer");
            case DOUBLE, FLOAT -> NODES.objectNode().put("type", "number");
            case BOOLEAN -> NODES.objectNode().put("type", "boolean");
            default -> throw new IllegalArgumentException("no schema of ours has a " + schema.getType().getName());
        };
    }

    /** An optional value is itself or null; one of several records is an object with one key, the record's name. */
    private ObjectNode union(Schema union) {
        List<Schema> branches = union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
        List<ObjectNode> types = branches.size() == 1 ? List.of(type(branches.getFirst()))
                : branches.stream().map(this::named).toList();
        if (!union.isNullable()) {
            ObjectNode node = NODES.objectNode();
            types.forEach(node.putArray("oneOf")::add);
            return node;
        }
        JsonNode plain = types.getFirst().get("type");
        if (types.size() == 1 && plain != null && !types.getFirst().has("enum")) {
            types.getFirst().putArray("type").add(plain).add("null");
            return types.getFirst();
        }
        ObjectNode node = NODES.objectNode();
        ArrayNode oneOf = node.putArray("oneOf");
        types.forEach(oneOf::add);
        oneOf.addObject().put("type", "null");
        return node;
    }

    private ObjectNode named(Schema record) {
        ObjectNode node = NODES.objectNode().put("type", "object").put("additionalProperties", false);
        node.putObject("properties").set(record.getName(), type(record));
        node.putArray("required").add(record.getName());
        return node;
    }
}
