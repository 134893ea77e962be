package io.offerflow.notifier.webhook;

import io.offerflow.contract.file.TextFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the secrets of signatures. Topics have references only: {@code env:NAME} is the environment variable
 * {@code WEBHOOK_SECRET_NAME} of the notifier, {@code file:NAME} a file in its directory of secrets. So a writer of
 * subscriptions cannot have other variables or files read.
 */
public final class WebhookSecrets {

    /** What environment variables with secrets begin with. */
    public static final String VARIABLE_PREFIX = "WEBHOOK_SECRET_";

    private static final Pattern REFERENCE =
            Pattern.compile("env:([A-Z0-9_]{1,100})|file:([A-Za-z0-9_][A-Za-z0-9._-]{0,99})");
    private static final String KEY_PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private final Map<String, String> environment;
    private final Optional<Path> directory;

    /** @param directory of the files */
    public WebhookSecrets(Map<String, String> environment, Optional<Path> directory) {
        this.environment = Map.copyOf(environment);
        this.directory = directory;
    }

    /** Whether a text is a reference to a secret. */
    public static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches();
    }

    /**
     * The key that a reference names. A file is read each time, so that it can be replaced.
     *
     * @throws MissingSecretException if there is none, or it is not as Standard Webhooks defines it; without the secret
     */
    byte[] key(String reference) throws MissingSecretException {
        Matcher parts = REFERENCE.matcher(reference);
        if (!parts.matches()) {
            throw new MissingSecretException("\"%s\" is not a reference to a secret".formatted(reference));
        }
        String secret = parts.group(1) != null ? variable(VARIABLE_PREFIX + parts.group(1)) : file(parts.group(2));
        try {
            byte[] key = Base64.getDecoder().decode(secret.strip().substring(KEY_PREFIX.length()));
            if (secret.startsWith(KEY_PREFIX) && key.length >= SHORTEST && key.length <= LONGEST) {
                return key;
            }
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw malformed(reference); // without the cause, whose message may have a part of the secret
        }
        throw malformed(reference);
    }

    private static MissingSecretException malformed(String reference) {
        return new MissingSecretException("the secret %s is malformed; expected %s and %d to %d bytes in base64"
                .formatted(reference, KEY_PREFIX, SHORTEST, LONGEST));
    }

    private String variable(String name) throws MissingSecretException {
        return Optional.ofNullable(environment.get(name)).orElseThrow(() ->
                new MissingSecretException("the notifier has no environment variable " + name));
    }

    private String file(String name) throws MissingSecretException {
        Path folder = directory.orElseThrow(() ->
                new MissingSecretException("the notifier has no directory of secrets; set webhooks.secrets"));
        try {
            return TextFiles.read(folder.resolve(name));
        } catch (IOException e) {
            throw new MissingSecretException("the secret file:%s cannot be read: %s".formatted(name,
                    TextFiles.reason(e)));
        }
    }

    /** There is no usable secret. */
    static final class MissingSecretException extends Exception {
        MissingSecretException(String message) {
            super(message);
        }
    }
}
