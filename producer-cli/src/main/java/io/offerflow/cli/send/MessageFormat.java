package io.offerflow.cli.send;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.render.StatusText;
import java.util.Locale;

/** Shows what became of a message. */
final class MessageFormat {

    private MessageFormat() {
    }

    static ObjectNode json(InFlightMessage entry) {
        Message message = entry.message();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("line", entry.line())
                .put("commandId", message.commandId().toString()).put("command", message.command())
                .put("topic", message.topic().topicName()).put("key", message.key());
        entry.place().ifPresent(place -> json.put("partition", place.partition()).put("offset", place.offset()));
        if (entry.failed()) {
            json.put("problem", entry.problem());
        }
        entry.answer().ifPresent(answer -> answer.into(json));
        return json;
    }

    /** Line, command id, command, key, partition, offset; and result and reason, if there is an answer. */
    static String row(InFlightMessage entry, Terminal terminal) {
        Message message = entry.message();
        String row = "%d\t%s\t%s\t%s\t%s\t%s".formatted(entry.line(), message.commandId(), message.command(),
                message.key(), entry.place().map(place -> Integer.toString(place.partition())).orElse("-"),
                entry.place().map(place -> Long.toString(place.offset())).orElse("-"));
        return row + entry.answer().map(answer -> "\t" + terminal.paint(style(answer), answer.result()) + "\t"
                + answer.reason()).orElse("");
    }

    /** A sentence, and what has to be mended below it. */
    static String sentence(InFlightMessage entry, Terminal terminal) {
        Message message = entry.message();
        if (entry.failed()) {
            return "%s %s: not delivered: %s".formatted(message.command(), message.key(), entry.problem());
        }
        return entry.answer().map(answer -> answered(message, answer, terminal)).orElseGet(() ->
                "%s %s: sent as %s, partition %d offset %d".formatted(message.command(), message.key(),
                        message.commandId(), entry.place().orElseThrow().partition(),
                        entry.place().orElseThrow().offset()));
    }

    private static String answered(Message message, Answer answer, Terminal terminal) {
        StringBuilder text = new StringBuilder("%s %s: %s".formatted(message.command(), message.key(),
                terminal.paint(style(answer), answer.result().toLowerCase(Locale.ROOT))));
        if (!answer.reason().isEmpty()) {
            text.append(", ").append(answer.reason());
        }
        if (answer instanceof Answer.Outcome outcome) {
            text.append(numbers(outcome));
        }
        if (!answer.detail().isEmpty()) {
            text.append(System.lineSeparator()).append("  ").append(answer.detail());
        }
        answer.problems().forEach(problem -> text.append(System.lineSeparator()).append("  - ")
                .append(StatusText.problem(problem)));
        return text.toString();
    }

    private static String numbers(Answer.Outcome outcome) {
        if (outcome.exitCode() != ExitCode.DONE) {
            return "";
        }
        String asked = outcome.record().getValidateOnly() ? "; only asked, nothing has changed" : "";
        return outcome.record().getDownloadVersion() != null
                ? "; version %d may be downloaded".formatted(outcome.record().getDownloadVersion()) + asked
                : outcome.record().getDraftVersion() > 0
                ? "; draft version %d".formatted(outcome.record().getDraftVersion()) + asked : asked;
    }

    private static Style style(Answer answer) {
        return answer.exitCode() == ExitCode.DONE ? Style.GOOD : Style.BAD;
    }
}
