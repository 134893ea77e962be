package io.offerflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of topics in the README is made from the catalogue; {@code -Dgolden.update=true} updates it. */
class ReadmeTopicsTest {

    private static final Path README = Path.of("..", "README.md");
    private static final String BEGIN = "<!-- topics: made from the catalogue by ReadmeTopicsTest -->\n";
    private static final String END = "<!-- end of topics -->\n";

    @Test
    void theReadmeNamesTheTopicsAsTheCatalogueDoes() throws IOException {
        String readme = Files.readString(README);
        assertThat(readme).as("README.md has to keep the two markers around the table").containsOnlyOnce(BEGIN)
                .containsOnlyOnce(END);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(README, readme.substring(0, begin) + table() + readme.substring(end));
        } else {
            assertThat(readme.substring(begin, end))
                    .as("the topics in README.md differ from the catalogue; update them with -Dgolden.update=true")
                    .isEqualTo(table());
        }
    }

    private static String table() {
        return "| topic | content | key | kept | written by | read by |\n"
                + "| --- | --- | --- | --- | --- | --- |\n"
                + Arrays.stream(Topic.values()).map(ReadmeTopicsTest::row).collect(Collectors.joining());
    }

    private static String row(Topic topic) {
        return "| `%s` | %s | %s | %s | %s | %s |%n".formatted(topic.topicName(), topic.purpose(),
                topic.key().contains("/") ? "`" + topic.key() + "`" : topic.key(), kept(topic.cleanup()),
                roles(topic.writers()), roles(topic.readers())).replace(System.lineSeparator(), "\n");
    }

    private static String kept(Topic.Cleanup keep) {
        return keep.compacted() ? "newest row a key" + keep.retention()
                .map(retention -> ", %d days".formatted(retention.toDays())).orElse("")
                : keep.retention().map(retention -> "%d days".formatted(retention.toDays())).orElse("for ever");
    }

    private static String roles(List<Topic.Role> roles) {
        return roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }
}
