package io.offerflow.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CapacityDocumentTest {

    @Test
    void theDocumentSaysWhatTheSavedResultsSay() {
        CapacityDocument document = new CapacityDocument(Path.of("../docs/capacity.md"), Path.of("results"));
        assertThat(document.read()).as("docs/capacity.md; ./offerflow bench capacity writes its tables anew")
                .isEqualTo(document.renewed());
    }
}
