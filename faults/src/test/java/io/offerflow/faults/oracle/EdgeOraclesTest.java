package io.offerflow.faults.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Coordinates;
import io.offerflow.avro.Result;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.faults.history.GatewayAnswer;
import io.offerflow.faults.history.WebhookReceipt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The oracles of gateway and notifier accept good histories, and none that has a fault. */
class EdgeOraclesTest {

    private static final int NUMBER = 6;

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final AvroEncoder encoder = new AvroEncoder(registry, Topic.outputs());

    @Test
    void answersThatDifferFromTheTopicAreFound() {
        assertThat(answers(answers -> { }, outcomes -> { })).isEmpty();
        assertThat(answers(answers -> { }, outcomes -> outcomes.add(outcome(2, Result.DUPLICATE, 3)))).isEmpty();
        assertThat(answers(answers -> { }, outcomes -> outcomes.add(outcome(2, Result.ACCEPTED, 7)))).isNotEmpty();
        assertThat(answers(answers -> { }, outcomes -> outcomes.remove(3))).isNotEmpty();
        assertThat(answers(answers -> answers.set(1, answer(1, "REJECTED", 2)), outcomes -> { })).isNotEmpty();
        assertThat(answers(answers -> answers.set(1, answer(1, "ACCEPTED", 3)), outcomes -> { })).isNotEmpty();
        assertThat(answers(answers -> answers.set(5, answer(5, "ACCEPTED", 7)), outcomes ->
                outcomes.set(5, outcome(5, Result.ACCEPTED, 7)))).as("a doubled effect before it").isNotEmpty();
    }

    @Test
    void webhooksThatAreLostOrOutOfOrderAreFound() {
        assertThat(webhooks(receipts -> { })).isEmpty();
        assertThat(webhooks(receipts -> receipts.add(4, receipts.get(1)))).as("a repetition").isEmpty();
        assertThat(webhooks(receipts -> receipts.remove(2))).isNotEmpty();
        assertThat(webhooks(receipts -> receipts.add(receipts.removeFirst()))).isNotEmpty();
        assertThat(webhooks(receipts -> receipts.add(new WebhookReceipt("0-99-1", "contoso/offer")))).isNotEmpty();
        assertThat(webhooks(receipts -> receipts.add(new WebhookReceipt("0-99-1", "contoso/other")))).isNotEmpty();
    }

    private List<Violation> answers(Consumer<List<GatewayAnswer>> answersFault,
            Consumer<List<ConsumerRecord<byte[], byte[]>>> outcomesFault) {
        List<GatewayAnswer> answers = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> outcomes = new ArrayList<>();
        for (int number = 0; number < NUMBER; number++) {
            answers.add(answer(number, "ACCEPTED", number + 1));
            outcomes.add(outcome(number, Result.ACCEPTED, number + 1));
        }
        answersFault.accept(answers);
        outcomesFault.accept(outcomes);
        return GatewayAnswers.check(answers, outcomes, registry);
    }

    private static GatewayAnswer answer(int number, String result, long draftVersion) {
        return new GatewayAnswer("contoso/offer", number, "command-" + number, result, draftVersion);
    }

    private ConsumerRecord<byte[], byte[]> outcome(int number, Result result, long draftVersion) {
        CommandOutcome outcome = CommandOutcome.newBuilder().setCommandId("command-" + number).setCommand("SaveSection")
                .setResult(result).setCause(new Coordinates("offer-commands", 0, (long) number))
                .setDecidedAt(Instant.EPOCH).setSequence(number + 1).setDraftVersion(draftVersion).setSubmission(0)
                .setLiveVersion(0).build();
        return new ConsumerRecord<>(Topic.COMMAND_OUTCOMES.topicName(), 0, number, new byte[0],
                encoder.encode(Topic.COMMAND_OUTCOMES, outcome));
    }

    private static List<Violation> webhooks(Consumer<List<WebhookReceipt>> fault) {
        List<WebhookReceipt> receipts = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        for (int number = 0; number < NUMBER; number++) {
            ConsumerRecord<byte[], byte[]> event = new ConsumerRecord<>(Topic.NOTIFICATIONS.topicName(), 0, number,
                    "contoso/offer".getBytes(StandardCharsets.UTF_8), new byte[0]);
            event.headers().add("ce_id", "0-%d-1".formatted(number).getBytes(StandardCharsets.UTF_8));
            events.add(event);
            receipts.add(new WebhookReceipt("0-%d-1".formatted(number), "contoso/offer"));
        }
        fault.accept(receipts);
        return WebhooksInOrder.check(receipts, events);
    }
}
