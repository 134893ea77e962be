package io.offerflow.codec;

import java.util.EnumMap;
import java.util.Map;

/**
 * Two enums, one of the domain and one of the contract or a store, whose constants have the same names.
 *
 * @param <A> the enum that may lack constants of the other one
 */
public final class EnumPairs<A extends Enum<A>, B extends Enum<B>> {

    private final Map<A, B> there;
    private final Map<B, A> back;

    private EnumPairs(Map<A, B> there, Map<B, A> back) {
        this.there = there;
        this.back = back;
    }

    /**
     * The pairs of two enums.
     *
     * @throws IllegalArgumentException if a constant of {@code one} has no namesake in {@code other}
     */
    public static <A extends Enum<A>, B extends Enum<B>> EnumPairs<A, B> of(Class<A> one, Class<B> other) {
        Map<A, B> there = new EnumMap<>(one);
        Map<B, A> back = new EnumMap<>(other);
        for (A value : one.getEnumConstants()) {
            B namesake = Enum.valueOf(other, value.name());
            there.put(value, namesake);
            back.put(namesake, value);
        }
        return new EnumPairs<>(there, back);
    }

    /** The namesake of a constant. */
    public B to(A one) {
        return there.get(one);
    }

    /**
     * The namesake of a constant of the other enum.
     *
     * @throws IllegalArgumentException if it has none
     */
    public A from(B other) {
        A known = back.get(other);
        if (known == null) {
            throw new IllegalArgumentException("this release does not know " + other);
        }
        return known;
    }
}
