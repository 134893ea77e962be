package io.offerflow.replay.text;

import io.offerflow.codec.EnumMappings;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.RootLocaleText;
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
public final class EventText {

    private EventText() {
    }

    /** Such as {@code OfferSubmitted: submission 1, revision 4}. */
    public static String of(Event event) {
        List<String> said = said((Record) event);
        return event.getClass().getSimpleName() + (said.isEmpty() ? "" : ": " + String.join(", ", said));
    }

    /** What can be said in a word about the components of a record; long things are counted. */
    public static List<String> said(Record record) {
        List<String> said = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            word(value(record, component)).ifPresent(word -> said.add(name(component.getName()) + " " + word));
        }
        return said;
    }

    private static Optional<String> word(Object value) {
        return switch (value) {
            case Optional<?> maybe -> maybe.flatMap(EventText::word);
            case Collection<?> items when items.stream().allMatch(Enum.class::isInstance) && !items.isEmpty() ->
                    Optional.of(items.stream().map(Object::toString).collect(Collectors.joining(" ")));
            case Collection<?> items -> Optional.of(Integer.toString(items.size())).filter(none -> !items.isEmpty());
            case Map<?, ?> items -> Optional.of(Integer.toString(items.size())).filter(none -> !items.isEmpty());
            case String text -> Optional.of(text.length() <= 60 ? "\"" + text + "\""
                    : RootLocaleText.format("of %d characters", text.length()));
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
    public static Difference.Ruling verdict(Optional<Entry> entry) {
        Decision decision = entry.map(Entry::decision).orElse(new Decision.TimePassed());
        EnumMappings.OutcomeParts answer = EnumMappings.OutcomeParts.of(decision);
        List<String> effects = new ArrayList<>();
        entry.ifPresent(made -> {
            made.dueEvents().forEach(due -> effects.add(RootLocaleText.format("%s, due at %s", of(due.event()), due.at())));
            decision.events().forEach(event -> effects.add(of(event)));
        });
        answer.download().ifPresent(version -> effects.add("download of version " + version));
        answer.first().ifPresent(first -> effects.add(RootLocaleText.format("the first answer was %s%s", first.result(),
                first.reason().map(why -> " " + why).orElse(""))));
        answer.problems().forEach(problem -> effects.add(RootLocaleText.format("problem in %s: expected %s, met %s",
                Stream.of(problem.section(), problem.path()).map(Object::toString).filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(".")), problem.expected(), problem.met())));
        return new Difference.Ruling(answer.result().map(Enum::name).orElse("NOTHING"),
                answer.reason().map(Enum::name), answer.detail(), effects, entry.map(Entry::rules).orElse(List.of()));
    }
}
