package io.offerflow.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.RandomInputs;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same inputs make the same journal, byte for byte, whatever the default locale of the machine is. */
@Isolated("changes the default locale")
class DefaultLocaleTest {

    private static final OfferKey OFFER = new OfferKey("contoso", "a");
    private static final int STEPS = 1_000;

    private final InputMapping mapping = new InputMapping();
    private final JournalMapping journal = new JournalMapping(new JournalMapping.DecidedBy("test-build", "policy"));
    private final AvroEncoder encoder = new AvroEncoder(new InMemoryRegistry(), List.of(Topic.values()));

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "tr", "fr"})
    void entriesDoNotDependOnIt(String language) {
        Locale usual = Locale.getDefault();
        List<CommandEnvelope> asked = new ArrayList<>();
        RandomInputs inputs = new RandomInputs(new Random(7));
        try {
            Locale.setDefault(Locale.ENGLISH);
            List<String> english = entries(facts -> {
                asked.add(mapping.fromAvro(inputs.next(OFFER, facts)).envelope());
                return asked.getLast();
            });
            Locale.setDefault(Locale.forLanguageTag(language));
            Iterator<CommandEnvelope> again = asked.iterator();
            assertThat(entries(facts -> again.next())).isEqualTo(english);
        } finally {
            Locale.setDefault(usual);
        }
    }

    private List<String> entries(Function<OfferHeader, CommandEnvelope> inputs) {
        List<String> entries = new ArrayList<>();
        Map<RowKey, StateRow> rows = new HashMap<>();
        OfferHeader facts = OfferHeader.NONE;
        OfferEngine engine = new OfferEngine(Policy.DEFAULT);
        Instant now = Instant.parse("2026-03-02T09:00:00Z");
        for (int step = 0; step < STEPS; step++) {
            now = now.plusSeconds(300);
            OfferState before = new OfferState(OFFER, facts, StateRows.of(rows));
            Entry entry = engine.decide(before, inputs.apply(facts), now);
            entries.add(bytes(entry));
            OfferState after = OfferEvolver.apply(before, entry);
            after.rows().changes().forEach((key, row) ->
                    row.ifPresentOrElse(written -> rows.put(key, written), () -> rows.remove(key)));
            facts = after.header();
        }
        Command tooLong = new Command.SubmitOffer(Optional.of("x".repeat(12_345))); // with a separator of thousands
        entries.add(bytes(engine.decide(new OfferState(OFFER, facts, StateRows.of(rows)),
                new CommandEnvelope("00000000-0000-0000-0000-000000000001", "me", Optional.empty(), false, 1, tooLong),
                        now)));
        return entries;
    }

    private String bytes(Entry entry) {
        return HexFormat.of().formatHex(encoder.encode(Topic.OFFER_JOURNAL,
                journal.toAvro(1, entry, Optional.empty())));
    }
}
