package io.offerflow;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/** Loggers of Logback. While one test makes SLF4J initialize, the others get substitutes. */
public final class LogbackLoggers {

    private LogbackLoggers() {
    }

    /** The logger with a name, as soon as there is one. */
    public static Logger logger(String name) {
        return (Logger) await().pollInterval(Duration.ofMillis(10)).until(() -> LoggerFactory.getLogger(name),
                Logger.class::isInstance);
    }
}
