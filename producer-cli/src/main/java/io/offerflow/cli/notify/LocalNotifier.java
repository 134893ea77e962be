package io.offerflow.cli.notify;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.notifier.Notifier;
import io.offerflow.notifier.NotifierConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The notifier of a marketplace on one machine: it keeps mails as files unless the environment names a mail server. */
public final class LocalNotifier implements AutoCloseable {

    private static final String SMTP_HOST = NotifierConfig.VARIABLES + "MAIL_SMTP_HOST";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CompletableFuture<Notifier> starting;
    private final Optional<Path> folder;

    private LocalNotifier(CompletableFuture<Notifier> starting, Optional<Path> folder) {
        this.starting = starting;
        this.folder = folder;
    }

    /** Begins to start it, next to the service; the topics have to exist. */
    public static LocalNotifier start(String bootstrapServers, String registryUrl, Path folder) {
        Map<String, String> environment = System.getenv();
        Optional<Path> kept = environment.containsKey(SMTP_HOST) ? Optional.empty() : Optional.of(folder);
        List<String> settings = new ArrayList<>(List.of("bootstrap.servers=" + bootstrapServers,
                "schema.registry.url=" + registryUrl, "group.instance.id=local",
                "mail.fallback.address=offers@{publisher}.example"));
        kept.ifPresent(directory -> settings.add("mail.folder=" + directory));
        if (!environment.containsKey(NotifierConfig.VARIABLES + "WEBHOOKS_ALLOW")) {
            settings.add("webhooks.allow=127.0.0.0/8,::1");
        }
        NotifierConfig config = NotifierConfig.read(Optional.empty(), environment, settings);
        CompletableFuture<Notifier> starting = new CompletableFuture<>();
        Thread.ofPlatform().name("local-notifier").daemon().start(() -> {
            try {
                starting.complete(Notifier.start(config));
            } catch (InterruptedException | RuntimeException e) {
                starting.completeExceptionally(e);
            }
        });
        return new LocalNotifier(starting, kept);
    }

    /** Waits until it takes events, and says where mails go. */
    public String awaitReady() throws InterruptedException {
        if (!notifier().awaitReady(PATIENCE)) {
            throw new CliFailure(ExitCode.FAILURE, "The notifier was not ready within %d s: %s".formatted(
                    PATIENCE.toSeconds(), notifier().health().message()));
        }
        return folder.map(Path::toString).orElse("are sent to " + System.getenv(SMTP_HOST));
    }

    /** The setting of a gateway that shows the mails, unless they are sent. */
    public Map<String, String> gatewaySettings() {
        return folder.map(path -> Map.of("mail.folder", path.toString())).orElseGet(Map::of);
    }

    private Notifier notifier() {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw new CliFailure(ExitCode.FAILURE, "The notifier did not start: " + e.getCause().getMessage(), e);
        }
    }

    @Override
    public void close() {
        starting.exceptionally(failure -> null);
        if (!starting.isCompletedExceptionally()) {
            starting.join().close();
        }
    }
}
