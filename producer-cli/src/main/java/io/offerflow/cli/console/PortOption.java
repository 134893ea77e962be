package io.offerflow.cli.console;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the number of a port; 0 is any free one. */
public final class PortOption implements ITypeConverter<Integer> {

    private static final int LAST = 65_535;

    @Override
    public Integer convert(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > LAST) {
            throw new TypeConversionException("expected a port from 0 to 65535, but met \"" + text + "\"");
        }
        return Integer.valueOf(text);
    }
}
