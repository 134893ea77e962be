package io.offerflow.domain.rules;

import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Value;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Checks the fields of a section one by one and collects problems; a missing field is a problem only if required. */
final class FieldValidator {

    /** Maximum problems of a section that are kept, so that rows stay small. */
    static final int MAX_PROBLEMS = 20;

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");
    private static final int SHOWN = 80;

    private final SectionId section;
    private final Supplier<String> prefix;
    private final Value.Struct struct;
    private final List<Problem> problems;

    FieldValidator(SectionId section, Value.Struct struct) {
        this(section, () -> "", struct, new ArrayList<>());
    }

    private FieldValidator(SectionId section, Supplier<String> prefix, Value.Struct struct, List<Problem> problems) {
        this.section = section;
        this.prefix = prefix;
        this.struct = struct;
        this.problems = problems;
    }

    /** A validator for a part of a section, for example one plan. */
    static FieldValidator of(SectionId section, String prefix, Value.Struct struct) {
        return new FieldValidator(section, () -> prefix, struct, new ArrayList<>());
    }

    List<Problem> problems() {
        return problems(MAX_PROBLEMS);
    }

    List<Problem> problems(int max) {
        return List.copyOf(problems.subList(0, Math.min(problems.size(), max)));
    }

    Value.Struct struct() {
        return struct;
    }

    /** The field must be given and not be blank. */
    FieldValidator required(String name) {
        boolean given = struct.get(name).filter(value -> !(value instanceof Value.Text text && text.text().isBlank()))
                .isPresent();
        return given ? this : problem(name, "has to be given", "nothing");
    }

    /** The text, if given, has at most {@code codePoints} code points. */
    FieldValidator atMost(String name, int codePoints) {
        return struct.text(name).filter(text -> text.length() > codePoints)
                .map(text -> text.codePointCount(0, text.length())).filter(size -> size > codePoints)
                .map(size -> problem(name, RootLocaleText.format("at most %,d characters", codePoints),
                        RootLocaleText.format("%,d", size)))
                .orElse(this);
    }

    /** The list has {@code min} to {@code max} items. */
    FieldValidator count(String name, int min, int max) {
        int size = struct.items(name).size();
        return size >= min && size <= max ? this : problem(name,
                min == 0 ? RootLocaleText.format("at most %d", max) : RootLocaleText.format("%d to %d", min, max),
                Integer.toString(size));
    }

    FieldValidator webAddress(String name) {
        return text(name, FieldValidator::isWebAddress, "an address that begins with http:// or https://");
    }

    FieldValidator email(String name) {
        return text(name, text -> EMAIL.matcher(text).matches(), "an e-mail address");
    }

    FieldValidator guid(String name) {
        return text(name, GuidFormat::matches, "a GUID");
    }

    /** The text, if given, satisfies a predicate. */
    FieldValidator text(String name, Predicate<String> fits, String expected) {
        Optional<String> wrong = struct.text(name).filter(text -> !text.isBlank() && !fits.test(text));
        return wrong.map(text -> problem(name, expected, shown(text))).orElse(this);
    }

    /** The number is given and equal to the expected one. */
    FieldValidator exactly(String name, long expected) {
        Value given = struct.get(name).orElse(new Value.Text("nothing"));
        return given.equals(new Value.Int(expected)) ? this
                : problem(name, Long.toString(expected), given instanceof Value.Int number
                        ? Long.toString(number.number()) : "nothing");
    }

    /** The number, if given, is at least {@code min}. */
    FieldValidator atLeast(String name, long min) {
        if (struct.get(name).orElse(new Value.Int(min)) instanceof Value.Int given && given.number() < min) {
            return problem(name, RootLocaleText.format("at least %d", min), Long.toString(given.number()));
        }
        return this;
    }

    /** Checks the fields of a struct, if it was given. */
    FieldValidator inside(String name, Consumer<FieldValidator> check) {
        if (struct.get(name).orElse(Value.EMPTY) instanceof Value.Struct inner && struct.get(name).isPresent()) {
            check.accept(new FieldValidator(section, () -> prefix.get() + name + ".", inner, problems));
        }
        return this;
    }

    /** Checks the fields of every struct of a list. */
    FieldValidator each(String name, Consumer<FieldValidator> check) {
        List<Value> items = struct.items(name);
        for (int index = 0; index < items.size(); index++) {
            if (items.get(index) instanceof Value.Struct inner) {
                int item = index;
                check.accept(new FieldValidator(section, () -> prefix.get() + name + "[" + item + "].", inner,
                        problems));
            }
        }
        return this;
    }

    FieldValidator problem(String name, String expected, String met) {
        problems.add(new Problem(section, prefix.get() + name, expected, met));
        return this;
    }

    static boolean isWebAddress(String text) {
        try {
            URI address = URI.create(text);
            return ("http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme()))
                    && address.getHost() != null;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static String shown(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
