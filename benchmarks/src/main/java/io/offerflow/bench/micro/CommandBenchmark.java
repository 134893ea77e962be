package io.offerflow.bench.micro;

import io.offerflow.codec.InputMapping;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.Command;
import io.offerflow.domain.Decision;
import io.offerflow.domain.Entry;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.Policy;
import io.offerflow.domain.state.Evolution;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.domain.state.OfferState;
import io.offerflow.topology.InputReader;
import io.offerflow.topology.InputReader.Read;
import io.offerflow.topology.Moment;
import io.offerflow.topology.Outbox;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.outputs.Projection;
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
    private final JournalMapping.Decider decider = new JournalMapping.Decider("benchmark", Policy.DEFAULT.id());
    private final JournalMapping journal = new JournalMapping(decider);
    private final AvroDecoder decoder = new AvroDecoder(registry);
    private final InputReader reader = new InputReader(registry, 1, INPUT_MAX_BYTES);
    private AvroEncoder encoder;
    private Outbox outbox;
    private List<PreparedCommand> commands;
    private List<PreparedCommand> stepResults;
    private List<PreparedCommand> saves;
    private int turn;

    /** Prepares the commands. */
    @Setup
    public void prepare() {
        commands = PreparedCommands.of(registry);
        stepResults = commands.stream().filter(command ->
                command.isAccepted(Command.ReportStepSucceeded.class)).toList();
        saves = commands.stream().filter(PreparedCommand::isAcceptedSave).toList();
        encoder = new AvroEncoder(registry, Topic.outputs());
        outbox = new Outbox(registry, decider, Projection.all(Locale.ENGLISH));
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
        return engine.take(next.before(), next.ask(), next.origin().appendedAt());
    }

    /** The next state, from state and entry. */
    @Benchmark
    public OfferState evolve() {
        PreparedCommand next = next();
        return Evolution.apply(next.before(), next.entry());
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
        return encoder.encode(Topic.OFFER_JOURNAL, journal.toAvro(next.entry(), Optional.of(next.origin())));
    }

    /** All output records with their headers, among them the entry of the journal and the outcome. */
    @Benchmark
    public Object makeOutputs() {
        PreparedCommand next = next();
        return outbox.letters(next.moment(), new OutputKey(0, next.origin().key()));
    }

    /** The facts of an offer from the store. */
    @Benchmark
    public OfferFacts decodeFacts() {
        return facts(next());
    }

    /** The facts of an offer for the store. */
    @Benchmark
    public byte[] encodeFacts() {
        return codec.encode(next().moment().after().facts());
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

    private OfferFacts facts(PreparedCommand command) {
        return command.facts().length == 0 ? OfferFacts.NONE : codec.decodeFacts(command.facts());
    }

    private void whole(PreparedCommand next, Blackhole hole) {
        Read.Readable input = (Read.Readable) reader.read(next.origin());
        OfferState before = new OfferState(input.key(), facts(next), next.before().rows());
        Entry entry = engine.take(before, input.ask(), next.origin().appendedAt());
        OfferState after = Evolution.apply(before, entry);
        hole.consume(codec.encode(after.facts()));
        after.rows().changes().values().forEach(row -> row.ifPresent(value -> hole.consume(codec.encode(value))));
        hole.consume(outbox.letters(new Moment(Optional.of(next.origin()), before, entry, after),
                new OutputKey(0, next.origin().key())));
        if (entry.decision() instanceof Decision.Nothing) {
            throw new IllegalStateException("every command has an answer");
        }
    }
}
