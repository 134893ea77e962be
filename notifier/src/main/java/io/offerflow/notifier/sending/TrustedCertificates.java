package io.offerflow.notifier.sending;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The certificates that TLS connections trust. */
public final class TrustedCertificates {

    private TrustedCertificates() {
    }

    /**
     * A context for TLS.
     *
     * @param authorities file of certificates in PEM, trusted instead of those of the JVM
     * @throws IllegalArgumentException if the file cannot be used; the message is for operators
     */
    public static SSLContext context(Optional<Path> authorities) {
        try {
            if (authorities.isEmpty()) {
                return SSLContext.getDefault();
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store(authorities.get()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("cannot use the certificates%s: %s".formatted(
                    authorities.map(file -> " in " + file).orElse(" of the JVM"), e.getMessage()), e);
        }
    }

    private static KeyStore store(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (all.isEmpty()) {
                throw new IOException("there is no certificate");
            }
            for (Certificate one : all) {
                store.setCertificateEntry("authority-" + store.size(), one);
            }
        }
        return store;
    }
}
