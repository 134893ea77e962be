package io.offerflow.cli.console;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;

/**
 * The text of a log event: one line, and an indented line for each line of a stack trace. What an event contains cannot
 * look like another event. Its pattern needs {@code %nopex} and no {@code %n}.
 */
public final class LogLineLayout extends PatternLayout {

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder lines = new StringBuilder(HarmlessText.of(super.doLayout(event)));
        if (event.getThrowableProxy() != null) {
            ThrowableProxyUtil.asString(event.getThrowableProxy()).lines().forEach(line ->
                    lines.append(System.lineSeparator()).append('\t').append(HarmlessText.of(line.strip())));
        }
        return lines.append(System.lineSeparator()).toString();
    }
}
