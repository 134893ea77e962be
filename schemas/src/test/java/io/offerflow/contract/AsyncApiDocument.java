package io.offerflow.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.offerflow.contract.Topic.Direction;
import io.offerflow.contract.Topic.Role;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Makes docs/asyncapi.yaml of the topic catalogue and the schemas. */
final class AsyncApiDocument {

    /** Reads and writes YAML as it stands in the file. */
    static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE).build());

    private static final String BINDING = "0.5.0";
    /** The only version of Avro whose media type AsyncAPI knows; the language of schemas has not changed since. */
    private static final String AVRO = "application/vnd.apache.avro;version=1.9.0";
    private static final ObjectMapper JSON = new ObjectMapper();

    private AsyncApiDocument() {
    }

    static String text() {
        try {
            return "# Made from the topic catalogue and the schemas by AsyncApiTest; -Dgolden.update=true updates"
                    + " it.\n" + YAML.writeValueAsString(document());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode document() throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode().put("asyncapi", "3.1.0");
        root.putObject("info").put("title", "Offerflow").put("version", "0.1").put("description", """
                The offer lifecycle of a commercial marketplace as a message-driven service on Kafka.

                An operation with the action `receive` is an input: you write it, the service or the notifier reads
                it. One with the action `send` is an output. Values are Avro in the Confluent wire format: byte 0, the
                schema id in four bytes, Avro binary. The key of an input decides its partition by murmur2, as Java
                clients do it; with librdkafka set `partitioner=murmur2_random`. All topics have the same number of
                partitions. Outputs are written in transactions: read them with `isolation.level=read_committed`.
                """).putObject("license").put("name", "Apache-2.0")
                .put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        root.put("defaultContentType", "application/avro");
        servers(root.putObject("servers"));
        ObjectNode channels = root.putObject("channels");
        ObjectNode operations = root.putObject("operations");
        ObjectNode components = root.putObject("components");
        ObjectNode messages = components.putObject("messages");
        ObjectNode schemas = components.putObject("schemas");
        headers(schemas);
        for (Topic topic : Topic.values()) {
            channel(channels.putObject(topic.topicName()), topic);
            operation(operations, topic);
            message(messages.putObject(topic.schema().getName()), topic);
            schemas.putObject(topic.schema().getName()).put("schemaFormat", AVRO)
                    .set("schema", JSON.readTree(topic.schema().toString()));
        }
        components.putObject("securitySchemes").putObject("scram").put("type", "scramSha512")
                .put("description", "One principal a role; docs/operations.md says which and what each may do.");
        return root;
    }

    private static void servers(ObjectNode servers) {
        ObjectNode local = servers.putObject("local").put("host", "localhost:9092").put("protocol", "kafka")
                .put("description", "What `./offerflow up` starts: no security, loopback only.");
        registry(local, "http://localhost:8081");
        ObjectNode cluster = servers.putObject("cluster").put("host", "kafka.example.com:9093")
                .put("protocol", "kafka-secure").put("description", "A cluster with TLS and one principal a role.");
        cluster.putArray("security").addObject().put("$ref", "#/components/securitySchemes/scram");
        registry(cluster, "https://registry.example.com");
    }

    private static void registry(ObjectNode server, String url) {
        server.putObject("bindings").putObject("kafka").put("schemaRegistryUrl", url)
                .put("schemaRegistryVendor", "confluent").put("bindingVersion", BINDING);
    }

    private static void channel(ObjectNode channel, Topic topic) {
        channel.put("address", topic.topicName()).put("summary", sentence(topic.purpose()))
                .put("description", ("Key: %s. Written by: %s. Read by: %s. Time stamps: %s. Compatibility of the"
                        + " subject %s: %s.").formatted(topic.key(), roles(topic.writers()), roles(topic.readers()),
                        topic.timestampType(), topic.subject(), topic.compatibility()));
        channel.putObject("messages").putObject(topic.schema().getName())
                .put("$ref", "#/components/messages/" + topic.schema().getName());
        ObjectNode kafka = channel.putObject("bindings").putObject("kafka").put("topic", topic.topicName());
        ObjectNode settings = kafka.putObject("topicConfiguration");
        ArrayNode policies = settings.putArray("cleanup.policy");
        List.of(topic.cleanup().cleanupPolicy().split(",")).forEach(policies::add);
        settings.put("retention.ms", topic.cleanup().retentionMs()).put("max.message.bytes", topic.maxMessageBytes())
                .put("confluent.value.subject.name.strategy",
                        "io.confluent.kafka.serializers.subject.TopicNameStrategy");
        kafka.put("bindingVersion", BINDING);
    }

    private static void operation(ObjectNode operations, Topic topic) {
        boolean input = topic.direction() == Direction.INPUT;
        boolean read = input || topic == Topic.RECIPIENTS || topic == Topic.SUBSCRIPTIONS;
        ObjectNode operation = operations.putObject((read ? "read-" : "write-") + topic.topicName())
                .put("action", read ? "receive" : "send").put("summary", sentence(topic.purpose()));
        operation.putObject("channel").put("$ref", "#/channels/" + topic.topicName());
        messageOf(operation.putArray("messages"), topic);
        if (input) {
            ObjectNode reply = operation.putObject("reply");
            reply.putObject("channel").put("$ref", "#/channels/" + Topic.COMMAND_OUTCOMES.topicName());
            messageOf(reply.putArray("messages"), Topic.COMMAND_OUTCOMES);
        }
    }

    private static void messageOf(ArrayNode messages, Topic topic) {
        messages.addObject().put("$ref", "#/channels/%s/messages/%s".formatted(topic.topicName(),
                topic.schema().getName()));
    }

    private static void message(ObjectNode message, Topic topic) {
        message.put("name", topic.schema().getFullName()).put("title", topic.schema().getName())
                .put("summary", sentence(topic.purpose())).put("contentType", "application/avro");
        if (topic.direction() == Direction.INPUT) {
            message.putObject("headers").put("$ref", "#/components/schemas/InputHeaders");
        } else if (topic.direction() == Direction.OUTPUT && topic != Topic.OFFER_JOURNAL) {
            message.putObject("headers").put("$ref", "#/components/schemas/CloudEventHeaders");
        }
        if (topic.direction() == Direction.INPUT || topic == Topic.COMMAND_OUTCOMES) {
            message.putObject("correlationId").put("location", "$message.payload#/commandId")
                    .put("description", "The answer carries the id of what it answers.");
        }
        message.putObject("payload").put("$ref", "#/components/schemas/" + topic.schema().getName());
        ObjectNode kafka = message.putObject("bindings").putObject("kafka");
        kafka.putObject("key").put("type", "string").put("description", topic.key());
        kafka.put("schemaIdLocation", "payload").put("schemaIdPayloadEncoding", "4")
                .put("schemaLookupStrategy", "TopicIdStrategy").put("bindingVersion", BINDING);
    }

    private static void headers(ObjectNode schemas) {
        ObjectNode event = schemas.putObject("CloudEventHeaders").put("type", "object")
                .put("description", "CloudEvents 1.0 in Kafka's binary mode; none are needed to understand a value.");
        ObjectNode properties = event.putObject("properties");
        text(properties, "ce_specversion", "Always 1.0.").put("const", "1.0");
        text(properties, "ce_id", "Partition and number of the journal entry that caused it, and a count; the same"
                + " for the same cause, whenever it is read again.");
        text(properties, "ce_source", "Always /offerflow.");
        text(properties, "ce_type", "Full name of the Avro record.");
        text(properties, "ce_time", "The offer's clock.").put("format", "date-time");
        text(properties, "content-type", "Always application/avro.");
        text(properties, "traceparent", "W3C trace context of the input, if it had one.");
        ArrayNode required = event.putArray("required");
        List.of("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "content-type").forEach(required::add);
        ObjectNode input = schemas.putObject("InputHeaders").put("type", "object")
                .put("description", "None is needed; what is not named here is kept in the journal and has no effect.");
        text(input.putObject("properties"), "traceparent",
                "W3C trace context; handed on to what comes of the input.");
    }

    private static ObjectNode text(ObjectNode properties, String name, String description) {
        return properties.putObject(name).put("type", "string").put("description", description);
    }

    private static String sentence(String purpose) {
        return purpose.substring(0, 1).toUpperCase(Locale.ROOT) + purpose.substring(1) + ".";
    }

    private static String roles(List<Role> roles) {
        return roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }
}
