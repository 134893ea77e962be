package io.offerflow.security;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.offerflow.LogbackLoggers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** All that is logged by anybody at a level that a service is run with, and what else may show. */
final class AllResources extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root = LogbackLoggers.logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger kafka = LogbackLoggers.logger("org.apache.kafka");
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    AllResources() {
        root.setLevel(Level.INFO);
        kafka.setLevel(Level.INFO);
        root.addAppender(this);
        start();
    }

    void add(String text) {
        said.add(text);
    }

    List<String> lines() {
        return List.copyOf(said);
    }

    @Override
    protected void append(ILoggingEvent event) {
        said.add(event.getFormattedMessage());
    }

    @Override
    public void close() {
        root.detachAppender(this);
        root.setLevel(Level.WARN);
        kafka.setLevel(Level.ERROR);
    }
}
