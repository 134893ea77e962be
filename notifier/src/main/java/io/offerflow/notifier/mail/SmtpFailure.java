package io.offerflow.notifier.mail;

import io.offerflow.avro.DeadLetterReason;
import io.offerflow.notifier.delivery.DeliveryResult;
import io.offerflow.notifier.delivery.FailureKind;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.eclipse.angus.mail.util.SocketConnectException;

/**
 * Says whether another try can succeed (RFC 5321, RFC 3463): an answer of the class 4 is temporary, one of the class 5
 * about the recipient or the message is not. One about this sender or its rights is tried again, since an operator can
 * correct the cause for all messages that wait.
 */
final class SmtpFailure {

    private static final Pattern POLICY = Pattern.compile("(?s).*\\b5\\.7\\.\\d+.*");
    private static final int PERMANENT = 500;
    private static final int AUTHENTICATION_REQUIRED = 530;
    private static final int AUTHENTICATION_FAILED = 535;

    private SmtpFailure() {
    }

    static DeliveryResult of(MessagingException failure) {
        return chain(failure).flatMap(cause -> known(cause).stream()).findFirst().orElseGet(() ->
                new DeliveryResult.Failed(FailureKind.CONNECTION_LOST, message(failure)));
    }

    private static Optional<DeliveryResult> known(Throwable cause) {
        return switch (cause) {
            case AuthenticationFailedException denied -> failed(FailureKind.AUTHENTICATION, denied);
            case SMTPAddressFailedException address -> answered(address.getReturnCode(), address);
            case SMTPSenderFailedException sender -> failed(FailureKind.AUTHENTICATION, sender);
            case SMTPSendFailedException send when String.valueOf(send.getCommand()).startsWith("MAIL") ->
                failed(FailureKind.AUTHENTICATION, send);
            case SMTPSendFailedException send when send.getReturnCode() > 0 && !hasAddressFailure(send) ->
                answered(send.getReturnCode(), send);
            case MailConnectException connect -> failed(FailureKind.CONNECT, connect);
            case SocketConnectException connect -> failed(FailureKind.CONNECT, connect);
            case SSLException tls -> failed(FailureKind.TLS, tls);
            case SocketTimeoutException late -> failed(FailureKind.TIMEOUT, late);
            case IOException lost -> failed(FailureKind.CONNECTION_LOST, lost);
            default -> Optional.empty();
        };
    }

    private static Optional<DeliveryResult> answered(int code, MessagingException failure) {
        String answer = message(failure);
        boolean ofSender = code == AUTHENTICATION_REQUIRED || code == AUTHENTICATION_FAILED
                || POLICY.matcher(answer).matches();
        return Optional.of(code >= PERMANENT && !ofSender ? new DeliveryResult.Refused(DeadLetterReason.REFUSED, answer)
                : new DeliveryResult.Failed(code == 421 ? FailureKind.CONNECTION_LOST : FailureKind.DEFERRED, answer));
    }

    private static Optional<DeliveryResult> failed(FailureKind kind, Throwable cause) {
        return Optional.of(new DeliveryResult.Failed(kind, message(cause)));
    }

    private static boolean hasAddressFailure(Throwable failure) {
        return chain(failure).anyMatch(SMTPAddressFailedException.class::isInstance);
    }

    /** The failure and what it comes from; Jakarta Mail chains some failures in its own way. */
    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(Optional.of(failure), Optional::isPresent, SmtpFailure::next).map(Optional::get)
                .limit(10);
    }

    private static Optional<Throwable> next(Optional<Throwable> failure) {
        return failure.flatMap(one -> one instanceof MessagingException mail
                ? Optional.<Throwable>ofNullable(mail.getNextException()) : Optional.ofNullable(one.getCause()));
    }

    private static String message(Throwable failure) {
        return Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName()).strip()
                .replaceAll("\\s+", " ");
    }
}
