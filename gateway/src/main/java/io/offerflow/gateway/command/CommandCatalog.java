package io.offerflow.gateway.command;

import io.offerflow.contract.NameSuggester;
import io.offerflow.contract.Topic;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.HttpError;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Every command by name: the topic that carries it, and so the roles that may send it, and its fields. */
final class CommandCatalog {

    /**
     * A command.
     *
     * @param fields the record of its fields
     */
    record CommandType(Topic topic, Schema fields) {
        String name() {
            return fields.getName();
        }
    }

    private static final Map<String, CommandType> COMMANDS = new LinkedHashMap<>();

    static {
        for (Topic topic : Topic.inputs()) {
            topic.schema().getField("payload").schema().getTypes().forEach(fields ->
                    COMMANDS.put(fields.getName(), new CommandType(topic, fields)));
        }
    }

    private CommandCatalog() {
    }

    /** All commands, by topic. */
    static Collection<CommandType> all() {
        return COMMANDS.values();
    }

    /**
     * The command with this name.
     *
     * @throws HttpError if there is none
     */
    static CommandType named(String name) {
        return Optional.ofNullable(COMMANDS.get(name)).orElseThrow(() -> HttpError.notFound("UNKNOWN_COMMAND",
                "There is no command \"%s\"%s.", ApiRequest.shortened(name), NameSuggester.closest(name,
                        COMMANDS.keySet()).map("; did you mean %s"::formatted).orElse("")));
    }
}
