package io.offerflow.bench.micro;

import io.offerflow.codec.InputMapping;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.topology.InputReader.ReadResult;
import io.offerflow.topology.InputReader;
import io.offerflow.topology.OutputEncoder;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The parts of taking one command, each over the same few thousand commands of the standard workload in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CommandBenchmark {

    private static final int INPUT_MAX_BYTES = 512 * 1024;

    private final SchemaRegistry registry = new InMemoryRegistry();
    private final OfferEngine engine = new OfferEngine(Policy.DEFAULT);
    private final InputMapping mapping = new InputMapping();
    private final StateCodec codec = new StateCodec();
    private final JournalMapping.DecidedBy decider = new JournalMapping.DecidedBy("benchmark", Policy.DEFAULT.id());
    private final JournalMapping journal = new JournalMapping(decider);
    private AvroDecoder decoder;
    private AvroEncoder encoder;
    private InputReader reader;
    private OutputEncoder outbox;
    private List<Case> cases;
    private List<Case> stepResults;
    private List<Case> saves;
    private int turn;

    /** Makes the commands. */
    @Setup
    public void prepare() {
        cases = Cases.of(registry);
        stepResults = Cases.stepResults(cases);
        saves = Cases.saves(cases);
        decoder = new AvroDecoder(registry);
        encoder = new AvroEncoder(registry, Topic.outputs());
        reader = new InputReader(registry, 1, INPUT_MAX_BYTES);
        outbox = new OutputEncoder(registry, decider, Projection.all(Locale.ENGLISH));
    }

    private Case next() {
        return cases.get(turn++ & Cases.KEPT - 1);
    }

    /** Avro alone: the input's value to objects. */
    @Benchmark
    public Object decodeCommand() {
        Case next = next();
        return decoder.decode(next.topic(), next.value());
    }

    /** Avro, and what the domain makes of it, digest included. */
    @Benchmark
    public Object readCommand() {
        Case next = next();
        return mapping.fromAvro(decoder.decode(next.topic(), next.value()));
    }

    /** The rules, on a state in memory. */
    @Benchmark
    public Entry decide() {
        Case next = next();
        return engine.decide(next.before(), next.ask(), next.origin().appendedAt());
    }

    /** The next state, from state and entry. */
    @Benchmark
    public OfferState evolve() {
        Case next = next();
        return OfferEvolver.apply(next.before(), next.entry());
    }

    /** The outcome's bytes. */
    @Benchmark
    public byte[] encodeOutcome() {
        return encoder.encode(Topic.COMMAND_OUTCOMES, next().outcome());
    }

    /** The journal's line and its bytes. */
    @Benchmark
    public byte[] encodeJournal() {
        Case next = next();
        return encoder.encode(Topic.OFFER_JOURNAL, journal.toAvro(next.entry(), Optional.of(next.origin())));
    }

    /** All records that follow, the journal's and the outcome among them, with their headers. */
    @Benchmark
    public Object makeOutputs() {
        Case next = next();
        return outbox.encode(next.moment(), new OutputKey(0, next.origin().key()));
    }

    /** An offer's facts from the store. */
    @Benchmark
    public OfferHeader decodeFacts() {
        Case next = next();
        return next.facts().length == 0 ? OfferHeader.NONE : codec.decodeHeader(next.facts());
    }

    /** An offer's facts for the store. */
    @Benchmark
    public byte[] encodeFacts() {
        return codec.encode(next().moment().after().header());
    }

    /** The rows that a command writes, from the store. */
    @Benchmark
    public void decodeRows(Blackhole hole) {
        next().rows().forEach(row -> hole.consume(codec.decodeRow(row.key(), row.bytes())));
    }

    /** The rows that a command writes, for the store. */
    @Benchmark
    public void encodeRows(Blackhole hole) {
        next().rows().forEach(row -> hole.consume(codec.encode(row.row())));
    }

    /** Everything the service does for a command but for stores, Kafka and rows that are only read. */
    @Benchmark
    public void wholeCommand(Blackhole hole) {
        whole(next(), hole);
    }

    /** The same for results of steps that were accepted alone. */
    @Benchmark
    public void wholeStepResult(Blackhole hole) {
        whole(stepResults.get(turn++ % stepResults.size()), hole);
    }

    /** The same for saves of sections that were accepted alone. */
    @Benchmark
    public void wholeSave(Blackhole hole) {
        whole(saves.get(turn++ % saves.size()), hole);
    }

    private void whole(Case next, Blackhole hole) {
        ReadResult.Decoded input = (ReadResult.Decoded) reader.read(next.origin());
        OfferHeader facts = next.facts().length == 0 ? OfferHeader.NONE : codec.decodeHeader(next.facts());
        OfferState before = new OfferState(input.key(), facts, next.before().rows());
        Entry entry = engine.decide(before, input.envelope(), next.origin().appendedAt());
        OfferState after = OfferEvolver.apply(before, entry);
        hole.consume(codec.encode(after.header()));
        after.rows().changes().values().forEach(row -> row.ifPresent(value -> hole.consume(codec.encode(value))));
        hole.consume(outbox.encode(new Transition(Optional.of(next.origin()), before, entry, after),
                new OutputKey(0, next.origin().key())));
        if (entry.decision() instanceof Decision.TimePassed) {
            throw new IllegalStateException("every command has an answer");
        }
    }
}
