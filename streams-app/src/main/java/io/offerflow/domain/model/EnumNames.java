package io.offerflow.domain.model;

import io.offerflow.contract.NameSuggester;
import java.util.Arrays;
import java.util.Optional;

/** Finds enum constants by name, and suggests the closest one for a mistyped name. */
public final class EnumNames {

    private EnumNames() {
    }

    public static <E extends Enum<E>> Optional<E> find(E[] values, String name) {
        for (E value : values) {
            if (value.name().equals(name)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    public static <E extends Enum<E>> String closest(E[] values, String name) {
        return NameSuggester.nearest(name, Arrays.stream(values).map(Enum::name).toList());
    }
}
