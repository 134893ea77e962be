package io.offerflow.replay;

import io.offerflow.codec.Shared;
import io.offerflow.domain.Decision;
import io.offerflow.domain.Entry;
import io.offerflow.domain.Event;
import io.offerflow.domain.Texts;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Domain values in words. */
final class Words {

    private Words() {
    }

    /** Such as {@code OfferSubmitted: submission 1, revision 4}. */
    static String of(Event event) {
        List<String> said = said((Record) event);
        return event.getClass().getSimpleName() + (said.isEmpty() ? "" : ": " + String.join(", ", said));
    }

    /** What can be said in a word about the components of a record; long things are counted. */
    static List<String> said(Record record) {
        List<String> said = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            word(value(record, component)).ifPresent(word -> said.add(name(component.getName()) + " " + word));
        }
        return said;
    }

    private static Optional<String> word(Object value) {
        return switch (value) {
            case Optional<?> maybe -> maybe.flatMap(Words::word);
            case Collection<?> items when items.stream().allMatch(Enum.class::isInstance) && !items.isEmpty() ->
                    Optional.of(items.stream().map(Object::toString).collect(Collectors.joining(" ")));
            case Collection<?> items -> Optional.of(Integer.toString(items.size())).filter(none -> !items.isEmpty());
            case Map<?, ?> items -> Optional.of(Integer.toString(items.size())).filter(none -> !items.isEmpty());
            case String text -> Optional.of(text.length() <= 60 ? "\"" + text + "\""
                    : Texts.format("of %d characters", text.length()));
            case Number number -> Optional.of(number.toString());
            case Boolean yes -> Optional.of(yes ? "yes" : "no");
            case Enum<?> symbol -> Optional.of(symbol.name());
            case Instant at -> Optional.of(at.toString());
            default -> Optional.empty();
        };
    }

    /** The component {@code effectiveAt} is "effective at". */
    private static String name(String component) {
        return component.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static Object value(Record of, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record can be asked for its components", e);
        }
    }

    /** What was decided, with what it follows from. */
    static Difference.Verdict verdict(Optional<Entry> entry) {
        Decision decision = entry.map(Entry::decision).orElse(new Decision.Nothing());
        Shared.Answer answer = Shared.Answer.of(decision);
        List<String> effects = new ArrayList<>();
        entry.ifPresent(made -> {
            made.due().forEach(due -> effects.add(Texts.format("%s, due at %s", of(due.event()), due.at())));
            decision.events().forEach(event -> effects.add(of(event)));
        });
        answer.download().ifPresent(version -> effects.add("download of version " + version));
        answer.first().ifPresent(first -> effects.add(Texts.format("the first answer was %s%s", first.result(),
                first.reason().map(why -> " " + why).orElse(""))));
        answer.problems().forEach(problem -> effects.add(Texts.format("problem in %s: expected %s, met %s",
                Stream.of(problem.section(), problem.path()).map(Object::toString).filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(".")), problem.expected(), problem.met())));
        return new Difference.Verdict(answer.result().map(Enum::name).orElse("NOTHING"),
                answer.reason().map(Enum::name), answer.detail(), effects, entry.map(Entry::rules).orElse(List.of()));
    }
}
