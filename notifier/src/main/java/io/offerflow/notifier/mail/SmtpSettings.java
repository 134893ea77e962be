package io.offerflow.notifier.mail;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How to reach a mail server.
 *
 * @param trust verifies its certificate; the name in the certificate is always verified
 * @param login user and password, if the server asks for them
 * @param connections most connections at a time
 * @param timeout for connecting, and for each answer
 */
public record SmtpSettings(String host, int port, Security security, SSLContext trust, Optional<SmtpLogin> login,
        int connections, Duration timeout) {

    /** How a connection is secured. */
    public enum Security {
        /** Not at all: for a server on the same machine. */
        NONE,
        /** TLS after the greeting; a server that does not offer it gets no message. */
        STARTTLS,
        /** TLS from the beginning. */
        TLS
    }

    /** User and password; never printed. */
    public record SmtpLogin(String user, String password) {
        @Override
        public String toString() {
            return "SmtpLogin[" + user + "]";
        }
    }
}
