package io.offerflow.domain;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A policy as settings by name and value, and back: the names are those that operators use. Derived from the records'
 * components, so that none can be forgotten; one that an older policy does not have stands at its default.
 */
public final class PolicySettings {

    private static final String LIMIT = "limit.";

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
     * The policy that these settings make.
     *
     * @throws IllegalArgumentException if this release does not know one of them, or its value is not of its kind
     */
    public static Policy policy(Map<String, String> settings) {
        Map<String, String> values = new TreeMap<>(of(Policy.DEFAULT));
        TreeSet<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(values.keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("this release knows no rule setting " + String.join(", ", unknown));
        }
        values.putAll(settings);
        return made(Policy.class, component -> component.getType() == Limits.class
                ? made(Limits.class, limit -> parsed(limit(limit), limit.getType(), values.get(limit(limit))))
                : parsed(name(component), component.getType(), values.get(name(component))));
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

    private static Object parsed(String name, Class<?> type, String text) {
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
            throw new IllegalArgumentException(Texts.format("the rule setting %s cannot be \"%s\"", name, text), e);
        }
        throw new IllegalArgumentException(Texts.format("the rule setting %s cannot be \"%s\"", name, text));
    }

    private static Object value(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record can be asked for its components", e);
        }
    }

    /** What a component of a record is made of. */
    private interface Component {
        Object value(RecordComponent component);
    }

    private static <R extends Record> R made(Class<R> type, Component of) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components).map(of::value).toArray();
        try {
            return type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType)
                    .toArray(Class<?>[]::new)).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the constructor of a record takes its components", e);
        }
    }
}
