package io.offerflow.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.offerflow.sandbox.host.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;

/** A running registry on a file, asked over plain HTTP. */
public final class RegistryFixture implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    /** An answer; {@code said} is its JSON with apostrophes for quotes, easier on the eye in a test. */
    record Answer(int status, String contentType, String body) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + body, e);
            }
        }

        String said() {
            return json().toString().replace('"', '\'');
        }

        /** Status and Confluent's error code. */
        String error() {
            return status + "/" + json().path("error_code").asText();
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final DevelopmentRegistry registry;
    private final String url;

    public RegistryFixture(Path file) {
        int port = new FreePorts(new ArrayList<>()).take("registry", 0);
        this.registry = DevelopmentRegistry.start(port, file);
        this.url = "http://127.0.0.1:" + port;
    }

    String url() {
        return url;
    }

    Answer get(String path) {
        return ask("GET", path, "");
    }

    Answer delete(String path) {
        return ask("DELETE", path, "");
    }

    Answer put(String path, String body) {
        return ask("PUT", path, body.replace('\'', '"'));
    }

    /** Posts a schema, given with apostrophes for quotes. */
    Answer post(String path, String schema) {
        try {
            return ask("POST", path, JSON.writeValueAsString(Map.of("schema", schema.replace('\'', '"'))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Answer ask(String method, String path, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                    .method(method, BodyPublishers.ofString(body)).build();
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A record with string fields; a name with a question mark behind it has a default. */
    static String record(String... fields) {
        StringBuilder text = new StringBuilder("{'type':'record','name':'Offer','fields':[");
        String separator = "";
        for (String field : fields) {
            boolean optional = field.endsWith("?");
            text.append(separator).append("{'name':'").append(optional ? field.substring(0, field.length() - 1) : field)
                    .append("','type':'string'").append(optional ? ",'default':''" : "").append('}');
            separator = ",";
        }
        return text.append("]}").toString();
    }

    @Override
    public void close() {
        http.close();
        registry.close();
    }
}
