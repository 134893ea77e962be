package io.offerflow.runtime;

import io.offerflow.domain.Limits;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** The settings {@code limit.*}, one for each component of {@link Limits}: derived, so that none can be forgotten. */
final class LimitSettings {

    private static final String PREFIX = "limit.";
    private static final RecordComponent[] COMPONENTS = Limits.class.getRecordComponents();

    /** Every key, in the order of the record. */
    static final List<ServiceConfig.Key> KEYS = Arrays.stream(COMPONENTS).map(component -> new ServiceConfig.Key(
            name(component), Optional.of(value(Limits.DEFAULT, component)),
            "most " + component.getAnnotation(Limits.Most.class).value())).toList();

    private LimitSettings() {
    }

    /** The limits that these settings give; each of them is asked for by its name. */
    static Limits of(ToIntFunction<String> settings) {
        Object[] values = Arrays.stream(COMPONENTS).map(component -> settings.applyAsInt(name(component))).toArray();
        try {
            return Limits.class.getDeclaredConstructor(Arrays.stream(COMPONENTS).map(RecordComponent::getType)
                    .toArray(Class<?>[]::new)).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the constructor of a record takes its components", e);
        }
    }

    /** Those that are not at their defaults, as {@code listing-name=60}. */
    static List<String> changed(Limits limits) {
        return Arrays.stream(COMPONENTS)
                .filter(component -> !value(limits, component).equals(value(Limits.DEFAULT, component)))
                .map(component -> name(component).substring(PREFIX.length()) + "=" + value(limits, component)).toList();
    }

    /** Such as {@code limit.listing-name} for {@code listingName}. */
    private static String name(RecordComponent component) {
        return PREFIX + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String value(Limits limits, RecordComponent component) {
        try {
            return component.getAccessor().invoke(limits).toString();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record can be asked for its components", e);
        }
    }
}
