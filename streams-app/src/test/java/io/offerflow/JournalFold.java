package io.offerflow;

import io.offerflow.avro.EntryKind;
import io.offerflow.avro.JournalEntry;
import io.offerflow.codec.InputMapping;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.StateCodec;
import io.offerflow.codec.StoredPosition;
import io.offerflow.codec.TaskPosition;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import io.offerflow.topology.outputs.Transition;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Folds the journal into the state of all offers in ten lines that are easy to check. The service and its replays are
 * compared with it.
 */
public final class JournalFold {

    private final AvroDecoder decoder;
    private final InputMapping mapping = new InputMapping();
    private final StateCodec codec = new StateCodec();
    private Optional<String> policy = Optional.empty();
    private StoredPosition position = StoredPosition.NONE;
    private final Map<OfferKey, OfferHeader> headers = new LinkedHashMap<>();
    private final Map<OfferKey, Map<RowKey, StateRow>> rows = new HashMap<>();

    public JournalFold(SchemaRegistry registry) {
        this.decoder = new AvroDecoder(registry);
    }

    /** Applies the next entry of the journal. */
    public void add(byte[] key, JournalEntry recorded) {
        add(key, recorded, transition -> { });
    }

    /** Applies the next entry of the journal; an entry about an offer is shown first, without its source. */
    public void add(byte[] key, JournalEntry recorded, Consumer<Transition> shown) {
        position = position.after(recorded);
        policy = recorded.getKind() == EntryKind.POLICY ? Optional.of(recorded.getPolicy()) : policy;
        JournalMapping.fromAvro(recorded, input -> JournalMapping.envelope(input, mapping, decoder::decode))
                .ifPresent(entry -> apply(key, entry, shown));
    }

    private void apply(byte[] key, Entry entry, Consumer<Transition> shown) {
        OfferKey offer = OfferKey.parse(new String(key, StandardCharsets.UTF_8)).orElseThrow();
        Map<RowKey, StateRow> stored = rows.computeIfAbsent(offer, unseen -> new HashMap<>());
        OfferState before = new OfferState(offer, headers.getOrDefault(offer, OfferHeader.NONE), StateRows.of(stored));
        OfferState after = OfferEvolver.apply(before, entry);
        shown.accept(new Transition(Optional.empty(), before, entry, after));
        if (after.header().sequence() > 0) {
            headers.put(offer, after.header());
        }
        after.rows().changes().forEach((row, value) -> value.ifPresentOrElse(
                written -> stored.put(row, written), () -> stored.remove(row)));
    }

    /** The headers as the store of offers has to have them: keys and values as hexadecimal digits. */
    public SortedMap<String, String> offers() {
        SortedMap<String, String> bytes = new TreeMap<>();
        headers.forEach((offer, found) -> bytes.put(hex(StateCodec.key(offer)), hex(codec.encode(found))));
        return bytes;
    }

    /** The state rows as the store of contents has to hold them. */
    public SortedMap<String, String> contents() {
        SortedMap<String, String> bytes = new TreeMap<>();
        policy.ifPresent(id -> bytes.put(hex(StateCodec.POLICY), hex(codec.encodePolicy(id))));
        rows.forEach((offer, stored) -> stored.forEach((key, row) ->
                bytes.put(hex(StateCodec.key(StateCodec.key(offer), key)), hex(codec.encode(row)))));
        return bytes;
    }

    /** How far the journal has come. */
    public TaskPosition position() {
        return position.position();
    }

    /** The headers of every offer that was ever touched. */
    public Map<OfferKey, OfferHeader> headers() {
        return headers;
    }

    /** The state rows of an offer. */
    public Map<RowKey, StateRow> rows(OfferKey offer) {
        return rows.getOrDefault(offer, Map.of());
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
