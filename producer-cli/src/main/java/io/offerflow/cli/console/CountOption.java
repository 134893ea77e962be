package io.offerflow.cli.console;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a number of things, of which there is at least one. */
public final class CountOption implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String text) {
        if (!text.matches("0*[1-9][0-9]{0,8}")) {
            throw new TypeConversionException("expected a number from 1 to 999999999, but met \"" + text + "\"");
        }
        return Integer.valueOf(text);
    }
}
