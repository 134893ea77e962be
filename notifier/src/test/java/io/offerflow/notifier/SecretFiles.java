package io.offerflow.notifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Secrets of webhooks as an operator keeps them. */
final class SecretFiles {

    static final String FIRST = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String SECOND = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private SecretFiles() {
    }

    /** The signature of a request, as a receiver computes it (Standard Webhooks, v1). */
    static String signature(String secret, WebhookReceiver.ReceivedEvent event) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String signed = "%s.%s.%s".formatted(event.id(), event.header("Webhook-timestamp"), event.body());
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    static Path in(Path folder) {
        try {
            Files.writeString(folder.resolve("first"), FIRST + "\n");
            Files.writeString(folder.resolve("second"), SECOND);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
