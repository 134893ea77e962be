package io.offerflow.domain.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A value in the content of a section. A field that was not given is absent. */
public sealed interface Value {

    /** A text. */
    record Text(String text) implements Value {
    }

    /** A boolean. */
    record Bool(boolean flag) implements Value {
    }

    /** A whole number. */
    record Int(long number) implements Value {
    }

    /** Several values in order. */
    record Array(List<Value> items) implements Value {
        public Array {
            items = List.copyOf(items);
        }
    }

    /** Named fields, in the order of their names. */
    final class Struct implements Value {

        private final String[] names;
        private final Value[] values;
        private Long digest; // computed on first use; a race is harmless, since all threads compute the same value

        public Struct(Map<String, Value> fields) {
            SortedMap<String, Value> sorted = new TreeMap<>(fields);
            this.names = sorted.keySet().toArray(String[]::new);
            this.values = sorted.values().toArray(Value[]::new);
        }

        private Struct(String[] names, Value[] values) {
            this.names = names;
            this.values = values;
        }

        /** Fields that are in the order of their names. */
        public static Struct ofSorted(List<String> names, List<Value> values) {
            return new Struct(names.toArray(String[]::new), values.toArray(Value[]::new));
        }

        /** How many fields were given. */
        public int size() {
            return names.length;
        }

        /** The name of a field, by its index in the order. */
        public String name(int index) {
            return names[index];
        }

        /** The value of a field, by its index in the order. */
        public Value value(int index) {
            return values[index];
        }

        /** The fields by their names, in order. */
        public SortedMap<String, Value> fields() {
            SortedMap<String, Value> fields = new TreeMap<>();
            for (int index = 0; index < names.length; index++) {
                fields.put(names[index], values[index]);
            }
            return fields;
        }

        /** The field with this name, if it was given. */
        public Optional<Value> get(String name) {
            int index = Arrays.binarySearch(names, name);
            return index < 0 ? Optional.empty() : Optional.of(values[index]);
        }

        /** The text in a field, if it was given. */
        public Optional<String> text(String name) {
            return get(name).map(value -> value instanceof Text text ? text.text() : "");
        }

        /** Whether a field was given and is true. */
        public boolean flag(String name) {
            return get(name).filter(value -> value instanceof Bool flag && flag.flag()).isPresent();
        }

        /** The struct in a field; an empty one if it was not given. */
        public Struct struct(String name) {
            return get(name).map(value -> value instanceof Struct struct ? struct : EMPTY).orElse(EMPTY);
        }

        /** Equal for equal fields, in every process. */
        public long digest() {
            if (digest == null) {
                digest = ContentDigest.of(this);
            }
            return digest;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Struct struct && Arrays.equals(names, struct.names)
                    && Arrays.equals(values, struct.values);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "Struct[fields=" + fields() + "]";
        }

        /** The values in a field; none if it was not given. */
        public List<Value> items(String name) {
            return get(name).map(value -> value instanceof Array items ? items.items() : List.<Value>of())
                    .orElse(List.of());
        }
    }

    /** No fields. */
    Struct EMPTY = new Struct(Map.of());
}
