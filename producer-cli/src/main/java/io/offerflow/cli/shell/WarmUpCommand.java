package io.offerflow.cli.shell;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.feed.FeedParser;
import io.offerflow.cli.feed.Message;
import io.offerflow.contract.Topic;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.contract.json.JsonTrees;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/**
 * Runs some of every part, without a cluster. The launcher runs it once after a build to record the classes that verbs
 * need in an archive, which later runs only map into memory.
 */
@Command(name = "warm-up", hidden = true, description = "Used by the launcher to record the classes that verbs need.")
public final class WarmUpCommand implements Callable<Integer> {

    private static final String NOWHERE = "127.0.0.1:1";
    private static final Duration TIMEOUT = Duration.ofMillis(200);
    private static final String LINE = """
            {"topic": "offer-commands", "value": {"publisherId": "p", "offerId": "o", "actor": "a", "payload": \
            {"CreateOffer": {"offerType": "SAAS", "alias": "a"}}}}""";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommandLine all = spec.root().commandLine();
        PrintWriter out = all.getOut();
        all.setOut(new PrintWriter(Writer.nullWriter())).execute("offer", "create", "--help");
        all.setOut(out);
        Message message = FeedParser.parse("-", new ByteArrayInputStream(LINE.getBytes(StandardCharsets.UTF_8)),
                Instant.EPOCH).messages().getFirst();
        InMemoryRegistry registry = new InMemoryRegistry();
        byte[] value = new AvroEncoder(registry, Topic.inputs()).encode(message.topic(), message.value());
        JsonTrees.text(AvroJson.write(new AvroDecoder(registry).decode(message.topic(), value)));
        connectInVain(new Cluster(NOWHERE, registry));
        return ExitCode.DONE;
    }

    private static void connectInVain(Cluster cluster) {
        try (RegistryClient registry = new RegistryClient(RegistryOptions.at("http://" + NOWHERE)
                .withPatience(TIMEOUT))) {
            registry.idsOf(Topic.OFFER_STATUS.subject());
        } catch (RegistryUnavailableException expected) {
            // there is no registry
        }
        try {
            cluster.require(List.of(Topic.OFFER_STATUS), TIMEOUT);
        } catch (CliFailure expected) {
            // there is no broker
        }
        try (Producer<byte[], byte[]> producer = cluster.producer();
                Consumer<byte[], byte[]> reader = cluster.reader()) {
            reader.assign(List.of(new TopicPartition(Topic.OFFER_STATUS.topicName(), 0)));
            reader.poll(TIMEOUT);
            producer.flush();
        }
    }
}
