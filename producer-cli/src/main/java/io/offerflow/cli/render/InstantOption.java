package io.offerflow.cli.render;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses instants such as {@code 2026-03-01T09:30:00Z}, days in UTC, and times ago such as {@code -15m}. */
public final class InstantOption implements ITypeConverter<Instant> {

    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** An instant in UTC, without fractions of a second. */
    public static String shown(Instant instant) {
        return SHORT.format(instant);
    }

    @Override
    public Instant convert(String text) {
        if (text.startsWith("-")) {
            return Instant.now().minus(new DurationOption().convert(text.substring(1)));
        }
        try {
            return text.length() == "2026-03-01".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException("expected an instant such as 2026-03-01T09:30:00Z, a day such as"
                    + " 2026-03-01, or a time ago such as -15m, but met \"" + text + "\"");
        }
    }
}
