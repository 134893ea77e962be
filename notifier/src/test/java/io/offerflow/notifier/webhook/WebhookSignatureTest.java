package io.offerflow.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.notifier.webhook.WebhookSecrets.MissingSecretException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures are those of the reference library, and secrets come from where references may point to. */
class WebhookSignatureTest {

    @TempDir
    private Path folder;

    /** The expected signatures were made with the npm package standardwebhooks 1.1.1. */
    @Test
    void aSignatureIsThatOfTheReferenceLibrary() throws MissingSecretException {
        WebhookSecrets secrets = new WebhookSecrets(Map.of(
                "WEBHOOK_SECRET_OLD", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "WEBHOOK_SECRET_NEW", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="), Optional.empty());
        byte[] body = "{\"test\": \"é\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(WebhookSignature.of(List.of(secrets.key("env:OLD"), secrets.key("env:NEW")), "3-18231-2",
                1_772_357_400, body)).isEqualTo("v1,R3h4KYjABDMSGsI1lxkxCL5XETv0TlCdcOKuPJakUhM= "
                        + "v1,ParqPKuyMxzsWbhfn2TlDagyQYgmXMRydIWaHDP9FKw=");
    }

    @Test
    void aFileOfTheDirectoryIsReadAndNoOther() throws Exception {
        Files.writeString(folder.resolve("search"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
        WebhookSecrets secrets = new WebhookSecrets(Map.of("PATH", "/bin"), Optional.of(folder));
        assertThat(secrets.key("file:search")).hasSize(24);
        for (String reference : List.of("file:../search", "file:/etc/passwd", "file:.hidden", "env:PATH", "env:path",
                "file:none", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "")) {
            assertThatThrownBy(() -> secrets.key(reference)).as(reference).isInstanceOf(MissingSecretException.class);
        }
    }

    @Test
    void aMalformedSecretIsNotShown() {
        WebhookSecrets secrets = new WebhookSecrets(Map.of("WEBHOOK_SECRET_BAD", "whsec_hunter2%%"), Optional.empty());
        assertThatThrownBy(() -> secrets.key("env:BAD")).isInstanceOf(MissingSecretException.class)
                .hasMessageContaining("malformed").hasMessageNotContaining("hunter2").hasNoCause();
    }
}
