package io.offerflow.domain.content;

import io.offerflow.domain.Problem;
import io.offerflow.domain.SectionId;
import io.offerflow.domain.Texts;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Looks at the fields of a section one by one and notes what is wrong; what is not given is only wrong if needed. */
final class Fields {

    /** At most so many problems of a section are kept: nobody mends more at a time, and rows stay small. */
    static final int MOST_PROBLEMS = 20;

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");
    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final int SHOWN = 80;

    private final SectionId section;
    private final String prefix;
    private final Value.Group group;
    private final List<Problem> problems;

    Fields(SectionId section, Value.Group group) {
        this(section, "", group, new ArrayList<>());
    }

    private Fields(SectionId section, String prefix, Value.Group group, List<Problem> problems) {
        this.section = section;
        this.prefix = prefix;
        this.group = group;
        this.problems = problems;
    }

    /** The fields of something inside a section, for example of one plan. */
    static Fields of(SectionId section, String prefix, Value.Group group) {
        return new Fields(section, prefix, group, new ArrayList<>());
    }

    List<Problem> problems() {
        return problems(MOST_PROBLEMS);
    }

    List<Problem> problems(int most) {
        return List.copyOf(problems.subList(0, Math.min(problems.size(), most)));
    }

    Value.Group group() {
        return group;
    }

    /** The field has to be given, and not be blank. */
    Fields needed(String name) {
        boolean given = group.get(name).filter(value -> !(value instanceof Value.Text text && text.text().isBlank()))
                .isPresent();
        return given ? this : problem(name, "has to be given", "nothing");
    }

    /** The text, if given, has at most so many code points. */
    Fields atMost(String name, int codePoints) {
        return group.text(name).filter(text -> text.length() > codePoints)
                .map(text -> text.codePointCount(0, text.length())).filter(size -> size > codePoints)
                .map(size -> problem(name, Texts.format("at most %,d characters", codePoints),
                        Texts.format("%,d", size)))
                .orElse(this);
    }

    /** The list has between so many and so many items. */
    Fields count(String name, int least, int most) {
        int size = group.items(name).size();
        return size >= least && size <= most ? this : problem(name,
                least == 0 ? Texts.format("at most %d", most) : Texts.format("%d to %d", least, most),
                Integer.toString(size));
    }

    Fields webAddress(String name) {
        return text(name, Fields::isWebAddress, "an address that begins with http:// or https://");
    }

    Fields email(String name) {
        return text(name, text -> EMAIL.matcher(text).matches(), "an e-mail address");
    }

    Fields guid(String name) {
        return text(name, text -> GUID.matcher(text).matches(), "a GUID");
    }

    /** The text, if given, is as a predicate wants it. */
    Fields text(String name, Predicate<String> fits, String expected) {
        Optional<String> wrong = group.text(name).filter(text -> !text.isBlank() && !fits.test(text));
        return wrong.map(text -> problem(name, expected, shown(text))).orElse(this);
    }

    /** The number is the one wanted. */
    Fields exactly(String name, long wanted) {
        Value given = group.get(name).orElse(new Value.Text("nothing"));
        return given.equals(new Value.Whole(wanted)) ? this
                : problem(name, Long.toString(wanted), given instanceof Value.Whole whole
                        ? Long.toString(whole.number()) : "nothing");
    }

    /** The number, if given, is at least so large. */
    Fields atLeast(String name, long least) {
        if (group.get(name).orElse(new Value.Whole(least)) instanceof Value.Whole given && given.number() < least) {
            return problem(name, Texts.format("at least %d", least), Long.toString(given.number()));
        }
        return this;
    }

    /** Looks inside a group, if it was given. */
    Fields inside(String name, Consumer<Fields> look) {
        if (group.get(name).orElse(Value.EMPTY) instanceof Value.Group inner && group.get(name).isPresent()) {
            look.accept(new Fields(section, prefix + name + ".", inner, problems));
        }
        return this;
    }

    /** Looks inside every group of a list. */
    Fields each(String name, Consumer<Fields> look) {
        List<Value> items = group.items(name);
        for (int index = 0; index < items.size(); index++) {
            if (items.get(index) instanceof Value.Group inner) {
                look.accept(new Fields(section, prefix + name + "[" + index + "].", inner, problems));
            }
        }
        return this;
    }

    Fields problem(String name, String expected, String met) {
        problems.add(new Problem(section, prefix + name, expected, met));
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
