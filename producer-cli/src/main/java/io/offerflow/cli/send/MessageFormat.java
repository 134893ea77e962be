package io.offerflow.cli.send;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.render.StatusText;
import io.offerflow.contract.answer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows a message with its delivery and its answer. */
final class MessageFormat {

    private MessageFormat() {
    }

    static ObjectNode json(InFlightMessage sent) {
        Message message = sent.message();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("line", sent.line())
                .put("commandId", message.commandId().toString()).put("command", message.command())
                .put("topic", message.topic().topicName()).put("key", message.key());
        sent.coordinates().ifPresent(at -> json.put("partition", at.partition()).put("offset", at.offset()));
        if (sent.failed()) {
            json.put("problem", sent.problem());
        }
        sent.answer().ifPresent(answer -> answer.addTo(json));
        return json;
    }

    /** Line, command id, command, key, partition, offset; and result and reason, if there is an answer. */
    static String row(InFlightMessage sent, Terminal terminal) {
        Message message = sent.message();
        String row = "%d\t%s\t%s\t%s\t%s\t%s".formatted(sent.line(), message.commandId(), message.command(),
                message.key(), sent.coordinates().map(at -> Integer.toString(at.partition())).orElse("-"),
                sent.coordinates().map(at -> Long.toString(at.offset())).orElse("-"));
        return row + sent.answer().map(answer -> "\t" + terminal.paint(style(answer), answer.result()) + "\t"
                + answer.reason()).orElse("");
    }

    /** A sentence, followed by the problems to fix. */
    static List<String> sentence(InFlightMessage sent, Terminal terminal) {
        Message message = sent.message();
        if (sent.failed()) {
            return List.of("%s %s: not delivered: %s".formatted(message.command(), message.key(), sent.problem()));
        }
        return sent.answer().map(answer -> answered(message, answer, terminal)).orElseGet(() ->
                List.of("%s %s: sent as %s, partition %d offset %d".formatted(message.command(), message.key(),
                        message.commandId(), sent.coordinates().orElseThrow().partition(),
                        sent.coordinates().orElseThrow().offset())));
    }

    private static List<String> answered(Message message, Answer answer, Terminal terminal) {
        StringBuilder text = new StringBuilder("%s %s: %s".formatted(message.command(), message.key(),
                terminal.paint(style(answer), answer.result().toLowerCase(Locale.ROOT))));
        if (!answer.reason().isEmpty()) {
            text.append(", ").append(answer.reason());
        }
        if (answer instanceof Answer.Outcome outcome) {
            text.append(numbers(outcome));
        }
        List<String> lines = new ArrayList<>(List.of(text.toString()));
        if (!answer.detail().isEmpty()) {
            lines.add("  " + answer.detail());
        }
        answer.problems().forEach(problem -> lines.add("  - " + StatusText.problem(problem)));
        return lines;
    }

    private static String numbers(Answer.Outcome outcome) {
        if (!outcome.accepted()) {
            return "";
        }
        String asked = outcome.record().getValidateOnly() ? "; validated only, nothing has changed" : "";
        return outcome.record().getDownloadVersion() != null
                ? "; version %d may be downloaded".formatted(outcome.record().getDownloadVersion()) + asked
                : outcome.record().getDraftVersion() > 0
                ? "; draft version %d".formatted(outcome.record().getDraftVersion()) + asked : asked;
    }

    private static Style style(Answer answer) {
        return answer.accepted() ? Style.GOOD : Style.BAD;
    }
}
