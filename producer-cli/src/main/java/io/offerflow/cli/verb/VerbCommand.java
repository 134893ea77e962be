package io.offerflow.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.feed.FeedParser;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.send.EnvelopeOptions;
import io.offerflow.cli.send.MessageSend;
import io.offerflow.cli.send.UntilOption;
import io.offerflow.cli.send.WaitOptions;
import io.offerflow.contract.Topic;
import io.offerflow.contract.file.TextFiles;
import io.offerflow.contract.json.JsonMismatchException;
import io.offerflow.contract.json.JsonTrees;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine;

/** The command-line form of a {@link CommandVerb}: turns its options into the command and sends it. */
final class VerbCommand implements Callable<Integer> {

    private static final String JSON_OPTION = "--json";

    private final CommandVerb verb;
    private final CommandSpec spec;
    private final EnvelopeOptions envelope = new EnvelopeOptions();
    private final EnvelopeOptions.ExpectedVersion version = new EnvelopeOptions.ExpectedVersion();
    private final WaitOptions waiting = new WaitOptions();
    private final UntilOption until = new UntilOption();
    private final OutputOption output = new OutputOption();
    private final Connection connection = new Connection();

    private VerbCommand(CommandVerb verb) {
        this.verb = verb;
        this.spec = CommandSpec.wrapWithoutInspection(this).name(verb.name());
    }

    /** The verb with its options and its help. */
    static CommandSpec spec(CommandVerb verb) {
        return new VerbCommand(verb).build();
    }

    /** The verb with its description only. */
    static CommandSpec outline(CommandVerb verb) {
        CommandSpec spec = CommandSpec.create().name(verb.name());
        spec.usageMessage().description(verb.doc());
        return spec;
    }

    private CommandSpec build() {
        spec.usageMessage().description(verb.doc()).footer(verb.help().footer(verb.words())).sortOptions(false)
                .customSynopsis(synopsis());
        spec.addMixin("envelope", CommandSpec.forAnnotatedObject(envelope));
        int index = 1;
        for (String name : verb.positional()) {
            Schema.Field field = verb.schema().getField(name);
            spec.addPositional(PositionalParamSpec.builder().index(Integer.toString(index++)).type(String.class)
                    .paramLabel(label(name))
                    .description(new FieldOption(field).help()).arity("1").build());
        }
        verb.options().forEach(field -> spec.addOption(new FieldOption(field).spec()));
        verb.contentSchema().ifPresent(this::addContent);
        if (verb.topic() == Topic.OFFER_COMMANDS) {
            spec.addMixin("version", CommandSpec.forAnnotatedObject(version));
        }
        spec.addMixin("waiting", CommandSpec.forAnnotatedObject(waiting));
        spec.addMixin("until", CommandSpec.forAnnotatedObject(until));
        spec.addMixin("output", CommandSpec.forAnnotatedObject(output));
        spec.addMixin("connection", CommandSpec.forAnnotatedObject(connection));
        return spec;
    }

    private void addContent(Schema content) {
        content.getFields().forEach(field -> spec.addOption(new FieldOption(field).spec()));
        spec.addOption(OptionSpec.builder(JSON_OPTION).paramLabel("FILE").type(String.class)
                .description("The whole content as a JSON object, from a file or - for standard input; the other"
                        + " options add to it.").build());
    }

    /** Shows the required arguments only, so that they are easy to find. */
    private String synopsis() {
        StringBuilder text = new StringBuilder("offerflow " + verb.words() + " PUBLISHER/OFFER");
        verb.positional().forEach(name -> text.append(' ').append(label(name)));
        verb.options().stream().filter(field -> !field.hasDefaultValue()).map(field -> new FieldOption(field).spec())
                .forEach(option -> text.append(' ').append(option.longestName()).append(' ')
                        .append(option.paramLabel()));
        return text.append(" [OPTIONS]").toString();
    }

    private static String label(String positional) {
        return FieldOption.kebab(positional).replace("-id", "").toUpperCase(Locale.ROOT);
    }

    @Override
    public Integer call() throws Exception {
        ObjectNode value = envelope.value();
        version.into(value);
        value.putObject("payload").set(verb.payload(), payload());
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("topic", verb.topic().topicName());
        line.set("value", value);
        Message message = FeedParser.message(line, Instant.now());
        return new MessageSend(connection, waiting, until, output, spec.commandLine().getOut(),
                spec.commandLine().getErr()).send(List.of(message));
    }

    private ObjectNode payload() throws IOException {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        verb.fixed().forEach(payload::put);
        List<PositionalParamSpec> places = spec.positionalParameters();
        for (String name : verb.positional()) {
            int index = verb.positional().indexOf(name) + 1;
            String given = places.stream().filter(place -> place.index().min() == index).findFirst().orElseThrow()
                    .getValue();
            payload.set(name, new FieldOption(verb.schema().getField(name)).json(given, spec.commandLine()));
        }
        fill(payload, verb.options());
        if (verb.content().isPresent()) {
            ObjectNode content = given();
            fill(content, verb.contentSchema().orElseThrow().getFields());
            String field = verb.content().get().field();
            if (verb.contentIsNamed()) {
                payload.putObject(field).set(verb.content().get().type(), content);
            } else {
                payload.set(field, content);
            }
        }
        return payload;
    }

    private void fill(ObjectNode target, List<Schema.Field> fields) {
        for (Schema.Field field : fields) {
            FieldOption option = new FieldOption(field);
            if (spec.commandLine().getParseResult().hasMatchedOption(option.name())) {
                Object given = spec.findOption(option.name()).getValue();
                target.set(field.name(), option.json(given, spec.commandLine()));
            }
        }
    }

    private ObjectNode given() throws IOException {
        String file = spec.findOption(JSON_OPTION).getValue();
        if (file == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        String text = read(file);
        try {
            JsonNode tree = JsonTrees.parse(text);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new CommandLine.ParameterException(spec.commandLine(), file + ": expected a JSON object");
        } catch (JsonMismatchException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), file + ": " + e.getMessage(), e);
        }
    }

    private static String read(String file) {
        try {
            return file.equals("-") ? TextFiles.read(System.in) : TextFiles.read(Path.of(file));
        } catch (IOException e) {
            throw CliFailure.unreadable(file, e);
        }
    }
}
