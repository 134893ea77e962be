package io.offerflow.cli.console;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;

/** A log event as one line of JSON, without characters that a terminal obeys. */
public final class LogJsonEncoder extends JsonEncoder {

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = new String(super.encode(event), StandardCharsets.UTF_8).stripTrailing();
        return (HarmlessText.of(line) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    }
}
