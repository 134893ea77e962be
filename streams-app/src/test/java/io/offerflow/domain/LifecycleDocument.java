package io.offerflow.domain;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The document docs/lifecycle.md, made of what the code decides. */
final class LifecycleDocument {

    private LifecycleDocument() {
    }

    static String of(BiFunction<OfferScenarios, Commands, String> decided) {
        StringBuilder text = new StringBuilder("""
                # The lifecycle of an offer

                Made by `OfferMatrixTest` from the code; run it with `-Dgolden.update=true` after changing a rule.

                ## Statuses

                ```mermaid
                stateDiagram-v2
                """);
        diagram(decided).forEach((edge, labels) ->
                text.append("    %s : %s%n".formatted(edge, String.join(", ", labels))));
        text.append("""
                ```

                Whether customers can get the offer does not depend on the status: a version that is live stays on sale
                while an update runs, fails or is cancelled, and until a stop of selling takes effect (S26, D35).

                ## State × command

                **ok** and a status: accepted, and the status after it. **gone**: accepted, and the offer has left the
                portal. A name alone is the reason of the refusal; *in italics*, the input is ignored. Rules are those
                of [rules.md](rules.md).

                """);
        for (Commands ask : Commands.values()) {
            table(text, ask.of(OfferScenario.offer()).name(), OfferScenarios.values(), OfferScenarios::words,
                    state -> decided.apply(state, ask), "an offer that is");
        }
        text.append("## State of a plan × command%n%n".formatted());
        for (PlanCommands ask : PlanCommands.values()) {
            table(text, ask.command().name(), PlanScenarios.values(), PlanScenarios::words,
                    state -> PlanMatrixTest.actual(state, ask), "a plan that is");
        }
        text.append("## State of a private audience × command%n%n".formatted());
        text.append("The published audience holds customers 1 and 2, or 1 alone where one is left; 3 was added since "
                + "where it is changed.%n%n".formatted());
        for (AudienceMatrixCommands ask : AudienceMatrixCommands.values()) {
            table(text, ask.words(), AudienceScenarios.values(), AudienceScenarios::words,
                    state -> AudienceMatrixTest.actual(state, ask), "an audience");
        }
        return text.toString().stripTrailing() + System.lineSeparator();
    }

    private static <S> void table(StringBuilder text, String command, S[] states, Function<S, String> words,
            Function<S, String> decided, String subject) {
        text.append("### %s%n%n| %s | answer | rule |%n| --- | --- | --- |%n".formatted(command, subject));
        Map<String, Set<String>> answers = new LinkedHashMap<>();
        Arrays.stream(states).forEach(state -> answers
                .computeIfAbsent(decided.apply(state), answer -> new LinkedHashSet<>()).add(words.apply(state)));
        answers.forEach((answer, alike) -> text.append("| %s | %s | %s |%n".formatted(String.join(" · ", alike),
                shown(withoutRule(answer)), answer.substring(answer.lastIndexOf(' ') + 1))));
        text.append(System.lineSeparator());
    }

    private static Map<String, Set<String>> diagram(BiFunction<OfferScenarios, Commands, String> decided) {
        Map<String, Set<String>> edges = new LinkedHashMap<>();
        for (OfferScenarios state : OfferScenarios.values()) {
            OfferScenario offer = state.given();
            String from = offer.facts().exists() ? offer.facts().status().name() : "[*]";
            for (Commands ask : Commands.values()) {
                String answer = withoutRule(decided.apply(state, ask));
                String to = answer.equals("gone") ? "[*]" : answer.startsWith("ok ") ? answer.substring(3) : from;
                if (!to.equals(from)) {
                    edges.computeIfAbsent("%s --> %s".formatted(from, to), edge -> new LinkedHashSet<>())
                            .add(ask.of(offer).name());
                }
            }
        }
        edges.computeIfAbsent("LIVE --> NOT_SOLD", edge -> new LinkedHashSet<>()).add("a pending stop falls due");
        return edges;
    }

    private static String withoutRule(String answer) {
        return answer.substring(0, answer.lastIndexOf(' '));
    }

    private static String shown(String answer) {
        if (answer.startsWith("ok ")) {
            return "**ok** %s".formatted(answer.substring(3));
        }
        return answer.equals("gone") ? "**gone**" : answer.startsWith("~") ? "*%s*".formatted(answer.substring(1))
                : answer;
    }
}
