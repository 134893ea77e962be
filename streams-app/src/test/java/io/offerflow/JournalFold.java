package io.offerflow;

import io.offerflow.avro.JournalEntry;
import io.offerflow.codec.InputMapping;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.OfferKey;
import io.offerflow.domain.state.Evolution;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Row;
import io.offerflow.domain.state.Rows;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the state of all offers anew from nothing but the lines of the journal. */
public final class JournalFold {

    private final AvroDecoder decoder;
    private final InputMapping mapping = new InputMapping();
    private final StateCodec codec = new StateCodec();
    private final Map<OfferKey, OfferFacts> facts = new LinkedHashMap<>();
    private final Map<OfferKey, Map<Row.Key, Row>> rows = new HashMap<>();

    public JournalFold(SchemaRegistry registry) {
        this.decoder = new AvroDecoder(registry);
    }

    /** The next line of the journal. */
    public void add(byte[] key, JournalEntry line) {
        JournalMapping.fromAvro(line, input -> JournalMapping.ask(input, mapping, decoder::decode)).ifPresent(entry -> {
            OfferKey offer = OfferKey.parse(new String(key, StandardCharsets.UTF_8)).orElseThrow();
            Map<Row.Key, Row> stored = rows.computeIfAbsent(offer, unseen -> new HashMap<>());
            OfferState before = new OfferState(offer, facts.getOrDefault(offer, OfferFacts.NONE),
                    Rows.of(stored));
            OfferState after = Evolution.apply(before, entry);
            if (after.facts().sequence() > 0) {
                facts.put(offer, after.facts());
            }
            after.rows().changes().forEach((row, value) -> value.ifPresentOrElse(
                    written -> stored.put(row, written), () -> stored.remove(row)));
        });
    }

    /** The facts as the store of offers has to have them: keys and values as hexadecimal digits. */
    public SortedMap<String, String> offers() {
        SortedMap<String, String> bytes = new TreeMap<>();
        facts.forEach((offer, found) -> bytes.put(hex(StateCodec.key(offer)), hex(codec.encode(found))));
        return bytes;
    }

    /** The rows as the store of contents has to have them. */
    public SortedMap<String, String> contents() {
        SortedMap<String, String> bytes = new TreeMap<>();
        rows.forEach((offer, stored) -> stored.forEach((key, row) ->
                bytes.put(hex(StateCodec.key(StateCodec.key(offer), key)), hex(codec.encode(row)))));
        return bytes;
    }

    /** The facts of every offer that was ever touched. */
    public Map<OfferKey, OfferFacts> facts() {
        return facts;
    }

    /** The rows of an offer. */
    public Map<Row.Key, Row> rows(OfferKey offer) {
        return rows.getOrDefault(offer, Map.of());
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
