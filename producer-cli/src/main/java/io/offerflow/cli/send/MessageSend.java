package io.offerflow.cli.send;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.cli.feed.HeadersJson;
import io.offerflow.cli.feed.Message;
import io.offerflow.cli.read.StatusWaiter;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.render.TargetStatus;
import io.offerflow.cli.send.InFlightSender.SendEnd;
import io.offerflow.contract.Topic;
import io.offerflow.contract.answer.Answer;
import io.offerflow.contract.answer.AnswerDecoder;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.contract.json.JsonTrees;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends the messages of a verb, all for one offer, and waits as the options say. */
public final class MessageSend {

    private final Connection connection;
    private final WaitOptions waiting;
    private final UntilOption until;
    private final OutputOption output;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Terminal terminal = Terminal.detect();

    public MessageSend(Connection connection, WaitOptions waiting, UntilOption until, OutputOption output,
            PrintWriter out, PrintWriter err) {
        this.connection = connection;
        this.waiting = waiting;
        this.until = until;
        this.output = output;
        this.out = out;
        this.err = err;
    }

    /** @return an exit code */
    public int send(List<Message> messages) throws Exception {
        if (waiting.dryRun()) {
            messages.forEach(message -> out.println(JsonTrees.text(line(message))));
            out.flush();
            return ExitCode.DONE;
        }
        if (waiting.validateOnly()) {
            messages.forEach(Message::validateOnly);
        }
        Optional<TargetStatus> target = until.target().filter(any -> !waiting.validateOnly());
        Optional<Duration> answerTimeout = target.isPresent() ? Optional.of(waiting.timeout())
                : waiting.answerTimeout();
        List<Topic> topics = new ArrayList<>(List.of(messages.getFirst().topic()));
        answerTimeout.ifPresent(any -> topics.addAll(AnswerDecoder.topics()));
        target.ifPresent(any -> topics.add(Topic.OFFER_STATUS));
        Cluster cluster = connection.connect(topics);
        AtomicInteger exitCode = new AtomicInteger();
        List<InFlightMessage> done = new ArrayList<>();
        try (InFlightSender sender = new InFlightSender(cluster, answerTimeout, ResumeIndex.nothing(), sent -> {
            done.add(sent);
            show(sent, messages.size() == 1);
        })) {
            UntilInterrupted.run(() -> {
                SendEnd end = sender.run(MessageSource.of(messages));
                if (!output.forPeople() && messages.size() > 1) {
                    output.end(out);
                }
                exitCode.set(exitCode(end, sender, done));
            }, sender::stop);
        }
        if (target.isPresent() && exitCode.get() == ExitCode.DONE) {
            long after = done.stream().flatMap(sent -> sent.answer().stream()).map(Answer::sequence)
                    .reduce(0L, Math::max);
            return StatusWaiter.await(cluster, messages.getFirst().key(), target.get(), after,
                    waiting.timeout(), err, err);
        }
        return exitCode.get();
    }

    private int exitCode(SendEnd end, InFlightSender sender, List<InFlightMessage> done) {
        for (InFlightMessage sent : sender.unfinished()) {
            (sent.failed() ? MessageFormat.sentence(sent, Terminal.PLAIN)
                    : List.of("offerflow: %s %s was sent, but not answered within %d ms; its id is %s.".formatted(
                            sent.message().command(), sent.message().key(), waiting.timeout().toMillis(),
                            sent.message().commandId()))).forEach(err::println);
        }
        err.flush();
        SendCounts counts = new SendCounts();
        done.forEach(counts::add);
        return switch (end) {
            case DONE -> counts.exitCode();
            case TIMED_OUT -> ExitCode.TIMED_OUT;
            case STOPPED -> ExitCode.FAILURE;
        };
    }

    private void show(InFlightMessage sent, boolean only) {
        if (output.forPeople()) {
            MessageFormat.sentence(sent, terminal).forEach(out::println);
            out.flush();
        } else if (only) {
            output.only(out, MessageFormat.json(sent));
        } else {
            output.item(out, MessageFormat.json(sent));
        }
    }

    /** The message as a line that {@code send} accepts. */
    private static ObjectNode line(Message message) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("topic", message.topic().topicName());
        if (!message.headers().isEmpty()) {
            line.set("headers", HeadersJson.write(message.headers()));
        }
        line.set("value", AvroJson.write(message.value()));
        return line;
    }
}
