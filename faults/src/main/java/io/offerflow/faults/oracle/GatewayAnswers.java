package io.offerflow.faults.oracle;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Result;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.faults.history.GatewayAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** {@link Promise#GATEWAY}. */
public final class GatewayAnswers {

    private static final int NO_PARTITION = -1;

    private GatewayAnswers() {
    }

    /**
     * Compares the answers with the outcomes of all partitions.
     *
     * @param answers to commands that each raise the version of the draft by 1
     */
    public static List<Violation> check(List<GatewayAnswer> answers, List<ConsumerRecord<byte[], byte[]>> outcomes,
            SchemaRegistry registry) {
        AvroDecoder decoder = new AvroDecoder(registry);
        Map<String, List<CommandOutcome>> effects = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : outcomes) {
            CommandOutcome outcome = (CommandOutcome) decoder.decode(Topic.COMMAND_OUTCOMES, record.value());
            if (outcome.getResult() != Result.DUPLICATE) {
                effects.computeIfAbsent(outcome.getCommandId(), first -> new ArrayList<>()).add(outcome);
            }
        }
        Violations violations = new Violations(Promise.GATEWAY, NO_PARTITION);
        for (GatewayAnswer answer : answers) {
            List<CommandOutcome> own = effects.getOrDefault(answer.commandId(), List.of());
            if (own.size() != 1) {
                violations.add("request %d of %s has %d outcomes besides duplicates", answer.number(), answer.offer(),
                        own.size());
            } else if (!own.getFirst().getResult().name().equals(answer.result())
                    || own.getFirst().getDraftVersion() != answer.draftVersion()) {
                violations.add("request %d of %s was answered with %s and version %d, but the topic has %s and %d",
                        answer.number(), answer.offer(), answer.result(), answer.draftVersion(),
                        own.getFirst().getResult(), own.getFirst().getDraftVersion());
            } else if (answer.draftVersion() != answer.number() + 1) {
                violations.add("request %d of %s led to version %d: another one had two effects, or none",
                        answer.number(), answer.offer(), answer.draftVersion());
            }
        }
        return violations.found();
    }
}
