package io.offerflow.notifier.delivery;

/** Kinds of failures of a try; a tag of the metrics. */
public enum FailureKind {
    /** The name cannot be resolved, or no connection can be made. */
    CONNECT(true),
    /** The address may not be called. */
    ADDRESS(false),
    /** The certificate or the protocol of TLS is not acceptable. */
    TLS(true),
    /** No answer in time. */
    TIMEOUT(true),
    /** The connection ended before the answer. */
    CONNECTION_LOST(true),
    /** The receiver says that it is overloaded or has failed: 429, 5xx. */
    UNAVAILABLE(true),
    /** Any other answer that is not a success. */
    REJECTED(false),
    /** The mail server does not accept this recipient or message now (4xx). */
    DEFERRED(false),
    /** The user or password for the mail server is wrong. */
    AUTHENTICATION(true),
    /** The secret of the signature cannot be read. */
    SECRET(false),
    /** The schema registry does not answer. */
    REGISTRY(false),
    /** A defect of this release. */
    DEFECT(false);

    private final boolean receiver;

    FailureKind(boolean receiver) {
        this.receiver = receiver;
    }

    /** Whether other events would fail, too, because the receiver as a whole is not available. */
    boolean isOfReceiver() {
        return receiver;
    }
}
