package io.offerflow.domain.content;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A value in a section's content. What was not given is not there. */
public sealed interface Value {

    /** A text. */
    record Text(String text) implements Value {
    }

    /** A yes or no. */
    record Flag(boolean flag) implements Value {
    }

    /** A whole number. */
    record Whole(long number) implements Value {
    }

    /** Several values in order. */
    record Items(List<Value> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Named fields, in the order of their names. */
    record Group(Map<String, Value> fields) implements Value {

        public Group {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }

        /** The field with this name, if it was given. */
        public Optional<Value> get(String name) {
            return Optional.ofNullable(fields.get(name));
        }

        /** The text in a field, if it was given. */
        public Optional<String> text(String name) {
            return get(name).map(value -> value instanceof Text text ? text.text() : "");
        }

        /** Whether a field was given and says yes. */
        public boolean flag(String name) {
            return get(name).filter(value -> value instanceof Flag flag && flag.flag()).isPresent();
        }

        /** The group in a field; an empty one if it was not given. */
        public Group group(String name) {
            return get(name).map(value -> value instanceof Group group ? group : EMPTY).orElse(EMPTY);
        }

        /** The same for equal fields in every process. */
        public long digest() {
            return Digest.of(this);
        }

        /** The values in a field; none if it was not given. */
        public List<Value> items(String name) {
            return get(name).map(value -> value instanceof Items items ? items.items() : List.<Value>of())
                    .orElse(List.of());
        }
    }

    /** No fields. */
    Group EMPTY = new Group(Map.of());
}
