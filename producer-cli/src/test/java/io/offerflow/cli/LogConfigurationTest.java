package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A level for a class that a library has moved would be without effect. */
class LogConfigurationTest {

    private static final Pattern LOGGER_OF_A_CLASS = Pattern.compile("<logger name=\"([a-z.]+\\.[A-Z]\\w+)\"");

    @Test
    void everyClassThatHasALevelExists() throws IOException {
        List<String> classes;
        try (InputStream text = LogConfigurationTest.class.getResourceAsStream("/logback.xml")) {
            classes = LOGGER_OF_A_CLASS.matcher(new String(text.readAllBytes(), StandardCharsets.UTF_8)).results()
                    .map(found -> found.group(1)).toList();
        }
        assertThat(classes).isNotEmpty().allSatisfy(name -> assertThatCode(() ->
                Class.forName(name, false, LogConfigurationTest.class.getClassLoader())).doesNotThrowAnyException());
    }
}
