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

/** Events and decisions as text, for reports. */
public final class EventText {

    private EventText() {
    }

    /** For example {@code OfferSubmitted: submission 1, revision 4}. */
    public static String of(Event event) {
        List<String> components = components((Record) event);
        return event.getClass().getSimpleName() + (components.isEmpty() ? "" : ": " + String.join(", ", components));
    }

    /** The components of a record, each as name and value; of collections and long strings, the size. */
    public static List<String> components(Record record) {
        List<String> components = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            text(value(record, component)).ifPresent(text ->
                    components.add(name(component.getName()) + " " + text));
        }
        return components;
    }

    private static Optional<String> text(Object value) {
        return switch (value) {
            case Optional<?> maybe -> maybe.flatMap(EventText::text);
            case Collection<?> items when items.stream().allMatch(Enum.class::isInstance) && !items.isEmpty() ->
                    Optional.of(items.stream().map(Object::toString).collect(Collectors.joining(" ")));
            case Collection<?> items -> Optional.of(Integer.toString(items.size())).filter(size -> !items.isEmpty());
            case Map<?, ?> items -> Optional.of(Integer.toString(items.size())).filter(size -> !items.isEmpty());
            case String text -> Optional.of(text.length() <= 60 ? "\"" + text + "\""
                    : RootLocaleText.format("of %d characters", text.length()));
            case Number number -> Optional.of(number.toString());
            case Boolean flag -> Optional.of(flag ? "yes" : "no");
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
            throw new IllegalStateException("cannot read the components of a record", e);
        }
    }

    /** The decision of an entry; without an entry, that time passed. */
    public static Difference.Ruling ruling(Optional<Entry> entry) {
        Decision decision = entry.map(Entry::decision).orElse(new Decision.TimePassed());
        EnumMappings.OutcomeParts outcome = EnumMappings.OutcomeParts.of(decision);
        List<String> effects = new ArrayList<>();
        entry.ifPresent(decided -> {
            decided.dueEvents().forEach(due ->
                    effects.add(RootLocaleText.format("%s, due at %s", of(due.event()), due.at())));
            decision.events().forEach(event -> effects.add(of(event)));
        });
        outcome.download().ifPresent(version -> effects.add("download of version " + version));
        outcome.first().ifPresent(first -> effects.add(RootLocaleText.format("the first outcome was %s%s",
                first.result(), first.reason().map(reason -> " " + reason).orElse(""))));
        outcome.problems().forEach(problem -> effects.add(RootLocaleText.format("problem in %s: expected %s, met %s",
                Stream.of(problem.section(), problem.path()).map(Object::toString).filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(".")), problem.expected(), problem.met())));
        return new Difference.Ruling(outcome.result().map(Enum::name).orElse("NOTHING"),
                outcome.reason().map(Enum::name), outcome.detail(), effects, entry.map(Entry::rules).orElse(List.of()));
    }
}
