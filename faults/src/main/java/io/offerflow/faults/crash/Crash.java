package io.offerflow.faults.crash;

/** The process ends here. An error, because nothing in a process that ends can catch it. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash() {
        super("the process ends", null, false, false);
    }
}
