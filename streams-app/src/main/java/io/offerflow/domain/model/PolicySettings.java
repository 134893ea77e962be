package io.offerflow.domain.model;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Converts a policy to settings by name and value, and back. The names are those that operators use. They are derived
 * from the components of the records, so that none can be forgotten.
 */
public final class PolicySettings {

    private static final String LIMIT = "limit.";

    /**
     * A rule setting.
     *
     * @param type {@code Duration}, {@code boolean} or {@code int}
     * @param doc one phrase for operators
     */
    public record Definition(String name, Class<?> type, String defaultValue, String doc) {
        /** Whether it limits how much a publisher may write. */
        public boolean isLimit() {
            return name.startsWith(LIMIT);
        }
    }

    /** Every rule setting, in the order of the records' components. */
    public static final List<Definition> DEFINITIONS = Stream.concat(
            Arrays.stream(Policy.class.getRecordComponents()).filter(component -> component.getType() != Limits.class)
                    .map(component -> definition(name(component), component, Policy.DEFAULT)),
            Arrays.stream(Limits.class.getRecordComponents())
                    .map(component -> definition(limit(component), component, Limits.DEFAULT))).toList();

    private PolicySettings() {
    }

    /** Every rule setting with its value as text. */
    public static SortedMap<String, String> of(Policy policy) {
        SortedMap<String, String> settings = new TreeMap<>();
        for (RecordComponent component : Policy.class.getRecordComponents()) {
            if (component.getType() == Limits.class) {
                for (RecordComponent limit : Limits.class.getRecordComponents()) {
                    settings.put(limit(limit), value(limit, policy.limits()).toString());
                }
            } else {
                settings.put(name(component), value(component, policy).toString());
            }
        }
        return settings;
    }

    /**
     * The policy of these settings. A setting that is missing, because an older release recorded the policy, has its
     * default.
     *
     * @throws IllegalArgumentException if this release does not know a setting, or its value has the wrong type
     */
    public static Policy policy(Map<String, String> settings) {
        Map<String, String> values = new TreeMap<>(of(Policy.DEFAULT));
        TreeSet<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(values.keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("this release knows no rule setting " + String.join(", ", unknown));
        }
        values.putAll(settings);
        return create(Policy.class, component -> component.getType() == Limits.class
                ? create(Limits.class, limit -> parse(limit(limit), limit.getType(), values.get(limit(limit))))
                : parse(name(component), component.getType(), values.get(name(component))));
    }

    private static Definition definition(String name, RecordComponent component, Record defaults) {
        return new Definition(name, component.getType(), value(component, defaults).toString(),
                component.getAnnotation(SettingDoc.class).value());
    }

    /** The component {@code stopSellDelay} is the setting {@code stop.sell.delay}. */
    private static String name(RecordComponent component) {
        return split(component, ".");
    }

    /** The component {@code listingName} is the setting {@code limit.listing-name}. */
    private static String limit(RecordComponent component) {
        return LIMIT + split(component, "-");
    }

    private static String split(RecordComponent component, String by) {
        return component.getName().replaceAll("([A-Z])", by + "$1").toLowerCase(Locale.ROOT);
    }

    private static Object parse(String name, Class<?> type, String text) {
        try {
            if (type == Duration.class) {
                return Duration.parse(text);
            }
            if (type == boolean.class && (text.equals("true") || text.equals("false"))) {
                return Boolean.valueOf(text);
            }
            if (type == int.class) {
                return Integer.valueOf(text);
            }
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new IllegalArgumentException(RootLocaleText.format("the rule setting %s cannot be \"%s\"", name,
                    text), e);
        }
        throw new IllegalArgumentException(RootLocaleText.format("the rule setting %s cannot be \"%s\"", name, text));
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record has an accessor for each component", e);
        }
    }

    private static <R extends Record> R create(Class<R> type, Function<RecordComponent, Object> value) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            return type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType)
                    .toArray(Class<?>[]::new)).newInstance(Arrays.stream(components).map(value).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record has a constructor of its components", e);
        }
    }
}
