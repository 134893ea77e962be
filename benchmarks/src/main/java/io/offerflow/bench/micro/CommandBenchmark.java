package io.offerflow.bench.micro;

import io.offerflow.bench.micro.PreparedCommands.PreparedCommand;
import io.offerflow.codec.InputMapping;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Command;
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
import io.offerflow.topology.outputs.Transition;
import java.util.List;
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

/** The parts of taking one command, each over the same commands of the standard workload in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CommandBenchmark {

    private static final int INPUT_MAX_BYTES = 512 * 1024;

    private final SchemaRegistry registry = new InMemoryRegistry();
    private final OfferEngine engine = new OfferEngine(Policy.DEFAULT);
    private final InputMapping mapping = new InputMapping();
    private final StateCodec codec = new StateCodec();
    private final JournalMapping journal = new JournalMapping(PreparedCommands.DECIDED_BY);
    private final AvroDecoder decoder = new AvroDecoder(registry);
    private final InputReader reader = new InputReader(registry, 1, INPUT_MAX_BYTES);
    private AvroEncoder encoder;
    private OutputEncoder outbox;
    private List<PreparedCommand> commands;
    private List<PreparedCommand> stepResults;
    private List<PreparedCommand> saves;
    private int turn;

    @Setup
    public void prepare() {
        commands = PreparedCommands.of(registry);
        stepResults = commands.stream().filter(command ->
                command.isAccepted(Command.ReportStepSucceeded.class)).toList();
        saves = commands.stream().filter(PreparedCommand::isAcceptedSave).toList();
        encoder = new AvroEncoder(registry, Topic.outputs());
        outbox = PreparedCommands.outputEncoder(registry);
    }

    private PreparedCommand next() {
        return commands.get(turn++ & PreparedCommands.KEPT - 1);
    }

    /** Avro alone: from the bytes of an input to objects. */
    @Benchmark
    public Object decodeCommand() {
        PreparedCommand next = next();
        return decoder.decode(next.topic(), next.value());
    }

    /** Avro and the mapping to the domain, with the digest. */
    @Benchmark
    public Object readCommand() {
        PreparedCommand next = next();
        return mapping.fromAvro(decoder.decode(next.topic(), next.value()));
    }

    /** The rules, on a state in memory. */
    @Benchmark
    public Entry decide() {
        PreparedCommand next = next();
        return engine.decide(next.moment().before(), next.ask(), next.origin().appendedAt());
    }

    /** The next state, from state and entry. */
    @Benchmark
    public OfferState evolve() {
        PreparedCommand next = next();
        return OfferEvolver.apply(next.moment().before(), next.moment().entry());
    }

    /** The bytes of the outcome. */
    @Benchmark
    public byte[] encodeOutcome() {
        return encoder.encode(Topic.COMMAND_OUTCOMES, next().outcome());
    }

    /** The entry of the journal and its bytes. */
    @Benchmark
    public byte[] encodeJournal() {
        PreparedCommand next = next();
        return encoder.encode(Topic.OFFER_JOURNAL,
                journal.toAvro(1, next.moment().entry(), Optional.of(next.origin())));
    }

    /** All output records with their headers, among them the entry of the journal and the outcome. */
    @Benchmark
    public Object makeOutputs() {
        PreparedCommand next = next();
        return outbox.encode(1, next.moment(), new OutputKey(0, next.origin().key()));
    }

    /** The facts of an offer from the store. */
    @Benchmark
    public OfferHeader decodeFacts() {
        return facts(next());
    }

    /** The facts of an offer for the store. */
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

    /** All that the service does for a command, without stores, Kafka and rows that are only read. */
    @Benchmark
    public void wholeCommand(Blackhole hole) {
        whole(next(), hole);
    }

    /** The same for accepted results of steps alone. */
    @Benchmark
    public void wholeStepResult(Blackhole hole) {
        whole(stepResults.get(turn++ % stepResults.size()), hole);
    }

    /** The same for accepted saves of sections alone. */
    @Benchmark
    public void wholeSave(Blackhole hole) {
        whole(saves.get(turn++ % saves.size()), hole);
    }

    private OfferHeader facts(PreparedCommand command) {
        return command.facts().length == 0 ? OfferHeader.NONE : codec.decodeHeader(command.facts());
    }

    private void whole(PreparedCommand next, Blackhole hole) {
        ReadResult.Decoded input = (ReadResult.Decoded) reader.read(next.origin());
        OfferState before = new OfferState(input.key(), facts(next), next.moment().before().rows());
        Entry entry = engine.decide(before, input.envelope(), next.origin().appendedAt());
        OfferState after = OfferEvolver.apply(before, entry);
        hole.consume(codec.encode(after.header()));
        after.rows().changes().values().forEach(row -> row.ifPresent(value -> hole.consume(codec.encode(value))));
        hole.consume(outbox.encode(1, new Transition(Optional.of(next.origin()), before, entry, after),
                new OutputKey(0, next.origin().key())));
        if (entry.decision() instanceof Decision.TimePassed) {
            throw new IllegalStateException("every command has an answer");
        }
    }
}
