package io.offerflow.replay.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.replay.journal.MemoryJournal;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.topology.LiveRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs that are made again are those that went out. */
class RepublishTest {

    @TempDir
    private Path folder;

    private final InMemoryRegistry registry = new InMemoryRegistry();

    @Test
    void everyOutputIsMadeAgainByteForByteWithItsOriginalTime() throws Exception {
        try (LiveRun live = new LiveRun(registry, 111).inputs(900)) {
            List<ProducerRecord<byte[], byte[]>> made = new ArrayList<>();
            Map<Topic, Long> counted = Republish.republish(new MemoryJournal(live.journal()), registry, registry,
                    ReplayOptions.defaults(folder), new Republish.RepublishRequest(Republish.republishable(), "again-",
                            "offerflow", Locale.ENGLISH), made::add);

            assertThat(Republish.republishable()).containsExactlyInAnyOrderElementsOf(Topic.outputs().stream()
                    .filter(topic -> topic != Topic.OFFER_JOURNAL && topic != Topic.QUARANTINE).toList());
            for (Topic topic : Republish.republishable()) {
                List<String> again = made.stream().filter(record -> record.topic().equals("again-" + topic.topicName()))
                        .map(record -> text(record.key(), record.value(), record.headers().toArray())).toList();
                assertThat(again).as(topic.topicName()).containsExactlyElementsOf(live.output(topic).stream()
                        .map(record -> text(record.key(), record.value(), record.headers().toArray())).toList());
                assertThat(counted.getOrDefault(topic, 0L)).isEqualTo(again.size());
            }
            assertThat(counted.get(Topic.OFFER_STATUS)).isGreaterThan(100);
            assertThat(made).allSatisfy(record -> assertThat(new String(record.headers()
                    .lastHeader(Republish.HEADER).value(), StandardCharsets.UTF_8)).startsWith("offer-journal-0@"));
        }
    }

    private static String text(byte[] key, byte[] value, Header[] headers) {
        HexFormat hex = HexFormat.of();
        return "%s %s %s".formatted(hex.formatHex(key), value == null ? "-" : hex.formatHex(value),
                Arrays.stream(headers).filter(header -> !header.key().equals(Republish.HEADER))
                        .map(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                        .toList());
    }
}
